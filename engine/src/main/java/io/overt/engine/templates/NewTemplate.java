package io.overt.engine.templates;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Updates;
import io.overt.engine.vms.MachineReferences;
import io.overt.engine.vms.MachineRules;
import io.overt.engine.vms.MachineValues;
import io.overt.engine.vms.Machines;
import io.overt.engine.vms.Secrets;
import io.overt.engine.vms.TemplateVersions;
import io.overt.engine.vms.devices.Consoles;
import io.overt.engine.vms.devices.DeviceCopies;
import io.overt.engine.vms.devices.MachineDevices;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.types.Cluster;
import io.overt.model.types.Template;
import io.overt.model.types.TemplateStatus;
import io.overt.model.types.TemplateVersion;
import io.overt.model.types.Vm;
import io.overt.model.types.VmBase;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a template out of a machine. */
final class NewTemplate {
  /** What clients cannot set on a template. */
  static final Set<String> READ_ONLY =
      Stream.concat(
              MachineReferences.MEMBERS.stream(),
              Stream.of("status", "version", "vm", "creation_time", "origin"))
          .collect(Collectors.toUnmodifiableSet());

  private static final String FIRST_VERSION = "base version";
  private final Platform platform;

  NewTemplate(Platform platform) {
    this.platform = platform;
  }

  /** Inserts the template, locked. */
  Entity<Template> insert(
      Transaction transaction, Template body, Entity<Vm> source, MachineDevices devices) {
    Template template = new Template();
    MachineValues.copy(source.value(), template);
    Template changes = (Template) body.shallowCopy();
    changes.id(null);
    template = Updates.merge(template, changes, READ_ONLY);
    MachineValues.adjustMemory(template, body);
    MachineValues.video(template, body);
    Entity<Cluster> cluster = cluster(transaction, body, source);
    new MachineReferences(transaction, platform::newId).settle(template, body, cluster);
    template.id(platform.newId());
    template.description(Objects.requireNonNullElse(body.description(), ""));
    template.comment(Objects.requireNonNullElse(body.comment(), ""));
    template.creationTime(platform.clock().instant());
    template.origin("ovirt");
    template.status(TemplateStatus.LOCKED);
    version(transaction, template, body.version());
    MachineRules.check(transaction.current(), template, "template", platform.customProperties());
    Map<String, String> internals = Secrets.takenFrom(template, secretsOf(source));
    Entity<Template> added = transaction.insert(Kinds.TEMPLATE, template, null, internals);
    DeviceCopies.copy(platform, transaction, devices, added.key(), null);
    Consoles.replace(transaction, added.key(), body.display());
    return added;
  }

  private static Map<String, String> secretsOf(Entity<Vm> source) {
    String password = source.internal(Secrets.ROOT_PASSWORD);
    return password == null ? Map.of() : Map.of(Secrets.ROOT_PASSWORD, password);
  }

  private static Entity<Cluster> cluster(
      Transaction transaction, Template body, Entity<Vm> source) {
    return References.optional(transaction, Kinds.CLUSTER, body.cluster())
        .orElseGet(
            () ->
                transaction
                    .find(
                        Kinds.CLUSTER, Objects.requireNonNull(source.value().cluster()).requireId())
                    .orElseThrow(ApiFault::notFound));
  }

  /** A template of its own, or the next version of another one, whose name it takes. */
  private static void version(
      Transaction transaction, Template template, @Nullable TemplateVersion wanted) {
    TemplateVersion version = new TemplateVersion().versionName(FIRST_VERSION).versionNumber(1L);
    if (wanted == null || wanted.baseTemplate() == null || wanted.baseTemplate().id() == null) {
      requireFreeName(transaction, template);
      template.version(version.baseTemplate(new Template().id(template.id())));
      return;
    }
    Entity<Template> base =
        References.resolve(
            transaction, Kinds.TEMPLATE, Objects.requireNonNull(wanted.baseTemplate()));
    if (base.id().equals(Machines.BLANK)) {
      throw ApiFault.conflict("Blank can have no further versions.");
    }
    String baseId = TemplateVersions.baseOf(base);
    long last =
        transaction.current().all(Kinds.TEMPLATE).stream()
            .filter(other -> TemplateVersions.baseOf(other).equals(baseId))
            .mapToLong(TemplateVersions::numberOf)
            .max()
            .orElse(1);
    template.name(
        transaction
            .find(Kinds.TEMPLATE, baseId)
            .map(Entity::value)
            .map((Function<Template, @Nullable String>) VmBase::name)
            .orElse(template.name()));
    template.version(
        version
            .versionName(wanted.versionName())
            .versionNumber(last + 1)
            .baseTemplate(new Template().id(baseId)));
  }

  /** Versions share a name, so this is not the inventory's business alone. */
  private static void requireFreeName(Transaction transaction, Template template) {
    boolean taken =
        transaction.current().all(Kinds.TEMPLATE).stream()
            .anyMatch(other -> Objects.equals(other.value().name(), template.name()));
    if (taken) {
      throw ApiFault.conflict(
          "The name '" + template.name() + "' is already in use by another template.");
    }
  }
}

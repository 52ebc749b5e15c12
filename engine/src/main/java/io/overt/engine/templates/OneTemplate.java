package io.overt.engine.templates;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.engine.tags.AssignedTags;
import io.overt.engine.vms.ApplianceExports;
import io.overt.engine.vms.MachineReferences;
import io.overt.engine.vms.MachineRules;
import io.overt.engine.vms.MachineValues;
import io.overt.engine.vms.Machines;
import io.overt.engine.vms.Secrets;
import io.overt.engine.vms.TemplateVersions;
import io.overt.engine.vms.VmNeighbours;
import io.overt.engine.vms.devices.Consoles;
import io.overt.engine.vms.devices.TemplateCdroms;
import io.overt.engine.vms.devices.TemplateConsoles;
import io.overt.engine.vms.devices.TemplateMediatedDevices;
import io.overt.engine.vms.devices.TemplateNics;
import io.overt.engine.vms.devices.TemplateWatchdogs;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.AssignedTagsService;
import io.overt.model.services.TemplateCdromsService;
import io.overt.model.services.TemplateDiskAttachmentsService;
import io.overt.model.services.TemplateGraphicsConsolesService;
import io.overt.model.services.TemplateMediatedDevicesService;
import io.overt.model.services.TemplateNicsService;
import io.overt.model.services.TemplateService;
import io.overt.model.services.TemplateWatchdogsService;
import io.overt.model.types.Action;
import io.overt.model.types.Cluster;
import io.overt.model.types.Template;
import io.overt.model.types.TemplateStatus;
import io.overt.model.types.TemplateVersion;
import io.overt.model.types.Vm;
import io.overt.model.types.VmPool;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code /templates/{id}}. */
final class OneTemplate implements TemplateService {
  private final Platform platform;
  private final VmNeighbours neighbours;
  private final TemplatePresenter presenter;
  private final Resource<Template> resource;
  private final String id;

  OneTemplate(Platform platform, VmNeighbours neighbours, TemplatePresenter presenter, String id) {
    this.platform = platform;
    this.neighbours = neighbours;
    this.presenter = presenter;
    this.resource = new Resource<>(platform, Kinds.TEMPLATE, presenter);
    this.id = id;
  }

  @Override
  public Template get(TemplateService.GetRequest request) {
    return resource.get(request.call(), id);
  }

  @Override
  public Outcome<Template> update(UpdateRequest request) {
    Call call = request.call();
    Template body = platform.body(request.template());
    Entity<Template> updated =
        platform.write(
            transaction -> {
              Entity<Template> current = resource.require(call, transaction, id);
              refuseBlank("changed");
              requireUnlocked(current, "change");
              Template merged = merged(transaction, current, body);
              Entity<Template> entity =
                  transaction.update(
                      current, merged, Secrets.takenFrom(merged, current.internals()));
              Consoles.replace(transaction, current.key(), body.display());
              renameVersions(transaction, current, merged);
              platform.report(transaction, "USER_UPDATE_VM_TEMPLATE", call, entity.value());
              return entity;
            });
    return Outcome.done(presenter.presentAll(updated, platform.snapshot()));
  }

  @Override
  public Outcome<Action> export(ExportRequest request) {
    Call call = request.call();
    String job =
        platform.writeRetrying(
            transaction -> {
              Entity<Template> template = resource.require(call, transaction, id);
              refuseBlank("exported");
              return neighbours
                  .appliances()
                  .export(
                      transaction,
                      call,
                      new ApplianceExports.Destination(
                          request.storageDomain(),
                          request.host(),
                          request.directory(),
                          request.filename()),
                      template);
            });
    return Outcome.started(new Action(), job);
  }

  private Template merged(Transaction transaction, Entity<Template> current, Template body) {
    Template merged = Updates.merge(current.value(), body, NewTemplate.READ_ONLY);
    MachineValues.adjustMemory(merged, body);
    MachineValues.video(merged, body);
    if (body.os() != null && body.os().type_() != null) {
      MachineValues.settleOperatingSystem(transaction.current(), merged);
    }
    Cluster reference = body.cluster() == null ? current.value().cluster() : body.cluster();
    @Nullable Entity<Cluster> cluster =
        References.optional(transaction, Kinds.CLUSTER, reference).orElse(null);
    new MachineReferences(transaction, platform::newId).settle(merged, body, cluster);
    TemplateVersion version = body.version();
    if (version != null && version.versionName() != null && merged.version() != null) {
      merged.version(
          Objects.requireNonNull(merged.version()).copy().versionName(version.versionName()));
    }
    MachineRules.check(transaction.current(), merged, "template", platform.customProperties());
    boolean taken =
        transaction.current().all(Kinds.TEMPLATE).stream()
            .anyMatch(
                other ->
                    Objects.equals(other.value().name(), merged.name())
                        && !TemplateVersions.baseOf(other)
                            .equals(TemplateVersions.baseOf(current)));
    if (taken) {
      throw ApiFault.conflict(
          "The name '" + merged.name() + "' is already in use by another template.");
    }
    return merged;
  }

  /** All versions of a template bear its name. */
  private static void renameVersions(
      Transaction transaction, Entity<Template> current, Template merged) {
    if (Objects.equals(current.value().name(), merged.name())) {
      return;
    }
    String base = TemplateVersions.baseOf(current);
    for (Entity<Template> other : transaction.current().all(Kinds.TEMPLATE)) {
      if (!other.id().equals(current.id()) && TemplateVersions.baseOf(other).equals(base)) {
        Template renamed = (Template) other.value().shallowCopy();
        renamed.name(merged.name());
        transaction.update(other, renamed);
      }
    }
  }

  @Override
  public Outcome<Struct> remove(RemoveRequest request) {
    Call call = request.call();
    String job =
        platform.write(
            transaction -> {
              Entity<Template> template = resource.require(call, transaction, id);
              refuseBlank("removed");
              requireUnlocked(template, "remove");
              if (Boolean.TRUE.equals(template.value().deleteProtected())) {
                throw ApiFault.conflict(
                    "Template " + template.value().name() + " is protected against removal.");
              }
              requireUnused(transaction, template);
              return remove(transaction, call, template);
            });
    return new Outcome<>(null, job, false);
  }

  private String remove(Transaction transaction, Call call, Entity<Template> template) {
    forget(transaction, template);
    @Nullable String job =
        neighbours
            .disks()
            .remove(transaction, call, template.key())
            .map(request -> neighbours.operations().get().start(transaction, request))
            .orElse(null);
    Entity<Template> now = transaction.find(Kinds.TEMPLATE, id).orElseThrow(ApiFault::notFound);
    transaction.delete(now);
    platform.report(transaction, "USER_REMOVE_VM_TEMPLATE_FINISHED", call, template.value());
    return job != null
        ? job
        : platform.finishedJob(transaction, call, "Removing Template " + template.value().name());
  }

  private static void requireUnused(Transaction transaction, Entity<Template> template) {
    List<@Nullable String> machines =
        transaction.current().referrers(Kinds.VM, "template", template.id()).stream()
            .map(vm -> vm.value().name())
            .toList();
    if (!machines.isEmpty()) {
      throw ApiFault.conflict(
          "Cannot delete template "
              + template.value().name()
              + ". It is used by the VMs "
              + String.join(", ", machines)
              + ".");
    }
    List<Entity<VmPool>> pools =
        transaction.current().referrers(Kinds.VM_POOL, "template", template.id());
    if (!pools.isEmpty()) {
      throw ApiFault.conflict(
          "Cannot delete template "
              + template.value().name()
              + ". It is used by pool "
              + pools.getFirst().value().name()
              + ".");
    }
    boolean versions =
        transaction.current().all(Kinds.TEMPLATE).stream()
            .anyMatch(
                other ->
                    !other.id().equals(template.id())
                        && TemplateVersions.baseOf(other).equals(template.id()));
    if (versions) {
      throw ApiFault.conflict(
          "Cannot delete template " + template.value().name() + ". It has further versions.");
    }
  }

  /** Machines that once came from this template do not keep it. */
  private static void forget(Transaction transaction, Entity<Template> template) {
    for (Entity<Vm> vm :
        transaction.current().referrers(Kinds.VM, "original_template", template.id())) {
      Vm free = (Vm) vm.value().shallowCopy();
      transaction.update(vm, free.originalTemplate(new Template().id(Machines.BLANK)));
    }
  }

  private void refuseBlank(String what) {
    if (id.equals(Machines.BLANK)) {
      throw ApiFault.conflict("The template Blank cannot be " + what + ".");
    }
  }

  private static void requireUnlocked(Entity<Template> template, String what) {
    if (template.value().status() == TemplateStatus.LOCKED) {
      throw ApiFault.conflict(
          "Cannot " + what + " template " + template.value().name() + " while it is locked.");
    }
  }

  @Override
  public AssignedPermissionsService permissions() {
    return neighbours.permissions().apply(Kinds.TEMPLATE.key(id));
  }

  @Override
  public AssignedTagsService tags() {
    return new AssignedTags<>(platform, Kinds.TEMPLATE, id);
  }

  @Override
  public TemplateGraphicsConsolesService graphicsConsoles() {
    return new TemplateConsoles(platform, id);
  }

  @Override
  public TemplateCdromsService cdroms() {
    return new TemplateCdroms(platform, id);
  }

  @Override
  public TemplateNicsService nics() {
    return new TemplateNics(platform, id);
  }

  @Override
  public TemplateWatchdogsService watchdogs() {
    return new TemplateWatchdogs(platform, id);
  }

  @Override
  public TemplateDiskAttachmentsService diskAttachments() {
    return neighbours.templateDiskAttachments().apply(id);
  }

  @Override
  public TemplateMediatedDevicesService mediatedDevices() {
    return new TemplateMediatedDevices(platform, id);
  }
}

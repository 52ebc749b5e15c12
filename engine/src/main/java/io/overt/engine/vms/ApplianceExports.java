package io.overt.engine.vms;

import io.overt.access.session.Caller;
import io.overt.engine.disks.Images;
import io.overt.engine.resource.PatientCalls;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.StorageHosts;
import io.overt.engine.storage.DomainUsers;
import io.overt.engine.storage.Work;
import io.overt.events.About;
import io.overt.fleet.Fleet;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.NotImplemented;
import io.overt.model.Struct;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.StorageDomainType;
import io.overt.model.types.Template;
import io.overt.model.types.TemplateStatus;
import io.overt.model.types.Vm;
import io.overt.model.types.VmBase;
import io.overt.model.types.VmStatus;
import io.overt.operations.JobRequest;
import io.overt.operations.Operation;
import io.overt.operations.Operations;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Machines and templates as files of the Open Virtualization Format (OVA) in a directory of a host:
 * a description, and each disk as one QCOW2 image without snapshots.
 */
public final class ApplianceExports {
  private static final String NAME = "ExportToAppliance";
  private static final String KIND = "kind";
  private static final String OBJECT = "object";
  private static final String HOST = "host";
  private static final String PATH = "path";
  private static final String USER = "user";
  private static final String USER_NAME = "user_name";

  private static final Duration ANSWER = Duration.ofMinutes(3);

  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final Supplier<Operations> operations;

  public ApplianceExports(
      Platform platform, Supplier<Fleet> fleet, Supplier<Operations> operations) {
    this.platform = platform;
    this.fleet = fleet;
    this.operations = operations;
  }

  public Operation operation() {
    return new Operation(
        NAME,
        List.of(new Work("pack", c -> "Creating a Virtual Appliance", this::pack, this::giveUp)));
  }

  /** Where to; as clients say it, so anything may be missing. */
  public record Destination(
      @Nullable StorageDomain domain,
      @Nullable Host host,
      @Nullable String directory,
      @Nullable String file) {}

  /** The machine must be down; it is locked until the file is written. */
  String export(Transaction transaction, Call call, Entity<Vm> vm, Destination wanted) {
    ActionTarget.requireStatus(vm, "export", VmStatus.DOWN);
    Plan plan = plan(transaction, vm.key(), vm.value(), wanted);
    transaction.update(vm, ((Vm) vm.value().shallowCopy()).status(VmStatus.IMAGE_LOCKED));
    platform.report(transaction, "IMPORTEXPORT_STARTING_EXPORT_VM_TO_OVA", call, vm.value());
    return start(transaction, call, vm.key(), "VM " + vm.value().name(), plan);
  }

  /** The template is locked until the file is written. */
  public String export(
      Transaction transaction, Call call, Destination wanted, Entity<Template> template) {
    if (template.value().status() == TemplateStatus.LOCKED) {
      throw ApiFault.conflict(
          "Cannot export template %s: it is locked.".formatted(template.value().name()));
    }
    Plan plan = plan(transaction, template.key(), template.value(), wanted);
    transaction.update(
        template, ((Template) template.value().shallowCopy()).status(TemplateStatus.LOCKED));
    platform.report(
        transaction, "IMPORTEXPORT_STARTING_EXPORT_TEMPLATE_TO_OVA", call, template.value());
    return start(transaction, call, template.key(), "Template " + template.value().name(), plan);
  }

  private record Plan(Entity<Host> host, String path) {}

  private static Plan plan(Transaction transaction, Key owner, VmBase source, Destination wanted) {
    if (wanted.domain() != null) {
      throw toDomain(transaction, wanted.domain());
    }
    String directory = wanted.directory();
    if (wanted.host() == null || directory == null) {
      throw ApiFault.incomplete("Action", "host.id|name, directory", "export");
    }
    Entity<Host> host = References.resolve(transaction, Kinds.HOST, wanted.host());
    String name = source.name();
    if (host.value().status() != HostStatus.UP) {
      throw ApiFault.conflict(
          "Cannot export %s: host %s is not up.".formatted(name, host.value().name()));
    }
    List<Entity<Disk>> disks = disks(transaction.current(), owner);
    for (Entity<Disk> disk : disks) {
      Optional<String> center = Images.activeIn(transaction.snapshot(), disk.value());
      if (disk.value().status() != DiskStatus.OK || center.isEmpty()) {
        throw ApiFault.conflict(
            "Cannot export %s: disk '%s' is locked, or its storage domain is not active."
                .formatted(name, disk.value().alias()));
      }
      if (!center.equals(StorageHosts.dataCenter(transaction.snapshot(), host.value()))) {
        throw ApiFault.conflict(
            "Cannot export %s: host %s is not in its data center."
                .formatted(name, host.value().name()));
      }
    }
    String file = Objects.requireNonNullElse(wanted.file(), name + ".ova");
    if (!directory.startsWith("/") || file.contains("/") || file.isEmpty()) {
      throw ApiFault.bad(
          "action.directory is '%s' and action.filename '%s'; expected an absolute path, and a name"
              .formatted(directory, file));
    }
    disks.forEach(disk -> transaction.update(disk, disk.value().copy().status(DiskStatus.LOCKED)));
    return new Plan(host, (directory.endsWith("/") ? directory : directory + "/") + file);
  }

  private static RuntimeException toDomain(Transaction transaction, StorageDomain reference) {
    Entity<StorageDomain> domain = References.resolve(transaction, Kinds.STORAGE_DOMAIN, reference);
    return domain.value().type_() == StorageDomainType.EXPORT
        ? new NotImplemented("export to an export domain")
        : ApiFault.conflict(
            "Cannot export to storage domain '%s': it is not an export domain."
                .formatted(domain.value().name()));
  }

  private static List<Entity<Disk>> disks(Snapshot snapshot, Key owner) {
    return DomainUsers.attachments(snapshot, owner).stream()
        .flatMap(attachment -> snapshot.find(Kinds.DISK, attachment.id()).stream())
        .toList();
  }

  private String start(Transaction transaction, Call call, Key object, String what, Plan plan) {
    Caller caller = platform.caller(call);
    Map<String, String> data = new HashMap<>();
    data.put(KIND, object.kind());
    data.put(OBJECT, object.id());
    data.put(HOST, plan.host().id());
    data.put(PATH, plan.path());
    data.put(USER, caller.userId());
    data.put(USER_NAME, caller.principalName());
    String description =
        "Exporting %s as an OVA to %s on Host %s"
            .formatted(what, plan.path(), plan.host().value().name());
    return operations
        .get()
        .start(
            transaction,
            new JobRequest(NAME, description, caller.userId(), caller.correlationId(), data));
  }

  private static Key object(StepContext context) {
    return context.get(KIND).equals(Kinds.VM.name())
        ? Kinds.VM.key(context.get(OBJECT))
        : Kinds.TEMPLATE.key(context.get(OBJECT));
  }

  /** A template is described as the machine that it would make. */
  private static Optional<Vm> described(Snapshot snapshot, Key object) {
    if (object.kind().equals(Kinds.VM.name())) {
      return snapshot.find(Kinds.VM, object.id()).map(Entity::value);
    }
    return snapshot
        .find(Kinds.TEMPLATE, object.id())
        .map(
            template -> {
              Vm vm = new Vm();
              MachineValues.copy(template.value(), vm);
              vm.id(template.id()).name(template.value().name());
              vm.description(template.value().description());
              return vm.creationTime(template.value().creationTime());
            });
  }

  private StepOutcome pack(StepContext context) {
    Snapshot snapshot = platform.snapshot();
    Key object = object(context);
    Optional<Vm> described = described(snapshot, object);
    if (described.isEmpty()) {
      return StepOutcome.failed("What was to be exported was removed");
    }
    List<Map<String, String>> disks = new ArrayList<>();
    for (Entity<Disk> disk : disks(snapshot, object)) {
      String volume = Objects.requireNonNull(disk.value().imageId());
      disks.add(
          Map.of(
              "sd_id",
              Images.domainOf(disk.value()),
              "img_id",
              disk.id(),
              "vol_id",
              volume,
              "name",
              volume));
    }
    String job = Images.jobId(context.jobId(), "pack");
    Optional<String> problem =
        new PatientCalls(fleet, context.get(HOST), ANSWER, context.correlationId())
            .carryOut(
                job,
                "Overt.createAppliance",
                Map.of(
                    "job_id",
                    job,
                    "path",
                    context.get(PATH),
                    "ovf",
                    Ovf.ofAppliance(described.get(), object, snapshot),
                    "disks",
                    disks));
    if (problem.isPresent()) {
      return StepOutcome.failed(problem.get());
    }
    end(context, "IMPORTEXPORT_EXPORT_%s_TO_OVA");
    return StepOutcome.done();
  }

  private void giveUp(StepContext context) {
    end(context, "IMPORTEXPORT_EXPORT_%s_TO_OVA_FAILED");
  }

  /** All may be used again. */
  private void end(StepContext context, String event) {
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              Key object = object(context);
              disks(transaction.current(), object).stream()
                  .filter(disk -> disk.value().status() == DiskStatus.LOCKED)
                  .forEach(
                      disk -> transaction.update(disk, disk.value().copy().status(DiskStatus.OK)));
              transaction
                  .find(Kinds.VM, object.id())
                  .filter(vm -> vm.value().status() == VmStatus.IMAGE_LOCKED)
                  .ifPresent(
                      vm -> {
                        Vm usable = (Vm) vm.value().shallowCopy();
                        transaction.update(vm, usable.status(VmStatus.DOWN));
                        report(transaction, context, event.formatted("VM"), usable);
                      });
              transaction
                  .find(Kinds.TEMPLATE, object.id())
                  .filter(template -> template.value().status() == TemplateStatus.LOCKED)
                  .ifPresent(
                      template -> {
                        Template usable = (Template) template.value().shallowCopy();
                        transaction.update(template, usable.status(TemplateStatus.OK));
                        report(transaction, context, event.formatted("TEMPLATE"), usable);
                      });
              return context.jobId();
            });
  }

  private void report(Transaction transaction, StepContext context, String type, Struct object) {
    Host host = transaction.find(Kinds.HOST, context.get(HOST)).map(Entity::value).orElse(null);
    platform
        .events()
        .append(
            transaction,
            type,
            About.object(object)
                .and(host)
                .by(context.get(USER), context.get(USER_NAME))
                .with("OvaPath", context.get(PATH))
                .correlated(context.correlationId()));
  }
}

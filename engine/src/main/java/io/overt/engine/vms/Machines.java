package io.overt.engine.vms;

import io.overt.access.permissions.CreationGrants;
import io.overt.engine.disks.DiskSource;
import io.overt.engine.disks.TemplateDisks;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.vms.devices.Consoles;
import io.overt.engine.vms.devices.DeviceCopies;
import io.overt.engine.vms.devices.MachineDevices;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Member;
import io.overt.model.Struct;
import io.overt.model.types.Architecture;
import io.overt.model.types.Bios;
import io.overt.model.types.BiosType;
import io.overt.model.types.Cluster;
import io.overt.model.types.Cpu;
import io.overt.model.types.InstanceType;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.Snapshot;
import io.overt.model.types.SnapshotStatus;
import io.overt.model.types.SnapshotType;
import io.overt.model.types.Template;
import io.overt.model.types.TemplateStatus;
import io.overt.model.types.TimeZone;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.operations.JobRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes machines out of templates, with the defaults of engine 4.5. */
public final class Machines {
  /** The template that every engine begins with. */
  public static final String BLANK = "00000000-0000-0000-0000-000000000000";

  /** What clients cannot set, whether they add or update. */
  static final Set<String> READ_ONLY = readOnly();

  private static final String LINUX_TIME_ZONE = "Etc/GMT";
  private static final String WINDOWS_TIME_ZONE = "GMT Standard Time";
  private final Platform platform;
  private final TemplateDisks disks;

  public Machines(Platform platform, TemplateDisks disks) {
    this.platform = platform;
    this.disks = disks;
  }

  private static Set<String> readOnly() {
    Set<String> members = new HashSet<>(MachineReferences.MEMBERS);
    members.addAll(
        Set.of(
            "status",
            "status_detail",
            "start_time",
            "stop_time",
            "stop_reason",
            "creation_time",
            "origin",
            "fqdn",
            "guest_operating_system",
            "guest_time_zone",
            "has_illegal_images",
            "next_run_configuration_exists",
            "run_once",
            "dynamic_cpu",
            "host",
            "template",
            "original_template",
            "instance_type"));
    members.add("vm_pool");
    members.add("external_host_provider");
    return Set.copyOf(members);
  }

  /** Where a new machine comes from and goes to. */
  public record Plan(Entity<Template> template, Entity<Cluster> cluster, boolean independent) {}

  /** Finds what the body names; the recorded order of complaints is cluster, template, name. */
  Plan plan(Transaction transaction, Vm body, boolean independent) {
    if (isMissing(body.cluster())) {
      throw ApiFault.incomplete("Vm", "cluster.id|name", "add");
    }
    if (isMissing(body.template())) {
      throw ApiFault.incomplete("Vm", "template.id|name", "add");
    }
    if (body.name() == null || body.name().isEmpty()) {
      throw ApiFault.incomplete("Vm", "name", "add");
    }
    Entity<Cluster> cluster =
        References.resolve(transaction, Kinds.CLUSTER, Objects.requireNonNull(body.cluster()));
    Entity<Template> template =
        References.resolve(transaction, Kinds.TEMPLATE, Objects.requireNonNull(body.template()));
    return new Plan(latest(transaction, template, body), cluster, independent);
  }

  private static boolean isMissing(@Nullable Struct reference) {
    return reference == null || (reference.id() == null && reference.get("name") == null);
  }

  /** The newest version of the template when the machine is to follow it. */
  private static Entity<Template> latest(
      Transaction transaction, Entity<Template> template, Vm body) {
    if (!Boolean.TRUE.equals(body.useLatestTemplateVersion())) {
      return template;
    }
    return transaction.current().all(Kinds.TEMPLATE).stream()
        .filter(other -> TemplateVersions.baseOf(other).equals(TemplateVersions.baseOf(template)))
        .max(Comparator.comparingLong(TemplateVersions::numberOf))
        .orElse(template);
  }

  /**
   * Adds a machine with its devices, and the job that copies its disks if there are any.
   *
   * @param body what the client wants otherwise than its template
   */
  public Added add(Transaction transaction, Call call, Vm body, Plan plan) {
    return add(transaction, call, body, plan, platform.newId());
  }

  /** The same under an id that the machine had before. */
  Added add(Transaction transaction, Call call, Vm body, Plan plan, String id) {
    Entity<Template> template = plan.template();
    if (template.value().status() == TemplateStatus.LOCKED) {
      throw ApiFault.conflict(
          "Cannot add VM. Template "
              + template.value().name()
              + " is locked; wait until it is ok.");
    }
    Vm vm = new Vm();
    MachineValues.copy(template.value(), vm);
    instanceType(transaction, vm, body);
    place(vm, plan.cluster().value());
    complete(transaction, vm, body, plan.cluster(), id);
    boolean fromBlank = template.id().equals(BLANK);
    vm.template(new Template().id(plan.independent() ? BLANK : template.id()));
    vm.originalTemplate(new Template().id(template.id()));
    if (fromBlank) {
      vm.template(new Template().id(BLANK));
    }
    Entity<Vm> added = insert(transaction, call, vm);
    devices(transaction, template.key(), added, body, plan.cluster().value());
    Optional<JobRequest> copying =
        disks.copyToMachine(
            transaction,
            call,
            DiskSource.now(template.key()),
            added,
            Objects.requireNonNullElse(body.diskAttachments(), List.of()),
            plan.independent());
    return reported(transaction, call, added, copying);
  }

  /** A new machine, and the job that copies its disks if there is one. */
  public record Added(Entity<Vm> machine, Optional<JobRequest> copying) {}

  private Added reported(
      Transaction transaction, Call call, Entity<Vm> added, Optional<JobRequest> copying) {
    platform.report(transaction, "USER_ADD_VM", call, added.value());
    return new Added(added, copying);
  }

  /** What the cluster decides. */
  private static void place(Vm vm, Cluster cluster) {
    Bios bios = vm.bios() == null ? new Bios() : vm.bios();
    if (bios.type_() == null || bios.type_() == BiosType.CLUSTER_DEFAULT) {
      bios.type_(cluster.biosType());
    }
    vm.bios(bios);
    Cpu cpu = vm.cpu() == null ? new Cpu() : vm.cpu();
    Architecture architecture = cluster.cpu() == null ? null : cluster.cpu().architecture();
    cpu.architecture(
        architecture == null || architecture == Architecture.UNDEFINED
            ? Architecture.X86_64
            : architecture);
    vm.cpu(cpu);
  }

  /** Merges the body and fills in what neither it nor the template say. */
  private void complete(
      Transaction transaction, Vm vm, Vm body, Entity<Cluster> cluster, String id) {
    Architecture architecture = Objects.requireNonNull(vm.cpu()).architecture();
    Vm merged = Merges.into(vm, body, READ_ONLY);
    Bios bios = Objects.requireNonNull(merged.bios());
    if (bios.type_() == BiosType.CLUSTER_DEFAULT) {
      bios.type_(cluster.value().biosType());
    }
    Objects.requireNonNull(merged.cpu()).architecture(architecture);
    for (Member member : merged.type().members()) {
      vm.set(member, merged.get(member));
    }
    MachineValues.adjustMemory(vm, body);
    MachineValues.video(vm, body);
    MachineValues.settleOperatingSystem(transaction.current(), vm);
    timeZone(vm, body);
    new MachineReferences(transaction, platform::newId).settle(vm, body, cluster);
    Instant now = platform.clock().instant();
    vm.id(id)
        .description(Objects.requireNonNullElse(body.description(), ""))
        .comment(Objects.requireNonNullElse(body.comment(), ""));
    vm.creationTime(now);
    vm.origin("ovirt");
    vm.status(VmStatus.DOWN).stopTime(now).nextRunConfigurationExists(false);
    MachineRules.check(transaction.current(), vm, "vm", platform.customProperties());
  }

  /** The guest's clock fits its operating system, unless the client says how it is set. */
  private static void timeZone(Vm vm, Vm body) {
    if (body.timeZone() != null) {
      return;
    }
    TimeZone inherited = vm.timeZone();
    boolean windows = MachineValues.isWindows(vm);
    if (inherited == null || (windows && LINUX_TIME_ZONE.equals(inherited.name()))) {
      vm.timeZone(new TimeZone().name(windows ? WINDOWS_TIME_ZONE : LINUX_TIME_ZONE));
    }
  }

  private static void instanceType(Transaction transaction, Vm vm, Vm body) {
    InstanceType reference = body.instanceType();
    if (isMissing(reference)) {
      return;
    }
    Entity<InstanceType> found =
        References.resolve(transaction, Kinds.INSTANCE_TYPE, Objects.requireNonNull(reference));
    InstanceType type = found.value();
    Vm hardware = new Vm();
    hardware
        .memory(type.memory())
        .memoryPolicy(type.memoryPolicy())
        .cpu(type.cpu())
        .io(type.io())
        .highAvailability(type.highAvailability())
        .migrationDowntime(type.migrationDowntime());
    if (type.os() != null && type.os().boot() != null) {
      hardware.os(new OperatingSystem().boot(type.os().boot()));
    }
    vm.merge(hardware);
    vm.instanceType(new InstanceType().id(found.id()));
  }

  private Entity<Vm> insert(Transaction transaction, Call call, Vm vm) {
    Map<String, String> internals = Secrets.takenFrom(vm, Map.of());
    Entity<Vm> added = transaction.insert(Kinds.VM, vm, null, internals);
    transaction.insert(Kinds.SNAPSHOT, activeSnapshot(), added.key());
    CreationGrants.created(
        transaction, platform.caller(call), added.key(), CreationGrants.Audience.CREATOR);
    return added;
  }

  /** Every machine has one snapshot that stands for its present state. */
  private Snapshot activeSnapshot() {
    Snapshot snapshot = new Snapshot();
    snapshot.id(platform.newId()).description("Active VM");
    return snapshot
        .date(platform.clock().instant())
        .persistMemorystate(false)
        .snapshotStatus(SnapshotStatus.OK)
        .snapshotType(SnapshotType.ACTIVE);
  }

  private void devices(
      Transaction transaction, Key source, Entity<Vm> vm, Vm body, Cluster cluster) {
    DeviceCopies.copy(
        platform,
        transaction,
        MachineDevices.now(transaction.current(), source),
        vm.key(),
        cluster);
    Consoles.replace(transaction, vm.key(), body.display());
  }

  /** A copy of a machine under a new name, with addresses and identity of its own. */
  Added copy(Transaction transaction, Call call, Entity<Vm> source, Vm body) {
    return copy(
        transaction,
        call,
        source,
        DiskSource.now(source.key()),
        MachineDevices.now(transaction.current(), source.key()),
        body);
  }

  /**
   * The same of another state of it.
   *
   * @param source with the values that the copy is to have
   */
  Added copy(
      Transaction transaction,
      Call call,
      Entity<Vm> source,
      DiskSource diskSource,
      MachineDevices devices,
      Vm body) {
    Vm vm = new Vm();
    MachineValues.copy(source.value(), vm);
    Vm merged = Merges.into(vm, body, READ_ONLY);
    Vm from = source.value();
    Instant now = platform.clock().instant();
    merged.id(platform.newId());
    merged.name(body.name());
    if (body.description() == null) {
      merged.description(from.description());
    }
    if (body.comment() == null) {
      merged.comment(from.comment());
    }
    merged.creationTime(now);
    merged.origin(from.origin());
    merged.template(new Template().id(BLANK));
    merged.originalTemplate(from.originalTemplate()).instanceType(from.instanceType());
    merged.status(VmStatus.DOWN).stopTime(now).nextRunConfigurationExists(false);
    MachineRules.check(transaction.current(), merged, "vm", platform.customProperties());
    Entity<Vm> added = insert(transaction, call, merged);
    Cluster cluster =
        transaction
            .find(Kinds.CLUSTER, Objects.requireNonNull(merged.cluster()).requireId())
            .map(Entity::value)
            .orElseThrow(ApiFault::notFound);
    DeviceCopies.copy(platform, transaction, devices, added.key(), cluster);
    return reported(
        transaction,
        call,
        added,
        disks.copyToMachine(
            transaction,
            call,
            diskSource,
            added,
            Objects.requireNonNullElse(body.diskAttachments(), List.of()),
            true));
  }
}

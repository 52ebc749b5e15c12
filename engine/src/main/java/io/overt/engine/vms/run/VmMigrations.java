package io.overt.engine.vms.run;

import io.overt.access.session.Caller;
import io.overt.engine.placement.Placements;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostUnreachable;
import io.overt.fleet.MovingMachines;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.services.VmService;
import io.overt.model.types.Action;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.model.types.Vm;
import io.overt.model.types.VmAffinity;
import io.overt.model.types.VmStatus;
import io.overt.operations.JobRequest;
import io.overt.operations.Operation;
import io.overt.operations.Operations;
import io.overt.scheduling.Placement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the actions {@code migrate} and {@code cancelmigration} of a machine do. */
public final class VmMigrations {
  private static final Set<VmStatus> MOVABLE =
      Set.of(VmStatus.UP, VmStatus.POWERING_UP, VmStatus.PAUSED, VmStatus.REBOOT_IN_PROGRESS);

  private static final Duration SETTLING = Duration.ofSeconds(5);

  private final Platform platform;
  private final Supplier<Operations> operations;
  private final MigrateVm migrate;
  private final SourceHost source;
  private final Resource<Vm> machines;

  public VmMigrations(
      Platform platform,
      Supplier<Fleet> fleet,
      Supplier<Operations> operations,
      Placements placements) {
    this.platform = platform;
    this.operations = operations;
    this.migrate = new MigrateVm(platform, fleet, placements);
    this.source = new SourceHost(fleet);
    this.machines = new Resource<>(platform, Kinds.VM);
  }

  /** The work behind. */
  public Operation operation() {
    return migrate.operation();
  }

  /** Checks what can be known at once, then leaves the work to a job for each machine. */
  public Outcome<Action> migrate(Call call, String id, VmService.MigrateRequest request) {
    settle(id);
    String job = platform.writeRetrying(transaction -> migrate(transaction, call, id, request));
    return Outcome.started(new Action(), job);
  }

  private String migrate(
      Transaction transaction, Call call, String id, VmService.MigrateRequest request) {
    Entity<Vm> vm = machines.require(call, transaction, id);
    List<Entity<Vm>> others =
        Boolean.TRUE.equals(request.migrateVmsInAffinityClosure())
            ? AffinityClosure.around(transaction.snapshot(), vm)
            : List.of();
    List<Entity<Vm>> all = new ArrayList<>(List.of(vm));
    all.addAll(others);
    for (Entity<Vm> each : all) {
      requireMovable(each, Boolean.TRUE.equals(request.force()));
      requireUnlocked(transaction.snapshot(), each);
    }
    Entity<Host> host = host(transaction, vm, request.host());
    String cluster = cluster(transaction, vm, request.cluster(), host);
    String wanted = host == null ? null : host.id();
    if (others.isEmpty()) {
      requirePlace(transaction.snapshot(), vm, wanted, cluster);
    } else {
      wanted = placeForAll(transaction.snapshot(), all, wanted, cluster);
    }
    Caller caller = platform.caller(call);
    Map<String, String> data = new HashMap<>();
    data.put(MigrateVm.USER, caller.userId());
    data.put(MigrateVm.USER_NAME, caller.principalName());
    if (wanted != null) {
      data.put(MigrateVm.REQUESTED, wanted);
    }
    if (cluster != null) {
      data.put(MigrateVm.CLUSTER, cluster);
    }
    if (!others.isEmpty()) {
      data.put(MigrateVm.TOGETHER, "true");
    }
    others.forEach(
        other -> start(transaction, other, caller.userId(), caller.correlationId(), data));
    return start(transaction, vm, caller.userId(), caller.correlationId(), data);
  }

  /**
   * The hosts that any of the machines could migrate to, if all of them could be there afterwards.
   *
   * @param together whether those that must be with a machine come along
   */
  public Set<String> targets(Call call, List<String> ids, boolean together) {
    Snapshot snapshot = platform.snapshot();
    List<Entity<Vm>> vms = ids.stream().map(id -> machines.require(call, snapshot, id)).toList();
    Set<String> common = null;
    for (Entity<Vm> vm : vms) {
      List<Entity<Vm>> all = new ArrayList<>(List.of(vm));
      if (together) {
        all.addAll(AffinityClosure.around(snapshot, vm));
      }
      Set<String> hosts =
          MOVABLE.contains(statusOf(vm))
              ? new HashSet<>(migrate.targets(snapshot, all))
              : new HashSet<>();
      Host own = vm.value().host();
      if (own != null) {
        hosts.add(own.requireId());
      }
      if (common == null) {
        common = hosts;
      } else {
        common.retainAll(hosts);
      }
    }
    if (common == null) {
      return Set.of();
    }
    common.removeIf(host -> vms.stream().allMatch(vm -> isOn(host, vm)));
    return common;
  }

  private static boolean isOn(String host, Entity<Vm> vm) {
    Host own = vm.value().host();
    return own != null && host.equals(own.id());
  }

  /** A host for all of them, since they have to be together afterwards too. */
  private String placeForAll(
      Snapshot snapshot, List<Entity<Vm>> all, @Nullable String wanted, @Nullable String cluster) {
    return switch (migrate.preview(snapshot, all, wanted, cluster)) {
      case Placement.Chosen chosen -> chosen.hostId();
      case Placement.Refused refused ->
          throw ApiFault.conflict(
              "Cannot migrate VM %s: no host fits it and the %d machines that must be with it: %s."
                  .formatted(all.getFirst().value().name(), all.size() - 1, refused.explanation()));
    };
  }

  private void settle(String id) {
    long end = System.nanoTime() + SETTLING.toNanos();
    while (System.nanoTime() < end
        && platform
            .snapshot()
            .find(Kinds.VM, id)
            .filter(vm -> vm.internal(MovingMachines.JOB) != null)
            .filter(vm -> statusOf(vm) != VmStatus.MIGRATING)
            .isPresent()) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private String start(
      Transaction transaction,
      Entity<Vm> vm,
      @Nullable String owner,
      @Nullable String correlationId,
      Map<String, String> data) {
    Map<String, String> all = new HashMap<>(data);
    all.put(MigrateVm.VM, vm.id());
    String job =
        operations
            .get()
            .start(
                transaction,
                new JobRequest(
                    MigrateVm.NAME,
                    "Migrating VM " + vm.value().name(),
                    owner,
                    correlationId,
                    all));
    Map<String, String> internals = new HashMap<>(vm.internals());
    internals.put(MovingMachines.JOB, job);
    internals.remove(MigrateVm.CANCELLED);
    transaction.update(vm, vm.value().copy().status(VmStatus.MIGRATING), internals);
    return job;
  }

  /**
   * Moves a machine because its host is to be left by all; does nothing for one that moves already
   * or may not.
   *
   * @param target the only host to go to; null for any
   * @return the job, empty when there is none
   */
  public Optional<String> evacuate(
      Transaction transaction,
      Entity<Vm> vm,
      @Nullable String target,
      String reason,
      @Nullable String correlationId) {
    if (!MOVABLE.contains(statusOf(vm))
        || busy(vm)
        || !mayLeave(vm.value())
        || VmParts.lockedDisk(transaction.snapshot(), vm).isPresent()) {
      return Optional.empty();
    }
    Map<String, String> data = new HashMap<>();
    data.put(MigrateVm.REASON, reason);
    data.put(MigrateVm.LEAVING, "true");
    if (target != null) {
      data.put(MigrateVm.ALLOWED, target);
    }
    return Optional.of(start(transaction, vm, null, correlationId, data));
  }

  /**
   * Moves a machine to one of those hosts, unless it may not be moved, none of them takes it, or
   * its own is among them and is the best.
   *
   * @return the job, empty when there is none
   */
  public Optional<String> moveIfBetter(String vmId, Set<String> hosts, String reason) {
    Snapshot snapshot = platform.snapshot();
    Entity<Vm> vm = snapshot.find(Kinds.VM, vmId).filter(VmMigrations::free).orElse(null);
    if (vm == null || vm.value().host() == null) {
      return Optional.empty();
    }
    String own = vm.value().host().requireId();
    if (!(migrate.best(snapshot, vm, hosts) instanceof Placement.Chosen chosen)
        || chosen.hostId().equals(own)) {
      return Optional.empty();
    }
    String allowed =
        String.join(" ", hosts.stream().filter(host -> !host.equals(own)).sorted().toList());
    return platform
        .inventory()
        .writeRetrying(
            transaction ->
                transaction
                    .find(Kinds.VM, vmId)
                    .filter(VmMigrations::free)
                    .filter(
                        now -> now.value().host() != null && own.equals(now.value().host().id()))
                    .filter(now -> VmParts.lockedDisk(transaction.snapshot(), now).isEmpty())
                    .map(
                        now ->
                            start(
                                transaction,
                                now,
                                null,
                                null,
                                Map.of(MigrateVm.REASON, reason, MigrateVm.ALLOWED, allowed))));
  }

  /** Up, with nothing going on, and not one that only its owner may move. */
  private static boolean free(Entity<Vm> vm) {
    return statusOf(vm) == VmStatus.UP && !busy(vm) && mayLeave(vm.value());
  }

  /** Whether the engine may move the machine without anybody's word. */
  public static boolean mayLeave(Vm vm) {
    return affinity(vm) == VmAffinity.MIGRATABLE;
  }

  private static VmAffinity affinity(Vm vm) {
    return vm.placementPolicy() == null || vm.placementPolicy().affinity() == null
        ? VmAffinity.MIGRATABLE
        : vm.placementPolicy().affinity();
  }

  private static boolean busy(Entity<Vm> vm) {
    return vm.internal(MovingMachines.JOB) != null || vm.internal(StartVm.START_JOB) != null;
  }

  /** A job that changes the disks' volumes needs the machine where it is. */
  private static void requireUnlocked(Snapshot snapshot, Entity<Vm> vm) {
    VmParts.lockedDisk(snapshot, vm)
        .ifPresent(
            disk -> {
              throw ApiFault.conflict(
                  "Cannot migrate VM %s: disk '%s' is locked by a job."
                      .formatted(vm.value().name(), disk.alias()));
            });
  }

  private static void requireMovable(Entity<Vm> vm, boolean force) {
    String name = "Cannot migrate VM " + vm.value().name();
    if (statusOf(vm) == VmStatus.MIGRATING) {
      throw ApiFault.conflict(name + ": it is migrating already.");
    }
    if (!MOVABLE.contains(statusOf(vm))) {
      throw ApiFault.conflict(name + ": it is " + statusOf(vm).wire() + ", not up.");
    }
    if (vm.internal(MovingMachines.JOB) != null) {
      throw ApiFault.conflict(name + " now: a job is still working on it.");
    }
    if (affinity(vm.value()) == VmAffinity.PINNED) {
      throw ApiFault.conflict(name + ": it is pinned to its host.");
    }
    if (affinity(vm.value()) == VmAffinity.USER_MIGRATABLE && !force) {
      throw ApiFault.conflict(
          name + ": it is not migratable, and the migration was not forced (force is false).");
    }
  }

  private @Nullable Entity<Host> host(
      Transaction transaction, Entity<Vm> vm, @Nullable Host reference) {
    if (reference == null) {
      return null;
    }
    Entity<Host> host = References.resolve(transaction, Kinds.HOST, reference);
    String name = "Cannot migrate VM " + vm.value().name();
    if (vm.value().host() != null && host.id().equals(vm.value().host().id())) {
      throw ApiFault.conflict(name + ": it runs on host " + host.value().name() + " already.");
    }
    if (host.value().status() != HostStatus.UP) {
      throw ApiFault.conflict(
          "%s to host %s, which is %s, not up."
              .formatted(
                  name,
                  host.value().name(),
                  Objects.requireNonNullElse(host.value().status(), HostStatus.UNASSIGNED).wire()));
    }
    return host;
  }

  /** The cluster that it is to belong to from then on; null for its own. */
  private static @Nullable String cluster(
      Transaction transaction,
      Entity<Vm> vm,
      @Nullable Cluster reference,
      @Nullable Entity<Host> host) {
    String own = Objects.requireNonNull(vm.value().cluster()).requireId();
    String hosts = host == null ? null : Objects.requireNonNull(host.value().cluster()).requireId();
    if (reference == null) {
      if (hosts != null && !hosts.equals(own)) {
        throw ApiFault.conflict(
            "Cannot migrate VM %s: host %s is in another cluster; name that cluster too."
                .formatted(vm.value().name(), Objects.requireNonNull(host).value().name()));
      }
      return null;
    }
    Entity<Cluster> wanted = References.resolve(transaction, Kinds.CLUSTER, reference);
    if (hosts != null && !hosts.equals(wanted.id())) {
      throw ApiFault.conflict(
          "Cannot migrate VM %s: host %s is not in cluster %s."
              .formatted(
                  vm.value().name(),
                  Objects.requireNonNull(host).value().name(),
                  wanted.value().name()));
    }
    Entity<Cluster> before = transaction.find(Kinds.CLUSTER, own).orElse(null);
    if (before != null && !Objects.equals(center(before.value()), center(wanted.value()))) {
      throw ApiFault.conflict(
          "Cannot migrate VM %s: cluster %s is in another data center."
              .formatted(vm.value().name(), wanted.value().name()));
    }
    return wanted.id().equals(own) ? null : wanted.id();
  }

  private static @Nullable String center(Cluster cluster) {
    return cluster.dataCenter() == null ? null : cluster.dataCenter().id();
  }

  private void requirePlace(
      Snapshot snapshot, Entity<Vm> vm, @Nullable String host, @Nullable String cluster) {
    Placement placement = migrate.preview(snapshot, List.of(vm), host, cluster);
    if (placement instanceof Placement.Refused refused) {
      throw ApiFault.conflict(
          "Cannot migrate VM "
              + vm.value().name()
              + ". No host fits: "
              + refused.explanation()
              + ".");
    }
  }

  /** Wants the machine to stay where it is; a move that has just ended cannot be broken off. */
  public Outcome<Action> cancel(Call call, String id) {
    Entity<Vm> vm = machines.require(call, platform.snapshot(), id);
    String name = "Cannot cancel the migration of VM " + vm.value().name();
    if (statusOf(vm) != VmStatus.MIGRATING) {
      throw ApiFault.conflict(name + ": it is " + statusOf(vm).wire() + ", not migrating.");
    }
    String host = vm.value().host() == null ? null : vm.value().host().id();
    if (host == null) {
      throw ApiFault.conflict(name + ": it runs on no host.");
    }
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.VM, id)
                  .filter(now -> now.internal(MovingMachines.JOB) != null)
                  .ifPresent(now -> noteCancelled(transaction, now));
              return id;
            });
    try {
      boolean heard = source.cancel(host, id, platform.caller(call).correlationId());
      if (!heard && vm.internal(MovingMachines.JOB) == null) {
        throw ApiFault.conflict(name + ": its host does not migrate it.");
      }
    } catch (HostCallFailed | HostUnreachable e) {
      platform.write(
          transaction -> {
            platform.report(transaction, "VM_CANCEL_MIGRATION_FAILED", call, vm.value());
            return id;
          });
      throw ApiFault.conflict(name + ": " + e.getMessage());
    }
    String job =
        platform.write(
            transaction -> {
              platform.report(transaction, "VM_CANCEL_MIGRATION", call, vm.value());
              return platform.finishedJob(
                  transaction, call, "Cancelling migration of VM " + vm.value().name());
            });
    return Outcome.done(new Action(), job);
  }

  private static void noteCancelled(Transaction transaction, Entity<Vm> vm) {
    Map<String, String> internals = new HashMap<>(vm.internals());
    internals.put(MigrateVm.CANCELLED, "true");
    transaction.update(vm, vm.value(), internals);
  }

  private static VmStatus statusOf(Entity<Vm> vm) {
    return Objects.requireNonNullElse(vm.value().status(), VmStatus.DOWN);
  }

  /** The machines of a host that the engine may not move away. */
  public static List<String> bound(List<Entity<Vm>> machines) {
    return machines.stream()
        .map(Entity::value)
        .filter(vm -> !mayLeave(vm))
        .map(vm -> Objects.requireNonNullElse(vm.name(), vm.requireId()))
        .toList();
  }
}

package io.overt.engine.pools;

import io.overt.engine.resource.Platform;
import io.overt.engine.vms.Machines;
import io.overt.engine.vms.VmNeighbours;
import io.overt.engine.vms.VmRemoval;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.Cluster;
import io.overt.model.types.InstanceType;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.model.types.VmPool;
import io.overt.model.types.VmStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The machines of a pool: named after it, numbered from 1. */
final class PoolMachines {
  private static final String MASK = "?";
  private final Platform platform;
  private final VmNeighbours neighbours;
  private final Machines machines;

  PoolMachines(Platform platform, VmNeighbours neighbours) {
    this.platform = platform;
    this.neighbours = neighbours;
    this.machines = new Machines(platform, neighbours.disks());
  }

  /** Those of the pool, by name. */
  static List<Entity<Vm>> of(Snapshot snapshot, String poolId) {
    return snapshot.referrers(Kinds.VM, "vm_pool", poolId).stream()
        .sorted(
            Comparator.comparing(
                (Entity<Vm> vm) -> Objects.requireNonNullElse(vm.value().name(), "")))
        .toList();
  }

  /** Adds machines under the next free names. */
  void add(Transaction transaction, Call call, Entity<VmPool> pool, VmPool body, long count) {
    VmPool value = pool.value();
    Entity<Template> template =
        transaction
            .find(Kinds.TEMPLATE, Objects.requireNonNull(value.template()).requireId())
            .orElseThrow(ApiFault::notFound);
    Entity<Cluster> cluster =
        transaction
            .find(Kinds.CLUSTER, Objects.requireNonNull(value.cluster()).requireId())
            .orElseThrow(ApiFault::notFound);
    Machines.Plan plan = new Machines.Plan(template, cluster, false);
    long number = 1;
    for (long added = 0; added < count; added++) {
      while (isTaken(transaction.current(), name(value, number))) {
        number++;
      }
      Vm wanted = wanted(value, body).name(name(value, number));
      Machines.Added machine = machines.add(transaction, call, wanted, plan);
      Vm member = (Vm) machine.machine().value().shallowCopy();
      member.vmPool(new VmPool().id(pool.id()));
      member.stateless(!Boolean.TRUE.equals(value.stateful()));
      member.useLatestTemplateVersion(Boolean.TRUE.equals(value.useLatestTemplateVersion()));
      if (machine.copying().isPresent()) {
        member.status(VmStatus.IMAGE_LOCKED);
        neighbours.operations().get().start(transaction, machine.copying().get());
      }
      transaction.update(machine.machine(), member);
    }
  }

  private static Vm wanted(VmPool pool, VmPool body) {
    Vm vm = new Vm();
    vm.description(pool.description());
    if (pool.instanceType() != null) {
      vm.instanceType(new InstanceType().id(pool.instanceType().id()));
    }
    vm.display(body.display());
    vm.rngDevice(body.rngDevice());
    vm.soundcardEnabled(body.soundcardEnabled());
    vm.tpmEnabled(body.tpmEnabled());
    return vm;
  }

  private static boolean isTaken(Snapshot snapshot, String name) {
    return snapshot.byName(Kinds.VM, "", name).isPresent();
  }

  /** {@code web-1}; or, for the mask in {@code web??a}, {@code web01a}. */
  static String name(VmPool pool, long number) {
    String name = Objects.requireNonNullElse(pool.name(), "");
    int from = name.indexOf(MASK);
    if (from < 0) {
      return name + "-" + number;
    }
    int to = name.lastIndexOf(MASK) + 1;
    String digits = Long.toString(number);
    return name.substring(0, from)
        + "0".repeat(Math.max(0, to - from - digits.length()))
        + digits
        + name.substring(to);
  }

  /**
   * Removes all machines of the pool with their disks.
   *
   * @throws ApiFault 409 when one of them is not down
   */
  void removeAll(Transaction transaction, Call call, Entity<VmPool> pool) {
    List<Entity<Vm>> all = of(transaction.current(), pool.id());
    for (Entity<Vm> vm : all) {
      VmStatus status = Objects.requireNonNullElse(vm.value().status(), VmStatus.DOWN);
      if (status != VmStatus.DOWN) {
        throw ApiFault.conflict(
            "Cannot remove pool "
                + pool.value().name()
                + ": its VM "
                + vm.value().name()
                + " is "
                + status.wire()
                + ".");
      }
    }
    for (Entity<Vm> vm : all) {
      VmRemoval.remove(platform, neighbours, transaction, call, vm, false);
    }
  }
}

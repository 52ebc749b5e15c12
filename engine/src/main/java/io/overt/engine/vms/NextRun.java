package io.overt.engine.vms;

import io.overt.engine.resource.Platform;
import io.overt.engine.vms.devices.Consoles;
import io.overt.engine.vms.run.LiveResources;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.Member;
import io.overt.model.types.DisplayType;
import io.overt.model.types.Snapshot;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configuration that a running machine gets when it starts again: changes that cannot be made
 * while it runs. It is kept as a snapshot that no client sees.
 */
final class NextRun {
  private static final String MARK = "next_run";

  /** What changes at once, even while the machine runs. */
  private static final Set<String> LIVE =
      Set.of(
          "name",
          "description",
          "comment",
          "delete_protected",
          "high_availability",
          "cpu_shares",
          "quota",
          "cpu_profile",
          "placement_policy",
          "migration",
          "migration_downtime",
          "storage_error_resume_behaviour",
          "large_icon",
          "small_icon",
          "next_run_configuration_exists");

  private NextRun() {}

  /** True for the snapshots that this class keeps. */
  static boolean isOne(Entity<Snapshot> snapshot) {
    return snapshot.internals().containsKey(MARK);
  }

  private static Optional<Entity<Snapshot>> find(
      io.overt.inventory.Snapshot inventory, Entity<Vm> vm) {
    return inventory.owned(Kinds.SNAPSHOT, vm.key()).stream().filter(NextRun::isOne).findFirst();
  }

  /** The machine as it will be; as it is when nothing is pending. */
  static Vm of(io.overt.inventory.Snapshot inventory, Entity<Vm> vm) {
    Vm result = now(inventory, vm);
    return find(inventory, vm)
        .map(
            next -> {
              Snapshot values = next.value().copy();
              for (Member member : result.type().members()) {
                if (!keptFromNow(member.name())) {
                  result.set(member, values.get(member.name()));
                }
              }
              return result;
            })
        .orElse(result);
  }

  /** A copy of the machine, whose display is of the type that its consoles have. */
  private static Vm now(io.overt.inventory.Snapshot inventory, Entity<Vm> vm) {
    Vm now = vm.value().copy();
    if (now.display() != null) {
      now.display().type_(Consoles.display(inventory, vm.key()).orElse(null));
    }
    return now;
  }

  private static boolean keptFromNow(String member) {
    return LIVE.contains(member)
        || Set.of("id", "tags", "template", "original_template", "vm_pool", "instance_type")
            .contains(member)
        || Set.of("status", "status_detail", "host", "start_time", "stop_time", "stop_reason")
            .contains(member)
        || Set.of("creation_time", "origin", "run_once", "cluster").contains(member);
  }

  /**
   * Writes an update: at once when the machine is down, else what can be, and the rest for later.
   *
   * @param wanted the machine after the update
   * @param applied what of it the running machine has already
   */
  static Entity<Vm> update(
      Platform platform,
      Transaction transaction,
      Entity<Vm> vm,
      Vm wanted,
      boolean later,
      List<LiveResources.Applied> applied) {
    VmStatus status = Objects.requireNonNullElse(vm.value().status(), VmStatus.DOWN);
    if (status == VmStatus.DOWN && !later) {
      return transaction.update(vm, wanted, Secrets.takenFrom(wanted, vm.internals()));
    }
    Vm now = now(transaction.current(), vm);
    for (String member : LIVE) {
      now.set(member, wanted.get(member));
    }
    applied.forEach(part -> part.to(now));
    boolean pending = !now.equals(wanted);
    find(transaction.current(), vm).ifPresent(transaction::delete);
    if (pending) {
      Snapshot values = new Snapshot();
      for (Member member : wanted.type().members()) {
        if (!keptFromNow(member.name())) {
          values.set(member.name(), wanted.get(member));
        }
      }
      values.id(platform.newId());
      transaction.insert(Kinds.SNAPSHOT, values, vm.key(), Map.of(MARK, "true"));
    }
    now.nextRunConfigurationExists(pending);
    return transaction.update(vm, now);
  }

  /** What is pending becomes the machine's configuration; to be called while it is down. */
  static void apply(Transaction transaction, Entity<Vm> vm) {
    Optional<Entity<Snapshot>> next = find(transaction.current(), vm);
    if (next.isEmpty() || vm.value().status() != VmStatus.DOWN) {
      return;
    }
    Vm machine = of(transaction.current(), vm);
    transaction.delete(next.get());
    if (!Objects.equals(display(machine), display(now(transaction.current(), vm)))) {
      Consoles.replace(transaction, vm.key(), machine.display());
    }
    transaction.update(vm, machine.nextRunConfigurationExists(false));
  }

  private static @Nullable DisplayType display(Vm vm) {
    return vm.display() == null ? null : vm.display().type_();
  }
}

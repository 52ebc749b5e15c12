package io.overt.engine.vms;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.Objects;

/** The machine of an action's URL, and how engine 4.5 refuses the action without it. */
final class ActionTarget {
  private final Platform platform;
  private final Resource<Vm> machines;
  private final String id;

  ActionTarget(Platform platform, Resource<Vm> machines, String id) {
    this.platform = platform;
    this.machines = machines;
    this.id = id;
  }

  /**
   * The machine.
   *
   * @param what for the fault, {@code stop}
   * @throws ApiFault 400 when there is no such machine, 404 when the caller may not know it
   */
  Entity<Vm> require(Call call, String what) {
    if (platform.snapshot().find(Kinds.VM, References.pathId(id)).isEmpty()) {
      throw ApiFault.bad("Cannot " + what + " VM " + id + ": there is no such VM");
    }
    return machines.require(call, platform.snapshot(), id);
  }

  /** As {@link #require}, and up: 409 otherwise. */
  void requireUp(Call call, String what) {
    requireStatus(call, what, VmStatus.UP);
  }

  /** As {@link #require}, and in this state: 409 otherwise. */
  void requireStatus(Call call, String what, VmStatus wanted) {
    requireStatus(require(call, what), what, wanted);
  }

  /** The machine is in this state: 409 otherwise. */
  static void requireStatus(Entity<Vm> vm, String what, VmStatus wanted) {
    VmStatus status = Objects.requireNonNullElse(vm.value().status(), VmStatus.DOWN);
    if (status != wanted) {
      throw ApiFault.conflict(
          "Cannot "
              + what
              + " VM "
              + vm.value().name()
              + ": it is "
              + status.wire()
              + ", not "
              + wanted.wire()
              + ".");
    }
  }

  /**
   * The machine is looked up before the action begins.
   *
   * @throws ApiFault 404 outside of the action when there is no such machine
   */
  void requireBefore() {
    if (platform.snapshot().find(Kinds.VM, References.pathId(id)).isEmpty()) {
      throw ApiFault.missing("Vm: id=" + id).alone();
    }
  }
}

package io.overt.engine.resource;

import io.overt.inventory.Entity;
import io.overt.model.ApiFault;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.Objects;

/** Whether a change of a machine concerns a host. */
public final class RunningMachines {
  private RunningMachines() {}

  /** Whether a change of the machine's devices concerns a host. */
  public static boolean runs(Entity<Vm> vm) {
    VmStatus status = status(vm);
    return status != VmStatus.DOWN && status != VmStatus.IMAGE_LOCKED;
  }

  /**
   * Devices of running machines change while they are up.
   *
   * @throws ApiFault 409 when the machine is between down and up
   */
  public static void requireUp(Entity<Vm> vm, String what) {
    VmStatus status = status(vm);
    if (status != VmStatus.UP) {
      throw ApiFault.conflict(
          "Cannot %s VM %s: it is %s; it must be up or down."
              .formatted(what, vm.value().name(), status.wire()));
    }
  }

  private static VmStatus status(Entity<Vm> vm) {
    return Objects.requireNonNullElse(vm.value().status(), VmStatus.DOWN);
  }
}

package io.overt.engine.vms.run;

import io.overt.model.types.CpuTopology;
import io.overt.model.types.Vm;
import org.jspecify.annotations.Nullable;

/** A machine's processors, and how many sockets can be filled while it runs. */
record ProcessorLayout(long sockets, long cores, long threads) {
  /** oVirt: MaxNumOfVmSockets. */
  private static final long MOST_SOCKETS = 16;

  /** QEMU refuses more on a machine of the type q35. */
  private static final long MOST = 288;

  static ProcessorLayout of(Vm vm) {
    CpuTopology topology = vm.cpu() == null ? null : vm.cpu().topology();
    return new ProcessorLayout(
        atLeastOne(topology == null ? null : topology.sockets()),
        atLeastOne(topology == null ? null : topology.cores()),
        atLeastOne(topology == null ? null : topology.threads()));
  }

  private static long atLeastOne(@Nullable Long value) {
    return value == null || value < 1 ? 1 : value;
  }

  long now() {
    return sockets * cores * threads;
  }

  /** Sockets that the machine has when all are filled. */
  long mostSockets() {
    return Math.max(sockets, Math.min(MOST_SOCKETS, MOST / (cores * threads)));
  }

  long most() {
    return mostSockets() * cores * threads;
  }

  /** Whether the machine can get those processors while it runs. */
  boolean becomes(ProcessorLayout wanted) {
    return cores == wanted.cores && threads == wanted.threads && wanted.sockets <= mostSockets();
  }
}

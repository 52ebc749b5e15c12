package io.overt.engine.placement;

import io.overt.model.types.CpuMode;
import io.overt.model.types.CpuPinningPolicy;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.VcpuPin;
import io.overt.model.types.Vm;
import io.overt.model.types.VmType;
import io.overt.scheduling.state.CpuPinning;
import io.overt.scheduling.state.Machine;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a machine says of its processors. */
final class ProcessorNeeds {
  private ProcessorNeeds() {}

  static Machine.CpuNeed of(Vm vm, double usage) {
    CpuTopology topology = vm.cpu() == null ? null : vm.cpu().topology();
    Set<Integer> pinned = pinned(vm);
    return new Machine.CpuNeed(
        number(topology == null ? null : topology.sockets()),
        number(topology == null ? null : topology.cores()),
        number(topology == null ? null : topology.threads()),
        pinning(vm.cpuPinningPolicy(), pinned),
        pinned,
        usage,
        passthrough(vm),
        vm.type_() == VmType.HIGH_PERFORMANCE);
  }

  static int count(Vm vm) {
    CpuTopology topology = vm.cpu() == null ? null : vm.cpu().topology();
    return topology == null
        ? 1
        : number(topology.sockets()) * number(topology.cores()) * number(topology.threads());
  }

  private static int number(@Nullable Long value) {
    return value == null || value < 1 ? 1 : Math.toIntExact(value);
  }

  static boolean passthrough(Vm vm) {
    return vm.cpu() != null && vm.cpu().mode() == CpuMode.HOST_PASSTHROUGH;
  }

  /** Pins alone make a pinning by hand. */
  private static CpuPinning pinning(@Nullable CpuPinningPolicy policy, Set<Integer> pinned) {
    return policy == null || policy == CpuPinningPolicy.NONE
        ? (pinned.isEmpty() ? CpuPinning.NONE : CpuPinning.MANUAL)
        : CpuPinning.valueOf(policy.name());
  }

  private static Set<Integer> pinned(Vm vm) {
    List<VcpuPin> pins =
        vm.cpu() == null || vm.cpu().cpuTune() == null ? null : vm.cpu().cpuTune().vcpuPins();
    if (pins == null) {
      return Set.of();
    }
    Set<Integer> all = new TreeSet<>();
    for (VcpuPin pin : pins) {
      all.addAll(cpus(pin.cpuSet()));
    }
    return all;
  }

  /** {@code 0-3,^2,8}: ranges, single ones, and those that are left out. */
  static Set<Integer> cpus(@Nullable String text) {
    Set<Integer> all = new TreeSet<>();
    Set<Integer> without = new TreeSet<>();
    if (text != null) {
      for (String part : text.split(",")) {
        String item = part.strip();
        boolean out = item.startsWith("^");
        String range = out ? item.substring(1) : item;
        if (range.matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
          int dash = range.indexOf('-');
          int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
          int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
          for (int cpu = first; cpu <= last; cpu++) {
            (out ? without : all).add(cpu);
          }
        }
      }
    }
    all.removeAll(without);
    return all;
  }
}

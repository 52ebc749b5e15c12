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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a machine says of its processors. */
final class ProcessorNeeds {
  private ProcessorNeeds() {}

  static Machine.CpuNeed of(Vm vm, double usage) {
    CpuTopology topology = vm.cpu() == null ? null : vm.cpu().topology();
    Map<Integer, Set<Integer>> pins = pins(vm);
    return new Machine.CpuNeed(
        number(topology == null ? null : topology.sockets()),
        number(topology == null ? null : topology.cores()),
        number(topology == null ? null : topology.threads()),
        pinning(vm.cpuPinningPolicy(), pins),
        pins,
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
  private static CpuPinning pinning(
      @Nullable CpuPinningPolicy policy, Map<Integer, Set<Integer>> pins) {
    return policy == null || policy == CpuPinningPolicy.NONE
        ? (pins.isEmpty() ? CpuPinning.NONE : CpuPinning.MANUAL)
        : CpuPinning.valueOf(policy.name());
  }

  /** The host's processors for each of the machine's that is pinned. */
  private static Map<Integer, Set<Integer>> pins(Vm vm) {
    List<VcpuPin> pins =
        vm.cpu() == null || vm.cpu().cpuTune() == null ? null : vm.cpu().cpuTune().vcpuPins();
    Map<Integer, Set<Integer>> all = new TreeMap<>();
    if (pins != null) {
      for (VcpuPin pin : pins) {
        Set<Integer> cpus = cpus(pin.cpuSet());
        if (pin.vcpu() != null && !cpus.isEmpty()) {
          all.put(Math.toIntExact(pin.vcpu()), cpus);
        }
      }
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

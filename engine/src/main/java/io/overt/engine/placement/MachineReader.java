package io.overt.engine.placement;

import io.overt.model.types.CpuTopology;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import io.overt.model.types.VmAffinity;
import io.overt.scheduling.state.CpuPinning;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Migratability;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A machine as placement sees it. */
public final class MachineReader {
  private static final long MIB = 1L << 20;

  /** What the emulator takes (oVirt: {@code VmOverheadCalculatorImpl}, x86). */
  private static final long EMULATOR_MB = 64;

  private static final long PAGES_OF_ONE_MB = 512;
  private static final long VIDEO_MB = 16;
  private static final long PER_CPU_MB = 8;

  private MachineReader() {}

  /**
   * @param hostId where it runs; null when it does not
   * @param networks traits of the networks of its plugged interfaces
   */
  public static Machine read(String id, Vm vm, @Nullable String hostId, Set<String> networks) {
    return new Machine(
        id,
        Objects.requireNonNullElse(vm.name(), id),
        memory(vm),
        cpu(vm),
        hostId,
        false,
        vm.highAvailability() != null && Boolean.TRUE.equals(vm.highAvailability().enabled()),
        migratability(vm),
        dedicated(vm),
        new Machine.Needs(
            Set.of(), Set.of(), Set.of(), Set.copyOf(networks), Set.of(), Set.of(), Set.of()),
        Machine.Special.NONE);
  }

  private static Machine.MemoryNeed memory(Vm vm) {
    long size = Objects.requireNonNullElse(vm.memory(), 1L << 30) / MIB;
    long guaranteed =
        vm.memoryPolicy() == null || vm.memoryPolicy().guaranteed() == null
            ? size
            : Objects.requireNonNull(vm.memoryPolicy().guaranteed()) / MIB;
    long fixed = EMULATOR_MB + size / PAGES_OF_ONE_MB;
    long threads =
        vm.io() == null || vm.io().threads() == null
            ? 0
            : Objects.requireNonNull(vm.io().threads());
    return new Machine.MemoryNeed(
        size, guaranteed, fixed, fixed + VIDEO_MB + PER_CPU_MB * (cpu(vm).count() + threads));
  }

  private static Machine.CpuNeed cpu(Vm vm) {
    CpuTopology topology = vm.cpu() == null ? null : vm.cpu().topology();
    return new Machine.CpuNeed(
        number(topology == null ? null : topology.sockets()),
        number(topology == null ? null : topology.cores()),
        number(topology == null ? null : topology.threads()),
        CpuPinning.NONE,
        Set.of(),
        -1,
        false,
        false);
  }

  private static int number(@Nullable Long value) {
    return value == null ? 1 : Math.toIntExact(value);
  }

  private static Migratability migratability(Vm vm) {
    VmAffinity affinity = vm.placementPolicy() == null ? null : vm.placementPolicy().affinity();
    return affinity == null
        ? Migratability.MIGRATABLE
        : switch (affinity) {
          case MIGRATABLE -> Migratability.MIGRATABLE;
          case USER_MIGRATABLE -> Migratability.USER_MIGRATABLE;
          case PINNED -> Migratability.PINNED;
        };
  }

  private static Set<String> dedicated(Vm vm) {
    if (vm.placementPolicy() == null || vm.placementPolicy().hosts() == null) {
      return Set.of();
    }
    return vm.placementPolicy().hosts().stream()
        .map(Host::id)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }
}

package io.overt.engine.placement;

import io.overt.engine.resource.CompatibilityVersions;
import io.overt.fleet.Report;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Host;
import io.overt.model.types.Property;
import io.overt.model.types.Version;
import io.overt.model.types.Vm;
import io.overt.model.types.VmAffinity;
import io.overt.model.types.VmMediatedDevice;
import io.overt.model.types.VmStatus;
import io.overt.model.types.VmType;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Migratability;
import io.overt.scheduling.state.Traits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A machine as placement sees it. */
public final class MachineReader {
  private static final long MIB = 1L << 20;

  /** What the emulator takes (oVirt: {@code VmOverheadCalculatorImpl}, x86). */
  private static final long EMULATOR_MB = 64;

  private static final long PAGES_OF_ONE_MB = 512;
  private static final long VIDEO_MB = 16;
  private static final long PER_CPU_MB = 8;

  /** The hook that gives SAP's agent the host's figures (oVirt: {@code HostHooksFilter}). */
  private static final String SAP_HOOK = "50_vhostmd";

  private final Snapshot snapshot;
  private final KnownHosts known;

  public MachineReader(Snapshot snapshot, KnownHosts known) {
    this.snapshot = snapshot;
    this.known = known;
  }

  /**
   * What a machine's interfaces and consoles need.
   *
   * @param bridges names of networks on the host
   * @param display name of the network by which consoles are reached
   * @param functions ids of networks of which a virtual function is passed through, each time
   */
  public record Connections(Set<String> bridges, Optional<String> display, List<String> functions) {
    public static final Connections NONE = new Connections(Set.of(), Optional.empty(), List.of());

    private Set<String> traits() {
      return Stream.concat(
              bridges.stream().map(Traits::network), display.stream().map(Traits::display))
          .collect(Collectors.toSet());
    }
  }

  /**
   * @param hostId where it runs; null when it does not
   */
  public Machine read(Entity<Vm> vm, @Nullable String hostId, Connections connections) {
    Vm value = vm.value();
    Machine.CpuNeed cpu = ProcessorNeeds.of(value, usage(vm, hostId));
    return new Machine(
        vm.id(),
        Objects.requireNonNullElse(value.name(), vm.id()),
        memory(value, cpu.count()),
        cpu,
        hostId,
        value.status() == VmStatus.PAUSED,
        value.highAvailability() != null && Boolean.TRUE.equals(value.highAvailability().enabled()),
        migratability(value),
        dedicated(value),
        needs(value, hostId, connections),
        special(vm, hostId, connections));
  }

  private double usage(Entity<Vm> vm, @Nullable String hostId) {
    return hostId == null ? -1 : usage(known.machine(vm.id()), ProcessorNeeds.count(vm.value()));
  }

  /** The load of each of its processors; negative when its host has not told. */
  static double usage(Report report, int processors) {
    BigDecimal user = report.decimal("cpuUser");
    BigDecimal system = report.decimal("cpuSys");
    return user == null || system == null
        ? -1
        : Math.floor(user.add(system).doubleValue() / processors);
  }

  private static Machine.MemoryNeed memory(Vm vm, int processors) {
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
        size, guaranteed, fixed, fixed + VIDEO_MB + PER_CPU_MB * (processors + threads));
  }

  private Machine.Needs needs(Vm vm, @Nullable String hostId, Connections connections) {
    Version version = vm.customCompatibilityVersion();
    String machine = vm.customEmulatedMachine();
    String lease =
        vm.lease() == null || vm.lease().storageDomain() == null
            ? null
            : vm.lease().storageDomain().id();
    return new Machine.Needs(
        version == null || version.major() == null
            ? Set.of()
            : Set.of(Traits.compatibility(CompatibilityVersions.text(version))),
        flags(vm, hostId),
        machine == null || machine.isEmpty() ? Set.of() : Set.of(Traits.emulatedMachine(machine)),
        connections.traits(),
        lease == null ? Set.of() : Set.of(Traits.lease(lease)),
        "true".equals(property(vm, "sap_agent")) ? Set.of(Traits.hook(SAP_HOOK)) : Set.of(),
        Set.of());
  }

  /** A guest that sees its host's processor as it is keeps every flag of it when it moves. */
  private Set<String> flags(Vm vm, @Nullable String hostId) {
    if (ProcessorNeeds.passthrough(vm)) {
      return hostId == null ? Set.of() : HostReader.flags(known.capabilities(hostId));
    }
    String model = vm.customCpuModel();
    return model == null || model.isEmpty() ? Set.of() : Set.of(Traits.cpuFlag("model_" + model));
  }

  private Machine.Special special(Entity<Vm> vm, @Nullable String hostId, Connections connections) {
    Vm value = vm.value();
    Map<Integer, Integer> pages = hugePages(value);
    List<String> mediated = mediatedDevices(vm);
    long frequency = hostId == null ? 0 : frequency(value, hostId);
    List<io.overt.scheduling.state.NumaNode> nodes = NumaReader.ofMachine(snapshot, vm);
    return pages.isEmpty()
            && mediated.isEmpty()
            && nodes.isEmpty()
            && frequency == 0
            && connections.functions().isEmpty()
        ? Machine.Special.NONE
        : new Machine.Special(
            pages, nodes, connections.functions(), mediated, frequency, false, false);
  }

  /** Only guests with a high performance clock of their host's rely on its frequency. */
  private long frequency(Vm vm, String hostId) {
    Long frequency =
        vm.type_() == VmType.HIGH_PERFORMANCE
            ? known.capabilities(hostId).number("tscFrequency")
            : null;
    return frequency == null ? 0 : frequency;
  }

  /** Custom property {@code hugepages}: the size of a page in KiB. */
  private static Map<Integer, Integer> hugePages(Vm vm) {
    String text = property(vm, "hugepages");
    int size = text == null || !text.matches("[1-9][0-9]{0,8}") ? 0 : Integer.parseInt(text);
    if (size < 1024) {
      return Map.of();
    }
    long kib = Objects.requireNonNullElse(vm.memory(), 1L << 30) >> 10;
    return Map.of(size, Math.toIntExact((kib + size - 1) / size));
  }

  private List<String> mediatedDevices(Entity<Vm> vm) {
    List<String> types = new ArrayList<>();
    for (Entity<VmMediatedDevice> device : snapshot.owned(Kinds.VM_MEDIATED_DEVICE, vm.key())) {
      List<Property> parameters = device.value().specParams();
      if (parameters != null) {
        parameters.stream()
            .filter(parameter -> "mdevType".equals(parameter.name()))
            .map(Property::value)
            .filter(Objects::nonNull)
            .forEach(types::add);
      }
    }
    return types;
  }

  static @Nullable String property(Vm vm, String name) {
    if (vm.customProperties() == null) {
      return null;
    }
    return vm.customProperties().stream()
        .filter(property -> name.equals(property.name()))
        .map(io.overt.model.types.CustomProperty::value)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
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

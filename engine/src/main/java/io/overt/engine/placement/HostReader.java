package io.overt.engine.placement;

import io.overt.engine.resource.CompatibilityVersions;
import io.overt.fleet.Report;
import io.overt.inventory.Entity;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Cluster;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.model.types.SpmStatus;
import io.overt.scheduling.state.HostCpu;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.OperatingSystem;
import io.overt.scheduling.state.Traits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A host as placement sees it: what the inventory knows of it, and what it reports. */
public final class HostReader {
  private static final long MIB = 1L << 20;

  /** Kept for the host itself (oVirt: {@code reserved_mem}), and for each guest. */
  private static final long RESERVED_MB = 321;

  private static final long GUEST_OVERHEAD_MB = 65;

  private HostReader() {}

  /** What a cluster asks of each of its hosts. */
  public record Common(int overCommitPercent, CarriedNetworks networks) {
    public static Common of(Snapshot snapshot, Cluster cluster) {
      return new Common(overCommit(cluster), CarriedNetworks.of(snapshot, cluster.requireId()));
    }
  }

  /**
   * @param trusted whether figures that have not been told yet are taken for good ones: the host
   *     has just been connected, or this engine has just started
   */
  public static HostFacts read(
      Common common, Entity<Host> host, KnownHosts known, boolean trusted) {
    Host value = host.value();
    Report capabilities = known.capabilities(host.id());
    Report statistics = known.statistics(host.id());
    boolean silent = trusted && statistics.values().isEmpty();
    return new HostFacts(
        host.id(),
        Objects.requireNonNullElse(value.name(), host.id()),
        value.status() == HostStatus.UP,
        topology(value),
        usage(statistics, silent),
        memory(value, common.overCommitPercent(), capabilities, statistics, silent),
        value.spm() != null
            && value.spm().status() != null
            && value.spm().status() != SpmStatus.NONE,
        0,
        HostFacts.Load.NONE,
        traits(common, capabilities, statistics),
        special(capabilities, statistics));
  }

  /** Percent of all processors; negative when it is unknown. */
  private static double usage(Report statistics, boolean silent) {
    BigDecimal idle = statistics.decimal("cpuIdle");
    return idle == null ? (silent ? 0 : -1) : Math.clamp(100 - idle.doubleValue(), 0, 100);
  }

  private static HostFacts.Memory memory(
      Host host, int overCommit, Report capabilities, Report statistics, boolean silent) {
    long physical = Objects.requireNonNullElse(host.memory(), 0L) / MIB;
    Long free = statistics.number("memFree");
    return new HostFacts.Memory(
        physical,
        free != null ? free : silent ? physical : -1,
        Objects.requireNonNullElse(capabilities.number("reservedMem"), RESERVED_MB),
        Objects.requireNonNullElse(capabilities.number("guestOverhead"), GUEST_OVERHEAD_MB),
        Objects.requireNonNullElse(statistics.number("swapFree"), 0L),
        Objects.requireNonNullElse(statistics.number("swapTotal"), 0L),
        overCommit);
  }

  private static Set<String> traits(Common common, Report capabilities, Report statistics) {
    Set<String> traits = networks(common.networks(), capabilities);
    if (capabilities.values().isEmpty()) {
      CompatibilityVersions.all()
          .forEach(v -> traits.add(Traits.compatibility(CompatibilityVersions.text(v))));
    }
    capabilities
        .list("clusterLevels")
        .forEach(level -> traits.add(Traits.compatibility(String.valueOf(level))));
    capabilities
        .list("emulatedMachines")
        .forEach(machine -> traits.add(Traits.emulatedMachine(String.valueOf(machine))));
    traits.addAll(flags(capabilities));
    for (Object scripts : capabilities.object("hooks").values()) {
      if (scripts instanceof Map<?, ?> map) {
        map.keySet().forEach(script -> traits.add(Traits.hook(String.valueOf(script))));
      }
    }
    Report domains = statistics.report("storageDomains");
    for (String domain : domains.values().keySet()) {
      if (domains.report(domain).flag("acquired")) {
        traits.add(Traits.lease(domain));
      }
    }
    return traits;
  }

  /**
   * Those that the host says it carries. One that has said nothing yet is as its cluster wants it:
   * this engine has just started, and what it was told before is not kept.
   */
  private static Set<String> networks(CarriedNetworks wanted, Report capabilities) {
    boolean untold = capabilities.values().isEmpty();
    Report carried = capabilities.report("networks");
    Set<String> traits = new HashSet<>();
    wanted.all().stream()
        .filter(name -> untold || carried.values().containsKey(name))
        .forEach(name -> traits.add(Traits.network(name)));
    wanted
        .display()
        .filter(name -> untold || addressed(carried.report(name)))
        .ifPresent(name -> traits.add(Traits.display(name)));
    return traits;
  }

  /** Whether it has a boot protocol, as oVirt derives one from what hosts tell. */
  private static boolean addressed(Report network) {
    String address = network.text("addr");
    return network.flag("dhcpv4")
        || (address != null && !address.isEmpty())
        || network.flag("dhcpv6")
        || network.flag("ipv6autoconf")
        || network.list("ipv6addrs").stream()
            .anyMatch(each -> !String.valueOf(each).startsWith("fe80:"));
  }

  /** The processor's flags as traits. */
  static Set<String> flags(Report capabilities) {
    Set<String> flags = new HashSet<>();
    String text = capabilities.text("cpuFlags");
    if (text != null) {
      for (String flag : text.split(",")) {
        flags.add(Traits.cpuFlag(flag.strip()));
      }
    }
    return flags;
  }

  private static HostFacts.Special special(Report capabilities, Report statistics) {
    if (capabilities.values().isEmpty() && statistics.values().isEmpty()) {
      return HostFacts.Special.NONE;
    }
    return new HostFacts.Special(
        cpus(capabilities, statistics.report("cpuStatistics")),
        NumaReader.ofHost(capabilities, statistics),
        hugePages(statistics),
        Map.of(),
        Map.of(),
        capabilities.flag("hostdevPassthrough"),
        -1,
        false,
        Objects.requireNonNullElse(capabilities.number("tscFrequency"), 0L),
        capabilities.flag("tscScaling"),
        system(capabilities.report("operatingSystem")));
  }

  private static List<HostCpu> cpus(Report capabilities, Report loads) {
    Set<Integer> online = ProcessorNeeds.cpus(capabilities.text("onlineCpus"));
    List<HostCpu> cpus = new ArrayList<>();
    for (Object entry : capabilities.list("cpuTopology")) {
      if (entry instanceof Map<?, ?> values) {
        Integer id = number(values.get("cpu_id"));
        Integer socket = number(values.get("socket_id"));
        Integer core = number(values.get("core_id"));
        if (id != null && socket != null && core != null) {
          BigDecimal idle = loads.report(String.valueOf(id)).decimal("cpuIdle");
          double busy = idle == null ? 0 : Math.clamp(100 - idle.doubleValue(), 0, 100);
          cpus.add(new HostCpu(id, socket, core, busy, online.isEmpty() || online.contains(id)));
        }
      }
    }
    return cpus;
  }

  private static @Nullable Integer number(@Nullable Object value) {
    BigDecimal number = Report.decimal(value);
    return number == null ? null : number.intValue();
  }

  /** Free pages by their size in KiB. */
  private static Map<Integer, Integer> hugePages(Report statistics) {
    Report sizes = statistics.report("hugepages");
    Map<Integer, Integer> free = new HashMap<>();
    for (String size : sizes.values().keySet()) {
      Long pages = sizes.report(size).number("resv_hugepages.free");
      Long known = pages == null ? sizes.report(size).number("free_hugepages") : pages;
      if (known != null && size.matches("[0-9]{1,9}")) {
        free.put(Integer.valueOf(size), known.intValue());
      }
    }
    return free;
  }

  private static @Nullable OperatingSystem system(Report system) {
    String name = system.text("name");
    String version = system.text("version");
    if (name == null || version == null) {
      return null;
    }
    String[] parts = version.split("\\.");
    Integer major = number(parts[0]);
    Integer minor = parts.length > 1 ? number(parts[1]) : Integer.valueOf(0);
    return major == null ? null : new OperatingSystem(name, major, minor == null ? 0 : minor);
  }

  /** Cores and threads are those of the whole host. */
  private static HostFacts.Topology topology(Host host) {
    CpuTopology topology = host.cpu() == null ? null : host.cpu().topology();
    if (topology == null) {
      return new HostFacts.Topology(0, 0, 0);
    }
    int sockets = count(topology.sockets());
    int cores = sockets * count(topology.cores());
    return new HostFacts.Topology(sockets, cores, cores * count(topology.threads()));
  }

  private static int count(@Nullable Long value) {
    return value == null ? 1 : Math.toIntExact(value);
  }

  private static int overCommit(Cluster cluster) {
    return Optional.ofNullable(cluster.memoryPolicy())
        .map(policy -> policy.overCommit())
        .map(over -> over.percent())
        .map(Math::toIntExact)
        .orElse(100);
  }
}

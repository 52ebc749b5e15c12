package io.overt.agent.verbs;

import io.overt.agent.hypervisor.HostDevice;
import io.overt.agent.hypervisor.NodeFacts;
import io.overt.agent.hypervisor.NodeFacts.NetworkDevice;
import io.overt.agent.hypervisor.NodeFacts.NumaNode;
import io.overt.agent.hypervisor.NodeFacts.Processor;
import io.overt.agent.hypervisor.NodeStatistics;
import io.overt.agent.network.HostNetworks;
import io.overt.agent.network.NetworkConfig;
import io.overt.agent.storage.DomainHealth.Vitals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The host in VDSM's words: capabilities, hardware, statistics. */
final class HostReports {

  /**
   * Versions by which the engine knows what this agent can do; the agent speaks VDSM 4.50's API.
   */
  private static final List<String> CLUSTER_LEVELS =
      List.of("4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8");

  private static final List<String> ENGINES = List.of("4.2", "4.3", "4.4", "4.5");
  private static final String SOFTWARE_VERSION = "4.50.5";

  /** Megabytes that VDSM keeps for the host and for each guest. */
  private static final String RESERVED_MIB = "321";

  private static final String GUEST_OVERHEAD_MIB = "65";

  private HostReports() {}

  /**
   * @param hooks the scripts that are installed
   */
  static Map<String, Object> capabilities(
      NodeFacts facts, Map<String, Object> hooks, HostNetworks networks) {
    Processor cpu = facts.processor();
    Answer answer =
        Answer.object()
            .put("clusterLevels", CLUSTER_LEVELS)
            .put("supportedENGINEs", ENGINES)
            .put("version_name", "Snow Man")
            .put("software_version", SOFTWARE_VERSION)
            .put("software_revision", "1")
            .text("cpuThreads", cpu.threads())
            .text("cpuCores", cpu.cores())
            .text("cpuSockets", cpu.sockets())
            .put("cpuModel", cpu.model())
            .put("cpuFlags", flags(cpu))
            .text("cpuSpeed", cpu.megahertz())
            .put(
                "onlineCpus",
                cpu.onlineCpus().stream().map(String::valueOf).collect(Collectors.joining(",")))
            .put("vdsmToCpusAffinity", cpu.onlineCpus().stream().map(Integer::longValue).toList())
            .put("cpuTopology", topology(facts))
            .text("memSize", facts.memoryMib())
            .put("reservedMem", RESERVED_MIB)
            .put("guestOverhead", GUEST_OVERHEAD_MIB)
            .text("kvmEnabled", facts.kvm())
            .put("emulatedMachines", facts.machines())
            .put("rngSources", List.of("random"))
            .put("uuid", facts.hostId().toString())
            .put("vmTypes", List.of("kvm"))
            .put("hooks", hooks)
            .put("ISCSIInitiatorName", "")
            .put("HBAInventory", Map.of("iSCSI", List.of(), "FC", List.of()))
            .put("selinux", Map.of("mode", "0"))
            .put("kdumpStatus", 0)
            .put("hostdevPassthrough", "false")
            .put("additionalFeatures", List.of())
            .put("netConfigDirty", dirty(networks))
            .put("vncEncrypted", false)
            .put("connector_info", Map.of())
            .put("domain_versions", List.of(3, 4, 5))
            .put(
                "supported_block_size",
                Map.of("LOCALFS", List.of(512), "NFS", List.of(512), "POSIXFS", List.of(512)))
            .put("liveSnapshot", "true")
            .put("liveMerge", "true")
            .put("backupEnabled", false)
            .put("autoNumaBalancing", 0)
            .put("nestedVirtualization", false)
            .put("hugepages", List.of())
            .put("kernelArgs", "")
            .put("fipsEnabled", false)
            .put("tscFrequency", "")
            .put("tscScaling", false)
            .put("numaNodes", numaNodes(facts))
            .put("numaNodeDistance", numaDistances(facts))
            .put("packages2", packages(facts))
            .put(
                "operatingSystem",
                Answer.object()
                    .put("name", facts.operatingSystem().name())
                    .put("version", facts.operatingSystem().version())
                    .put("release", facts.operatingSystem().release())
                    .put("pretty_name", facts.operatingSystem().prettyName())
                    .build());
    return answer.putAll(network(facts, networks)).build();
  }

  static Map<String, Object> hardware(NodeFacts facts) {
    return Answer.object()
        .put("systemManufacturer", facts.hardware().manufacturer())
        .put("systemProductName", facts.hardware().product())
        .put("systemSerialNumber", facts.hardware().serialNumber())
        .put("systemVersion", facts.hardware().version())
        .put("systemUUID", facts.hardware().uuid())
        .put("systemFamily", facts.hardware().family())
        .build();
  }

  /**
   * @param counts how many virtual machines there are and are active
   */
  static Map<String, Object> statistics(
      NodeStatistics node,
      long bootSeconds,
      VmCounts counts,
      Map<UUID, Vitals> domains,
      HostNetworks networks) {
    long used = node.memoryKib() == 0 ? 0 : 100 - node.availableKib() * 100 / node.memoryKib();
    return Answer.object()
        .put("cpuUser", percent(node.total().user()))
        .put("cpuSys", percent(node.total().system()))
        .put("cpuIdle", percent(node.total().idle()))
        .put("cpuLoad", percent(node.loadAverage()))
        .put("cpuUserVdsmd", "0.00")
        .put("cpuSysVdsmd", "0.00")
        .put("cpuStatistics", cpus(node))
        .put("memFree", node.availableKib() / 1024)
        .text("memUsed", used)
        .put("memShared", node.sharedKib() / 1024)
        .text("anonHugePages", node.anonymousHugePagesKib() / 1024)
        .put("swapTotal", node.swapTotalKib() / 1024)
        .put("swapFree", node.swapFreeKib() / 1024)
        .put("network", traffic(node))
        .put("rxDropped", "0")
        .put("txDropped", "0")
        .put("storageDomains", storage(domains))
        .put("vmCount", counts.all())
        .put("vmActive", counts.active())
        .put("vmMigrating", counts.incoming() + counts.outgoing())
        .put("incomingVmMigrations", counts.incoming())
        .put("outgoingVmMigrations", counts.outgoing())
        .put("dateTime", HostTime.now())
        .text("elapsedTime", bootSeconds)
        .text("bootTime", node.bootTimeSeconds())
        .put("ksmState", false)
        .put("ksmPages", 100)
        .put("ksmCpu", 0)
        .put("ksmMergeAcrossNodes", true)
        .put("momStatus", "inactive")
        .put("netConfigDirty", dirty(networks))
        .put("haScore", 0)
        .put(
            "haStats",
            Answer.object()
                .put("configured", false)
                .put("active", false)
                .put("score", 0)
                .put("globalMaintenance", false)
                .put("localMaintenance", false)
                .build())
        .put("thpState", "always")
        .put("numaNodeMemFree", Map.of())
        .put("diskStats", Map.of())
        .build();
  }

  /** How many virtual machines there are in each state. */
  record VmCounts(int all, int active, int incoming, int outgoing) {}

  static Map<String, Object> devices(Map<String, HostDevice> devices) {
    Map<String, Object> answer = new LinkedHashMap<>();
    devices.forEach((name, device) -> answer.put(name, Map.of("params", device(device))));
    return answer;
  }

  private static Map<String, Object> device(HostDevice device) {
    Answer answer =
        Answer.object()
            .put("capability", device.capability())
            .text("is_assignable", device.assignable())
            .put("product", device.product());
    Map<String, String> optional = new LinkedHashMap<>();
    optional.put("parent", device.parent());
    optional.put("vendor", device.vendor());
    optional.put("vendor_id", device.vendorId());
    optional.put("product_id", device.productId());
    optional.put("driver", device.driver());
    optional.forEach(
        (key, value) -> {
          if (!value.isEmpty()) {
            answer.put(key, value);
          }
        });
    device.iommuGroup().ifPresent(group -> answer.text("iommu_group", group));
    if (!device.address().isEmpty()) {
      answer.put("address", device.address());
    }
    return answer.build();
  }

  /** The engine picks the cluster's CPU type from entries that begin with {@code model_}. */
  private static String flags(Processor cpu) {
    List<String> flags = new ArrayList<>(cpu.flags());
    cpu.models().forEach(model -> flags.add("model_" + model));
    return String.join(",", flags);
  }

  private static List<Object> topology(NodeFacts facts) {
    Processor cpu = facts.processor();
    int perCore = Math.max(1, cpu.threads() / Math.max(1, cpu.cores()));
    int coresPerSocket = Math.max(1, cpu.cores() / Math.max(1, cpu.sockets()));
    List<Object> topology = new ArrayList<>();
    for (int id : cpu.onlineCpus()) {
      int core = id / perCore;
      int node =
          facts.numaNodes().stream()
              .filter(each -> each.cpus().contains(id))
              .mapToInt(NumaNode::index)
              .findFirst()
              .orElse(0);
      topology.add(
          Map.of(
              "cpu_id", id,
              "numa_cell_id", node,
              "socket_id", core / coresPerSocket,
              "die_id", 0,
              "core_id", core));
    }
    return topology;
  }

  private static Map<String, Object> numaNodes(NodeFacts facts) {
    Map<String, Object> nodes = new LinkedHashMap<>();
    for (NumaNode node : facts.numaNodes()) {
      nodes.put(
          Integer.toString(node.index()),
          Answer.object()
              .put("cpus", node.cpus())
              .text("totalMemory", node.memoryMib())
              .put("hugepages", Map.of())
              .build());
    }
    return nodes;
  }

  private static Map<String, Object> numaDistances(NodeFacts facts) {
    Map<String, Object> distances = new LinkedHashMap<>();
    for (NumaNode from : facts.numaNodes()) {
      distances.put(
          Integer.toString(from.index()),
          facts.numaNodes().stream().map(to -> to.index() == from.index() ? 10 : 20).toList());
    }
    return distances;
  }

  private static Map<String, Object> packages(NodeFacts facts) {
    Map<String, Object> packages = new LinkedHashMap<>();
    facts
        .packages()
        .forEach((name, version) -> packages.put(name, Map.of("version", version, "release", "1")));
    return packages;
  }

  private static Map<String, Object> network(NodeFacts facts, HostNetworks arranged) {
    NetworkConfig config = arranged.running();
    Map<String, NetworkDevice> devices = new LinkedHashMap<>();
    facts.networkDevices().forEach(device -> devices.put(device.name(), device));
    Set<String> made = config.devices();
    Map<String, Object> bridges = new LinkedHashMap<>();
    Map<String, Object> nics = new LinkedHashMap<>();
    for (NetworkDevice device : facts.networkDevices()) {
      Map<String, Object> described = addresses(device).build();
      if (device.bridge()) {
        described.put("ports", device.ports());
        described.put("stp", "off");
        described.put("opts", Map.of());
        bridges.put(device.name(), described);
      } else if (!made.contains(device.name())) {
        described.put("hwaddr", device.macAddress());
        described.put("speed", device.speedMegabits());
        nics.put(device.name(), described);
      }
    }
    Map<String, Object> networks = new LinkedHashMap<>();
    facts
        .networks()
        .forEach(
            (network, device) ->
                Optional.ofNullable(devices.get(device))
                    .ifPresent(each -> networks.put(network, network(each).build())));
    Map<String, Object> vlans = new LinkedHashMap<>();
    config
        .networks()
        .forEach(
            (name, network) -> {
              Optional.ofNullable(devices.get(network.device(name)))
                  .ifPresent(device -> networks.put(name, network(device, network)));
              if (network.vlan() != 0) {
                Optional.ofNullable(devices.get(network.southbound()))
                    .ifPresent(
                        device ->
                            vlans.put(
                                device.name(),
                                addresses(device)
                                    .put("iface", network.base())
                                    .put("vlanid", network.vlan())
                                    .build()));
              }
            });
    return Answer.object()
        .put("networks", networks)
        .put("bridges", bridges)
        .put("nics", nics)
        .put("vlans", vlans)
        .put("bondings", bondings(config, devices))
        .put("nameservers", List.of())
        .put("supportsIPv6", true)
        .put("lastClientIface", facts.networks().values().stream().findFirst().orElse(""))
        .build();
  }

  private static String dirty(HostNetworks networks) {
    return networks.dirty() ? "True" : "False";
  }

  private static Map<String, Object> bondings(
      NetworkConfig config, Map<String, NetworkDevice> devices) {
    Map<String, Object> bondings = new LinkedHashMap<>();
    config
        .bonds()
        .forEach(
            (name, bond) ->
                Optional.ofNullable(devices.get(name))
                    .ifPresent(
                        device ->
                            bondings.put(
                                name,
                                addresses(device)
                                    .put("slaves", bond.nics())
                                    .put("active_slave", "")
                                    .put("opts", options(bond.options()))
                                    .put("hwaddr", device.macAddress())
                                    .put("speed", device.speedMegabits())
                                    .put("switch", "legacy")
                                    .build())));
    return bondings;
  }

  private static Map<String, Object> options(String text) {
    Map<String, Object> options = new LinkedHashMap<>();
    for (String option : text.split("\\s+")) {
      int equals = option.indexOf('=');
      if (equals > 0) {
        options.put(option.substring(0, equals), option.substring(equals + 1));
      }
    }
    return options;
  }

  private static Answer network(NetworkDevice device) {
    return addresses(device)
        .put("iface", device.name())
        .put("bridged", device.bridge())
        .put("ports", device.bridge() ? device.ports() : List.of(device.name()))
        .put("stp", "off")
        .put("switch", "legacy")
        .put("southbound", device.ports().stream().findFirst().orElse(device.name()));
  }

  /** One that the engine arranged. */
  private static Map<String, Object> network(NetworkDevice device, NetworkConfig.Network network) {
    Answer answer = network(device).put("southbound", network.southbound());
    answer.put("dhcpv4", network.addresses().dhcp());
    answer.put("gateway", network.addresses().gateway());
    answer.put("ipv4defaultroute", network.addresses().defaultRoute());
    if (network.vlan() != 0) {
      answer.put("vlanid", network.vlan());
    }
    return answer.build();
  }

  private static Answer addresses(NetworkDevice device) {
    boolean none = device.ipv4Address().isEmpty();
    return Answer.object()
        .put("addr", device.ipv4Address())
        .put("netmask", none ? "" : netmask(device.prefixLength()))
        .put(
            "ipv4addrs",
            none ? List.of() : List.of(device.ipv4Address() + "/" + device.prefixLength()))
        .put("ipv6addrs", device.ipv6Addresses())
        .put("gateway", "")
        .put("ipv6gateway", "::")
        .put("mtu", Integer.toString(device.mtu()))
        .put("dhcpv4", false)
        .put("dhcpv6", false)
        .put("ipv4defaultroute", false)
        .put("ipv6autoconf", false);
  }

  private static String netmask(int prefix) {
    int mask = prefix == 0 ? 0 : -1 << (32 - prefix);
    return "%d.%d.%d.%d".formatted(mask >>> 24, mask >>> 16 & 255, mask >>> 8 & 255, mask & 255);
  }

  private static Map<String, Object> traffic(NodeStatistics node) {
    double time = System.currentTimeMillis() / 1000.0;
    Map<String, Object> devices = new LinkedHashMap<>();
    node.network()
        .forEach(
            (name, counters) ->
                devices.put(
                    name,
                    Answer.object()
                        .put("name", name)
                        .put("state", counters.up() ? "up" : "down")
                        .text("speed", counters.speedMegabits())
                        .text("rx", counters.receivedBytes())
                        .text("rxErrors", counters.receiveErrors())
                        .text("rxDropped", counters.receiveDrops())
                        .text("tx", counters.sentBytes())
                        .text("txErrors", counters.sendErrors())
                        .text("txDropped", counters.sendDrops())
                        .put("sampleTime", time)
                        .build()));
    return devices;
  }

  private static Map<String, Object> cpus(NodeStatistics node) {
    Map<String, Object> cpus = new LinkedHashMap<>();
    int index = 0;
    for (NodeStatistics.Cpu cpu : node.cpus()) {
      cpus.put(
          Integer.toString(index++),
          Answer.object()
              .put("cpuUser", percent(cpu.user()))
              .put("cpuSys", percent(cpu.system()))
              .put("cpuIdle", percent(cpu.idle()))
              .put("nodeIndex", 0)
              .build());
    }
    return cpus;
  }

  private static Map<String, Object> storage(Map<UUID, Vitals> domains) {
    Map<String, Object> storage = new LinkedHashMap<>();
    domains.forEach(
        (id, vitals) ->
            storage.put(
                id.toString(),
                Answer.object()
                    .put("code", vitals.code())
                    .put("actual", true)
                    .put("valid", vitals.valid())
                    .put("acquired", vitals.valid())
                    .put("delay", String.format(Locale.ROOT, "%.6f", vitals.delaySeconds()))
                    .put(
                        "lastCheck", String.format(Locale.ROOT, "%.1f", vitals.secondsSinceCheck()))
                    .put("version", vitals.version())
                    .build()));
    return storage;
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}

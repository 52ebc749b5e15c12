package io.overt.agent.node;

import io.overt.agent.hypervisor.NodeFacts.Hardware;
import io.overt.agent.hypervisor.NodeFacts.NumaNode;
import io.overt.agent.hypervisor.NodeFacts.OperatingSystem;
import io.overt.agent.hypervisor.NodeFacts.Processor;
import io.overt.agent.hypervisor.NodeStatistics;
import io.overt.agent.hypervisor.NodeStatistics.Cpu;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Facts and load of this machine, from /proc and /sys. Thread-safe. */
public final class LinuxNode {

  private final UUID hostId;
  private final LinuxNetwork network = new LinuxNetwork();
  private List<long[]> lastTicks = List.of();
  private List<Cpu> lastShares = List.of();
  private long lastNanos;

  public LinuxNode(UUID hostId) {
    this.hostId = hostId;
  }

  public UUID hostId() {
    return hostId;
  }

  public LinuxNetwork network() {
    return network;
  }

  public long memoryMib() {
    return memory("MemTotal") / 1024;
  }

  /** Whether the kernel offers hardware virtualization; that a guest runs is not proven by it. */
  public boolean kvmDevice() {
    return Files.exists(Path.of("/dev/kvm"));
  }

  /**
   * @param models CPU models that the hypervisor can give to guests
   */
  public Processor processor(List<String> models) {
    Map<String, String> first = ProcFiles.pairs("/proc/cpuinfo", ':');
    List<Integer> online = ProcFiles.ranges(ProcFiles.text("/sys/devices/system/cpu/online", "0"));
    Set<String> packages = new HashSet<>();
    Set<String> cores = new HashSet<>();
    for (int cpu : online) {
      String topology = "/sys/devices/system/cpu/cpu" + cpu + "/topology/";
      String socket = ProcFiles.text(topology + "physical_package_id", "0");
      packages.add(socket);
      cores.add(socket + ":" + ProcFiles.text(topology + "core_id", Integer.toString(cpu)));
    }
    double megahertz;
    try {
      megahertz = Double.parseDouble(first.getOrDefault("cpu MHz", "0"));
    } catch (NumberFormatException e) {
      megahertz = 0;
    }
    return new Processor(
        System.getProperty("os.arch", "").equals("amd64") ? "x86_64" : "aarch64",
        first.getOrDefault("model name", "unknown"),
        List.of(first.getOrDefault("flags", "").split(" ")),
        models,
        (int) megahertz,
        packages.size(),
        cores.size(),
        online.size(),
        online);
  }

  public List<NumaNode> numaNodes() {
    List<NumaNode> nodes = new ArrayList<>();
    for (String name : ProcFiles.names("/sys/devices/system/node")) {
      if (name.matches("node\\d+")) {
        String directory = "/sys/devices/system/node/" + name;
        long kib =
            ProcFiles.lines(directory + "/meminfo").stream()
                .filter(line -> line.contains("MemTotal"))
                .map(line -> line.replaceAll(".*MemTotal:\\s*(\\d+).*", "$1"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
        nodes.add(
            new NumaNode(
                Integer.parseInt(name.substring(4)),
                ProcFiles.ranges(ProcFiles.text(directory + "/cpulist", "")),
                kib / 1024));
      }
    }
    return nodes.isEmpty()
        ? List.of(
            new NumaNode(
                0,
                ProcFiles.ranges(ProcFiles.text("/sys/devices/system/cpu/online", "0")),
                memoryMib()))
        : nodes;
  }

  public OperatingSystem operatingSystem() {
    Map<String, String> release = ProcFiles.pairs("/etc/os-release", '=');
    return new OperatingSystem(
        family(release.getOrDefault("ID", "") + " " + release.getOrDefault("ID_LIKE", "")),
        release.getOrDefault("VERSION_ID", ""),
        release.getOrDefault("VERSION_CODENAME", "1"),
        release.getOrDefault("PRETTY_NAME", "Linux"));
  }

  /** The systems that VDSM has names for. */
  private static String family(String ids) {
    List<String> all = List.of(ids.strip().split("\\s+"));
    if (all.contains("debian")) {
      return "Debian";
    }
    if (all.contains("rhel")) {
      return "RHEL";
    }
    return all.contains("fedora") ? "Fedora" : "unknown";
  }

  public String kernel() {
    return ProcFiles.text("/proc/sys/kernel/osrelease", "unknown");
  }

  /** What the firmware tells, or {@code unknown}: a container is told nothing. */
  public Hardware hardware() {
    String directory = "/sys/class/dmi/id/";
    return new Hardware(
        ProcFiles.text(directory + "sys_vendor", "unknown"),
        ProcFiles.text(directory + "product_name", "unknown"),
        ProcFiles.text(directory + "product_version", "unknown"),
        ProcFiles.text(directory + "product_serial", "unknown"),
        ProcFiles.text(directory + "product_family", "unknown"),
        ProcFiles.text(directory + "product_uuid", hostId.toString()));
  }

  /** Shares of processor time since the last call, or since boot at the first. */
  public NodeStatistics statistics() {
    List<Cpu> shares = shares();
    String load = ProcFiles.text("/proc/loadavg", "0 0 0");
    return new NodeStatistics(
        shares.getFirst(),
        shares.subList(1, shares.size()),
        Double.parseDouble(load.split(" ")[0]),
        memory("MemTotal"),
        memory("MemAvailable"),
        memory("Shmem"),
        memory("AnonHugePages"),
        memory("SwapTotal"),
        memory("SwapFree"),
        bootTime(),
        network.traffic());
  }

  private static long bootTime() {
    return ProcFiles.lines("/proc/stat").stream()
        .filter(line -> line.startsWith("btime "))
        .mapToLong(line -> Long.parseLong(line.substring(6).strip()))
        .findFirst()
        .orElse(0);
  }

  /** All CPUs together, then each. Two askers within a second get the same answer. */
  private synchronized List<Cpu> shares() {
    long now = System.nanoTime();
    if (!lastShares.isEmpty() && now - lastNanos < 1_000_000_000L) {
      return lastShares;
    }
    List<long[]> ticks = new ArrayList<>();
    for (String line : ProcFiles.lines("/proc/stat")) {
      if (line.startsWith("cpu")) {
        ticks.add(ticks(line));
      }
    }
    List<Cpu> shares = new ArrayList<>();
    for (int index = 0; index < ticks.size(); index++) {
      long[] before = index < lastTicks.size() ? lastTicks.get(index) : new long[3];
      shares.add(share(before, ticks.get(index)));
    }
    lastTicks = ticks;
    lastNanos = now;
    lastShares = shares.isEmpty() ? List.of(new Cpu(0, 0, 100)) : List.copyOf(shares);
    return lastShares;
  }

  /** user+nice, system+interrupts, idle+waiting. */
  private static long[] ticks(String line) {
    String[] fields = line.trim().split("\\s+");
    long[] values = new long[8];
    for (int index = 0; index < values.length && index + 1 < fields.length; index++) {
      values[index] = Long.parseLong(fields[index + 1]);
    }
    return new long[] {
      values[0] + values[1], values[2] + values[5] + values[6], values[3] + values[4]
    };
  }

  private static Cpu share(long[] before, long[] after) {
    double user = after[0] - before[0];
    double system = after[1] - before[1];
    double idle = after[2] - before[2];
    double all = user + system + idle;
    return all <= 0
        ? new Cpu(0, 0, 100)
        : new Cpu(100 * user / all, 100 * system / all, 100 * idle / all);
  }

  private static long memory(String key) {
    String value = ProcFiles.pairs("/proc/meminfo", ':').getOrDefault(key, "0");
    return Long.parseLong(value.split(" ")[0]);
  }
}

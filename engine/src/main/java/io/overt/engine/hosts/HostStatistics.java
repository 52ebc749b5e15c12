package io.overt.engine.hosts;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Statistics;
import io.overt.fleet.Fleet;
import io.overt.fleet.MachineUsage;
import io.overt.fleet.Report;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.Host;
import io.overt.model.types.Statistic;
import io.overt.model.types.StatisticKind;
import io.overt.model.types.StatisticUnit;
import io.overt.model.types.Value;
import io.overt.model.types.ValueType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /hosts/{id}/statistics}, from the host's last report; oVirt's names, kinds and units. */
final class HostStatistics implements Statistics {
  private static final long MIB = 1L << 20;
  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final Resource<Host> hosts;
  private final String id;

  HostStatistics(Platform platform, Supplier<Fleet> fleet, Resource<Host> hosts, String id) {
    this.platform = platform;
    this.fleet = fleet;
    this.hosts = hosts;
    this.id = id;
  }

  @Override
  public List<Statistic> all(Call call) {
    if (platform.snapshot().find(Kinds.HOST, id).isEmpty()) {
      throw ApiFault.missing("Host: id=" + id);
    }
    Host host = hosts.get(call, id);
    Report report = fleet.get().reports().host(id);
    long total = Objects.requireNonNullElse(host.memory(), 0L);
    long usedPercent = number(report, "memUsed");
    long used = total / 100 * usedPercent;
    long swapTotal = number(report, "swapTotal") * MIB;
    long swapFree = number(report, "swapFree") * MIB;
    List<Statistic> all = new ArrayList<>();
    all.add(bytes("memory.total", "Memory of the host", total));
    all.add(bytes("memory.used", "Memory in use", used));
    all.add(bytes("memory.free", "Memory not in use", total - used));
    all.add(bytes("memory.shared", "Memory shared by guests", number(report, "memShared") * MIB));
    all.add(bytes("memory.buffers", "Memory in IO buffers", number(report, "memBuffers") * MIB));
    all.add(bytes("memory.cached", "Memory in caches", number(report, "memCached") * MIB));
    all.add(bytes("swap.total", "Swap space", swapTotal));
    all.add(bytes("swap.free", "Swap space not in use", swapFree));
    all.add(bytes("swap.used", "Swap space in use", swapTotal - swapFree));
    all.add(bytes("swap.cached", "Swap space also in memory", number(report, "swapCached") * MIB));
    all.add(percent("ksm.cpu.current", "CPU used by page sharing", report, "ksmCpu"));
    all.add(percent("cpu.current.user", "CPU used by processes", report, "cpuUser"));
    all.add(percent("cpu.current.system", "CPU used by the kernel", report, "cpuSys"));
    all.add(percent("cpu.current.idle", "CPU not used", report, "cpuIdle"));
    all.add(percent("cpu.load.avg.5m", "Load average of 5 minutes", report, "cpuLoad"));
    all.add(
        statistic(
            "boot.time",
            "When the host started, seconds since 1970",
            ValueType.INTEGER,
            StatisticUnit.NONE,
            BigDecimal.valueOf(number(report, "bootTime"))));
    all.add(
        statistic(
            "network.current.total",
            "Use of the busiest interface",
            ValueType.DECIMAL,
            StatisticUnit.PERCENT,
            BigDecimal.valueOf(MachineUsage.network(report))));
    hugePages(report, all);
    return all;
  }

  private void hugePages(Report report, List<Statistic> all) {
    for (Map.Entry<String, Object> size : report.object("hugepages").entrySet()) {
      if (size.getValue() instanceof Map<?, ?> pages) {
        BigDecimal free = Report.decimal(pages.get("resv_hugepages.free"));
        BigDecimal known = free == null ? Report.decimal(pages.get("free_hugepages")) : free;
        all.add(
            statistic(
                "hugepages." + size.getKey() + ".free",
                "Free huge pages of " + size.getKey() + " KiB",
                ValueType.INTEGER,
                StatisticUnit.NONE,
                known));
      }
    }
  }

  private static long number(Report report, String key) {
    return Objects.requireNonNullElse(report.number(key), 0L);
  }

  private Statistic bytes(String name, String description, long value) {
    return statistic(
        name, description, ValueType.INTEGER, StatisticUnit.BYTES, BigDecimal.valueOf(value));
  }

  private Statistic percent(String name, String description, Report report, String key) {
    return statistic(
        name, description, ValueType.DECIMAL, StatisticUnit.PERCENT, report.decimal(key));
  }

  /** Ids follow from names, as in oVirt, so that they stay the same. */
  private Statistic statistic(
      String name,
      String description,
      ValueType type,
      StatisticUnit unit,
      @Nullable BigDecimal value) {
    return new Statistic()
        .id(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString())
        .name(name)
        .description(description)
        .kind(StatisticKind.GAUGE)
        .type_(type)
        .unit(unit)
        .values(List.of(new Value().datum(value == null ? BigDecimal.ZERO : value)))
        .host(new Host().id(id));
  }
}

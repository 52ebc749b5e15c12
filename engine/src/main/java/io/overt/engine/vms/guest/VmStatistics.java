package io.overt.engine.vms.guest;

import static io.overt.model.types.StatisticUnit.BYTES;
import static io.overt.model.types.StatisticUnit.NONE;
import static io.overt.model.types.StatisticUnit.PERCENT;
import static io.overt.model.types.StatisticUnit.SECONDS;

import io.overt.engine.resource.Gauge;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Statistics;
import io.overt.fleet.MachineUsage;
import io.overt.fleet.Report;
import io.overt.inventory.Kinds;
import io.overt.model.Call;
import io.overt.model.types.Statistic;
import io.overt.model.types.StatisticKind;
import io.overt.model.types.StatisticUnit;
import io.overt.model.types.Value;
import io.overt.model.types.ValueType;
import io.overt.model.types.Vm;
import io.overt.vdsmrpc.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code /vms/{id}/statistics}. Names, units and order follow engine 4.5; a machine that does not
 * run has zeros.
 */
public final class VmStatistics implements Statistics {
  private final Resource<Vm> machines;
  private final Platform platform;
  private final MachineReports reports;
  private final String vmId;

  public VmStatistics(Platform platform, MachineReports reports, String vmId) {
    this.platform = platform;
    this.machines = new Resource<>(platform, Kinds.VM);
    this.reports = reports;
    this.vmId = vmId;
  }

  @Override
  public List<Statistic> all(Call call) {
    Vm vm = machines.require(call, platform.snapshot(), vmId).value();
    Report report = reports.of(vmId);
    Map<String, Object> memory = report.object("memoryStats");
    BigDecimal installed = BigDecimal.valueOf(Objects.requireNonNullElse(vm.memory(), 0L));
    BigDecimal user = zeroIfAbsent(report.decimal("cpuUser"));
    BigDecimal system = zeroIfAbsent(report.decimal("cpuSys"));
    List<Statistic> all = new ArrayList<>(16);
    all.add(bytes("memory.installed", "Total memory configured", installed));
    all.add(bytes("memory.used", "Memory used (agent)", used(report, installed)));
    all.add(percent("cpu.current.guest", "CPU used by guest", user));
    all.add(percent("cpu.current.hypervisor", "CPU overhead", system));
    all.add(percent("cpu.current.total", "Total CPU used", user.add(system)));
    BigDecimal progress = zeroIfAbsent(report.decimal("migrationProgress"));
    all.add(percent("migration.progress", "Migration Progress", progress));
    all.add(bytes("memory.buffered", "Memory buffered (agent)", kib(memory, "mem_buffers")));
    all.add(bytes("memory.cached", "Memory cached (agent)", kib(memory, "mem_cached")));
    all.add(bytes("memory.free", "Memory free (agent)", kib(memory, "mem_free")));
    all.add(bytes("memory.unused", "Memory unused (agent)", kib(memory, "mem_unused")));
    int network = MachineUsage.of(vm, report).map(MachineUsage::network).orElse(0);
    all.add(percent("network.current.total", "Total network used", BigDecimal.valueOf(network)));
    all.add(fileSystems(report));
    BigDecimal elapsed = zeroIfAbsent(report.decimal("elapsedTime"));
    all.add(
        of(
            "elapsed.time",
            "Elapsed VM runtime",
            StatisticKind.COUNTER,
            ValueType.INTEGER,
            SECONDS,
            elapsed));
    all.forEach(statistic -> statistic.vm(new Vm().id(vmId)));
    List<MachineUsage> lately = reports.usage(vmId);
    all.add(history("CPU", lately, MachineUsage::cpu));
    all.add(history("memory", lately, MachineUsage::memory));
    all.add(history("network", lately, MachineUsage::network));
    return all;
  }

  private Statistic history(
      String what, List<MachineUsage> lately, ToIntFunction<MachineUsage> share) {
    return of(
            what.toLowerCase(Locale.ROOT) + ".usage.history",
            "List of "
                + what
                + " usage history, sorted by date from newest to oldest, at intervals of 30 seconds",
            StatisticKind.GAUGE,
            ValueType.DECIMAL,
            PERCENT,
            null)
        .values(
            lately.stream()
                .map(usage -> new Value().datum(BigDecimal.valueOf(share.applyAsInt(usage))))
                .toList());
  }

  private Statistic fileSystems(Report report) {
    Statistic usage =
        of(
            "disks.usage",
            "Disk usage, in bytes, per filesystem as JSON (agent)",
            StatisticKind.GAUGE,
            ValueType.STRING,
            NONE,
            null);
    List<?> reported = report.list("disksUsage");
    return reported.isEmpty()
        ? usage
        : usage.values(List.of(new Value().detail(Json.text(reported))));
  }

  private Statistic bytes(String name, String description, BigDecimal value) {
    return of(name, description, StatisticKind.GAUGE, ValueType.INTEGER, BYTES, value);
  }

  private Statistic percent(String name, String description, BigDecimal value) {
    return of(name, description, StatisticKind.GAUGE, ValueType.DECIMAL, PERCENT, value);
  }

  private Statistic of(
      String name,
      String description,
      StatisticKind kind,
      ValueType type,
      StatisticUnit unit,
      @Nullable BigDecimal value) {
    return Gauge.of(vmId, name, description, kind, type, unit, value);
  }

  private static BigDecimal used(Report report, BigDecimal installed) {
    BigDecimal percent = zeroIfAbsent(report.decimal("memUsage"));
    return installed.multiply(percent).movePointLeft(2).setScale(0, RoundingMode.DOWN);
  }

  private static BigDecimal kib(Map<String, Object> memory, String key) {
    return zeroIfAbsent(Report.decimal(memory.get(key))).multiply(BigDecimal.valueOf(1024));
  }

  private static BigDecimal zeroIfAbsent(@Nullable BigDecimal value) {
    return value == null ? BigDecimal.ZERO : value;
  }
}

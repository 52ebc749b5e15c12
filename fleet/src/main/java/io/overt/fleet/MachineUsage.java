package io.overt.fleet;

import io.overt.model.types.Cpu;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.Vm;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a machine uses of what it has, each from 0 to 100 percent.
 *
 * @param cpu of all its virtual processors together (oVirt: {@code usageCpuPercent})
 * @param network of its busiest interface, in the busier direction
 */
public record MachineUsage(int cpu, int memory, int network) {
  private static final int WHOLE = 100;

  /** Bytes a second that a megabit a second is. */
  private static final double MEGABIT = 125_000;

  /** Empty as long as nothing was measured. */
  public static Optional<MachineUsage> of(Vm vm, Report report) {
    BigDecimal user = report.decimal("cpuUser");
    BigDecimal system = report.decimal("cpuSys");
    if (user == null || system == null) {
      return Optional.empty();
    }
    BigDecimal memory = report.decimal("memUsage");
    return Optional.of(
        new MachineUsage(
            percent(user.add(system).doubleValue() / processors(vm)),
            percent(memory == null ? 0 : memory.doubleValue()),
            network(report)));
  }

  private static long processors(Vm vm) {
    Cpu cpu = vm.cpu();
    CpuTopology topology = cpu == null ? null : cpu.topology();
    return topology == null
        ? 1
        : atLeastOne(topology.sockets())
            * atLeastOne(topology.cores())
            * atLeastOne(topology.threads());
  }

  private static long atLeastOne(@Nullable Long count) {
    return Math.max(1, Objects.requireNonNullElse(count, 1L));
  }

  /** Of the busiest interface of a machine or a host, in the busier direction. */
  public static int network(Report report) {
    return percent(
        report.object("network").values().stream()
            .filter(Map.class::isInstance)
            .mapToDouble(nic -> busy((Map<?, ?>) nic))
            .max()
            .orElse(0));
  }

  private static double busy(Map<?, ?> nic) {
    double speed = number(nic, "speed") * MEGABIT;
    return speed <= 0 ? 0 : WHOLE * Math.max(number(nic, "rxRate"), number(nic, "txRate")) / speed;
  }

  private static double number(Map<?, ?> nic, String key) {
    BigDecimal value = Report.decimal(nic.get(key));
    return value == null ? 0 : value.doubleValue();
  }

  private static int percent(double value) {
    return (int) Math.round(Math.clamp(value, 0, WHOLE));
  }
}

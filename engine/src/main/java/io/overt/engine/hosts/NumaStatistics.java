package io.overt.engine.hosts;

import io.overt.engine.resource.Gauge;
import io.overt.fleet.Report;
import io.overt.model.types.Statistic;
import io.overt.model.types.StatisticKind;
import io.overt.model.types.StatisticUnit;
import io.overt.model.types.ValueType;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statistics of a host's NUMA node. */
final class NumaStatistics {
  private NumaStatistics() {}

  /** The memory of a NUMA node, of which hosts report megabytes. */
  static List<Statistic> of(String nodeId, @Nullable Long total, Report memory) {
    BigDecimal mebibyte = BigDecimal.valueOf(1L << 20);
    BigDecimal free = memory.decimal("memFree");
    BigDecimal all = total == null ? null : BigDecimal.valueOf(total);
    return List.of(
        bytes(nodeId, "memory.total", "Memory of the node", mebibyte, all),
        bytes(nodeId, "memory.free", "Memory not in use", mebibyte, free),
        bytes(
            nodeId,
            "memory.used",
            "Memory in use",
            mebibyte,
            all == null || free == null ? null : all.subtract(free)));
  }

  private static Statistic bytes(
      String owner, String name, String description, BigDecimal unit, @Nullable BigDecimal value) {
    return Gauge.of(
        owner,
        name,
        description,
        StatisticKind.GAUGE,
        ValueType.INTEGER,
        StatisticUnit.BYTES,
        value == null ? null : value.multiply(unit));
  }
}

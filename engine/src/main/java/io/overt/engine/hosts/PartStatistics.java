package io.overt.engine.hosts;

import io.overt.fleet.Report;
import io.overt.model.types.Statistic;
import io.overt.model.types.StatisticKind;
import io.overt.model.types.StatisticUnit;
import io.overt.model.types.Value;
import io.overt.model.types.ValueType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statistics of a part of a host: of an interface or of a NUMA node. */
final class PartStatistics {
  private PartStatistics() {}

  /** What an interface has carried, from its entry in the host's report. */
  static List<Statistic> ofNic(String nicId, Report traffic) {
    return List.of(
        total(nicId, "data.total.rx", "Total received data", StatisticUnit.BYTES, traffic, "rx"),
        total(nicId, "data.total.tx", "Total transmitted data", StatisticUnit.BYTES, traffic, "tx"),
        total(
            nicId,
            "errors.total.rx",
            "Total receive errors",
            StatisticUnit.NONE,
            traffic,
            "rxErrors"),
        total(
            nicId,
            "errors.total.tx",
            "Total transmit errors",
            StatisticUnit.NONE,
            traffic,
            "txErrors"));
  }

  private static Statistic total(
      String owner,
      String name,
      String description,
      StatisticUnit unit,
      Report report,
      String key) {
    return statistic(owner, name, description, unit, report.decimal(key))
        .kind(StatisticKind.COUNTER);
  }

  /** The memory of a NUMA node, of which hosts report megabytes. */
  static List<Statistic> ofNumaNode(String nodeId, @Nullable Long total, Report memory) {
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
    return statistic(
            owner,
            name,
            description,
            StatisticUnit.BYTES,
            value == null ? null : value.multiply(unit))
        .kind(StatisticKind.GAUGE);
  }

  /** Ids follow from names, so that they stay the same. */
  private static Statistic statistic(
      String owner,
      String name,
      String description,
      StatisticUnit unit,
      @Nullable BigDecimal value) {
    return new Statistic()
        .id(UUID.nameUUIDFromBytes((owner + name).getBytes(StandardCharsets.UTF_8)).toString())
        .name(name)
        .description(description)
        .type_(ValueType.INTEGER)
        .unit(unit)
        .values(value == null ? List.of() : List.of(new Value().datum(value)));
  }
}

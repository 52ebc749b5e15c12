package io.overt.engine.resource;

import static io.overt.model.types.StatisticUnit.BITS_PER_SECOND;
import static io.overt.model.types.StatisticUnit.BYTES;
import static io.overt.model.types.StatisticUnit.BYTES_PER_SECOND;
import static io.overt.model.types.StatisticUnit.NONE;

import io.overt.fleet.Report;
import io.overt.model.types.Statistic;
import io.overt.model.types.StatisticKind;
import io.overt.model.types.StatisticUnit;
import io.overt.model.types.ValueType;
import java.math.BigDecimal;
import java.util.List;

/**
 * The statistics of a network interface, a machine's or a host's; names, units and order follow
 * engine 4.5. Where nothing is reported, rates are zero and totals absent.
 */
public final class Traffic {
  private Traffic() {}

  /**
   * @param nic the interface's entry in the report: {@code rx}, {@code tx}, {@code rxRate}…
   */
  public static List<Statistic> of(String nicId, Report nic) {
    BigDecimal received = rate(nic, "rxRate");
    BigDecimal sent = rate(nic, "txRate");
    return List.of(
        rate(nicId, "data.current.rx", "Receive data rate", BYTES_PER_SECOND, received),
        rate(nicId, "data.current.tx", "Transmit data rate", BYTES_PER_SECOND, sent),
        rate(nicId, "data.current.rx.bps", "Receive data rate", BITS_PER_SECOND, bits(received)),
        rate(nicId, "data.current.tx.bps", "Transmit data rate", BITS_PER_SECOND, bits(sent)),
        total(nicId, "errors.total.rx", "Total receive errors", NONE, nic, "rxErrors"),
        total(nicId, "errors.total.tx", "Total transmit errors", NONE, nic, "txErrors"),
        total(nicId, "data.total.rx", "Total received data", BYTES, nic, "rx"),
        total(nicId, "data.total.tx", "Total transmitted data", BYTES, nic, "tx"));
  }

  private static BigDecimal rate(Report nic, String key) {
    BigDecimal rate = nic.decimal(key);
    return rate == null ? BigDecimal.ZERO : rate;
  }

  private static BigDecimal bits(BigDecimal bytes) {
    return bytes.multiply(BigDecimal.valueOf(Byte.SIZE));
  }

  private static Statistic rate(
      String nicId, String name, String description, StatisticUnit unit, BigDecimal value) {
    return Gauge.of(nicId, name, description, StatisticKind.GAUGE, ValueType.DECIMAL, unit, value);
  }

  private static Statistic total(
      String nicId, String name, String description, StatisticUnit unit, Report nic, String key) {
    return Gauge.of(
        nicId, name, description, StatisticKind.COUNTER, ValueType.INTEGER, unit, nic.decimal(key));
  }
}

package io.overt.engine.vms.guest;

import static io.overt.model.types.StatisticUnit.BITS_PER_SECOND;
import static io.overt.model.types.StatisticUnit.BYTES;
import static io.overt.model.types.StatisticUnit.BYTES_PER_SECOND;
import static io.overt.model.types.StatisticUnit.NONE;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Statistics;
import io.overt.engine.vms.devices.Devices;
import io.overt.fleet.Report;
import io.overt.inventory.Kinds;
import io.overt.model.Call;
import io.overt.model.types.Mac;
import io.overt.model.types.Nic;
import io.overt.model.types.Statistic;
import io.overt.model.types.StatisticKind;
import io.overt.model.types.StatisticUnit;
import io.overt.model.types.ValueType;
import io.overt.model.types.Vm;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /vms/{id}/nics/{id}/statistics}. Rates are zero and totals absent while it is down. */
public final class NicStatistics implements Statistics {
  private final Devices<Vm, Nic> nics;
  private final MachineReports reports;
  private final String vmId;
  private final String nicId;

  public NicStatistics(Platform platform, MachineReports reports, String vmId, String nicId) {
    this.nics = new Devices<>(platform, Kinds.VM, vmId, Kinds.NIC);
    this.reports = reports;
    this.vmId = vmId;
    this.nicId = nicId;
  }

  @Override
  public List<Statistic> all(Call call) {
    Map<String, Object> values = reported(nics.get(call, nicId));
    BigDecimal receiveRate = rate(values, "rxRate");
    BigDecimal transmitRate = rate(values, "txRate");
    List<Statistic> all =
        List.of(
            rate("data.current.rx", "Receive data rate", BYTES_PER_SECOND, receiveRate),
            rate("data.current.tx", "Transmit data rate", BYTES_PER_SECOND, transmitRate),
            rate("data.current.rx.bps", "Receive data rate", BITS_PER_SECOND, bits(receiveRate)),
            rate("data.current.tx.bps", "Transmit data rate", BITS_PER_SECOND, bits(transmitRate)),
            total("errors.total.rx", "Total receive errors", NONE, values.get("rxErrors")),
            total("errors.total.tx", "Total transmit errors", NONE, values.get("txErrors")),
            total("data.total.rx", "Total received data", BYTES, values.get("rx")),
            total("data.total.tx", "Total transmitted data", BYTES, values.get("tx")));
    all.forEach(statistic -> statistic.nic(new Nic().id(nicId).vm(new Vm().id(vmId))));
    return all;
  }

  /** The entry of the interface in the machine's report, found by its address. */
  @SuppressWarnings("unchecked")
  private Map<String, Object> reported(Nic nic) {
    Mac mac = nic.mac();
    Report report = reports.of(vmId);
    for (Object entry : report.object("network").values()) {
      if (mac != null
          && entry instanceof Map<?, ?> values
          && String.valueOf(values.get("macAddr")).equalsIgnoreCase(mac.address())) {
        return (Map<String, Object>) values;
      }
    }
    return Map.of();
  }

  private static BigDecimal rate(Map<String, Object> values, String key) {
    BigDecimal rate = Report.decimal(values.get(key));
    return rate == null ? BigDecimal.ZERO : rate;
  }

  private static BigDecimal bits(BigDecimal bytes) {
    return bytes.multiply(BigDecimal.valueOf(Byte.SIZE));
  }

  private Statistic rate(String name, String description, StatisticUnit unit, BigDecimal value) {
    return Gauge.of(nicId, name, description, StatisticKind.GAUGE, ValueType.DECIMAL, unit, value);
  }

  private Statistic total(
      String name, String description, StatisticUnit unit, @Nullable Object value) {
    return Gauge.of(
        nicId,
        name,
        description,
        StatisticKind.COUNTER,
        ValueType.INTEGER,
        unit,
        Report.decimal(value));
  }
}

package io.overt.engine.vms.guest;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Statistics;
import io.overt.engine.resource.Traffic;
import io.overt.engine.vms.devices.Devices;
import io.overt.fleet.Report;
import io.overt.inventory.Kinds;
import io.overt.model.Call;
import io.overt.model.types.Mac;
import io.overt.model.types.Nic;
import io.overt.model.types.Statistic;
import io.overt.model.types.Vm;
import java.util.List;
import java.util.Map;

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
    List<Statistic> all = Traffic.of(nicId, reported(nics.get(call, nicId)));
    all.forEach(statistic -> statistic.nic(new Nic().id(nicId).vm(new Vm().id(vmId))));
    return all;
  }

  /** The entry of the interface in the machine's report, found by its address. */
  @SuppressWarnings("unchecked")
  private Report reported(Nic nic) {
    Mac mac = nic.mac();
    Report report = reports.of(vmId);
    for (Object entry : report.object("network").values()) {
      if (mac != null
          && entry instanceof Map<?, ?> values
          && String.valueOf(values.get("macAddr")).equalsIgnoreCase(mac.address())) {
        return new Report((Map<String, Object>) values, report.time());
      }
    }
    return Report.NONE;
  }
}

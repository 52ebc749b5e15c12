package io.overt.engine.vms.guest;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.vms.devices.Devices;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.services.VmReportedDeviceService;
import io.overt.model.services.VmReportedDevicesService;
import io.overt.model.types.Ip;
import io.overt.model.types.IpVersion;
import io.overt.model.types.Mac;
import io.overt.model.types.ReportedDevice;
import io.overt.model.types.ReportedDeviceType;
import io.overt.model.types.Vm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code …/reporteddevices}: the network devices that the guest's agent sees. */
public final class ReportedDevices implements VmReportedDevicesService {
  private final MachineReports reports;
  private final String vmId;
  private final Function<Call, @Nullable String> address;

  private ReportedDevices(
      MachineReports reports, String vmId, Function<Call, @Nullable String> address) {
    this.reports = reports;
    this.vmId = vmId;
    this.address = address;
  }

  /** All that the machine's guest reports. */
  public static ReportedDevices ofMachine(Platform platform, MachineReports reports, String vmId) {
    Resource<Vm> machines = new Resource<>(platform, Kinds.VM);
    return new ReportedDevices(
        reports,
        vmId,
        call -> {
          machines.require(call, platform.snapshot(), vmId);
          return null;
        });
  }

  /** Those with the address of one network interface. */
  public static ReportedDevices ofNic(
      Platform platform, MachineReports reports, String vmId, String nicId) {
    return new ReportedDevices(
        reports,
        vmId,
        call -> {
          Mac mac = new Devices<>(platform, Kinds.VM, vmId, Kinds.NIC).get(call, nicId).mac();
          return mac == null || mac.address() == null ? "" : mac.address();
        });
  }

  @Override
  public List<ReportedDevice> list(ListRequest request) {
    return all(request.call()).stream().limit(Resource.limit(request.call())).toList();
  }

  @Override
  public VmReportedDeviceService reportedDevice(String id) {
    return new VmReportedDeviceService() {
      @Override
      public ReportedDevice get(GetRequest request) {
        return all(request.call()).stream()
            .filter(device -> id.equals(device.id()))
            .findFirst()
            .orElseThrow(ApiFault::notFound);
      }
    };
  }

  private List<ReportedDevice> all(Call call) {
    String wanted = address.apply(call);
    List<ReportedDevice> devices = new ArrayList<>();
    for (Object entry : reports.of(vmId).list("netIfaces")) {
      if (entry instanceof Map<?, ?> values
          && (wanted == null || wanted.equalsIgnoreCase(String.valueOf(values.get("hw"))))) {
        devices.add(device(values));
      }
    }
    return devices;
  }

  private ReportedDevice device(Map<?, ?> values) {
    String name = String.valueOf(values.get("name"));
    String mac = String.valueOf(values.get("hw"));
    List<Ip> addresses = new ArrayList<>();
    addAll(addresses, values.get("inet"), IpVersion.V4);
    addAll(addresses, values.get("inet6"), IpVersion.V6);
    return new ReportedDevice()
        .id(UUID.nameUUIDFromBytes((vmId + name + mac).getBytes(StandardCharsets.UTF_8)).toString())
        .name(name)
        .description("guest reported data")
        .type_(ReportedDeviceType.NETWORK)
        .mac(new Mac().address(mac))
        .ips(addresses)
        .vm(new Vm().id(vmId));
  }

  private static void addAll(List<Ip> addresses, @Nullable Object reported, IpVersion version) {
    if (reported instanceof List<?> list) {
      list.forEach(text -> addresses.add(new Ip().address(text.toString()).version(version)));
    }
  }
}

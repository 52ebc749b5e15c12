package io.overt.engine.vms.devices;

import io.overt.engine.resource.Platform;
import io.overt.inventory.Kinds;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.TemplateMediatedDeviceService;
import io.overt.model.services.TemplateMediatedDevicesService;
import io.overt.model.types.Template;
import io.overt.model.types.VmMediatedDevice;
import java.util.List;

/** {@code /templates/{id}/mediateddevices}. */
public final class TemplateMediatedDevices implements TemplateMediatedDevicesService {
  private final Platform platform;
  private final Devices<Template, VmMediatedDevice> devices;

  public TemplateMediatedDevices(Platform platform, String ownerId) {
    this.platform = platform;
    this.devices = new Devices<>(platform, Kinds.TEMPLATE, ownerId, Kinds.VM_MEDIATED_DEVICE);
  }

  @Override
  public List<VmMediatedDevice> list(ListRequest request) {
    return devices.list(request.call());
  }

  @Override
  public Outcome<VmMediatedDevice> add(AddRequest request) {
    return MediatedDevices.add(devices, request.call(), platform.body(request.device()));
  }

  @Override
  public TemplateMediatedDeviceService device(String id) {
    return new TemplateMediatedDeviceService() {
      @Override
      public VmMediatedDevice get(GetRequest request) {
        return devices.get(request.call(), id);
      }

      @Override
      public Outcome<VmMediatedDevice> update(UpdateRequest request) {
        VmMediatedDevice body = platform.body(request.devices());
        return MediatedDevices.update(devices, request.call(), id, body);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        return devices.remove(request.call(), id);
      }
    };
  }
}

package io.overt.engine.vms.devices;

import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.types.Property;
import io.overt.model.types.VmMediatedDevice;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What holds for the mediated devices (vGPUs) of machines and templates alike: their type is among
 * {@code spec_params}. Where a machine runs then has to have one of that type.
 */
final class MediatedDevices {
  /** The type as the host's driver calls it, {@code nvidia-11}. */
  private static final String TYPE = "mdevType";

  private static final String NO_DISPLAY = "nodisplay";
  private static final Set<String> KNOWN = Set.of(TYPE, NO_DISPLAY, "driverParams");
  private static final Set<String> READ_ONLY = Set.of("vm", "template", "instance_type", "vms");

  private MediatedDevices() {}

  static <O extends Struct> Outcome<VmMediatedDevice> add(
      Devices<O, VmMediatedDevice> devices, Call call, VmMediatedDevice body) {
    requireFitting(body);
    Entity<VmMediatedDevice> added =
        devices
            .platform()
            .write(
                transaction -> {
                  devices.owner(call, transaction);
                  return devices.insert(
                      transaction,
                      new VmMediatedDevice()
                          .id(devices.platform().newId())
                          .specParams(body.specParams()));
                });
    return Outcome.done(Devices.shown(added));
  }

  static <O extends Struct> Outcome<VmMediatedDevice> update(
      Devices<O, VmMediatedDevice> devices, Call call, String id, VmMediatedDevice body) {
    Entity<VmMediatedDevice> updated =
        devices
            .platform()
            .write(
                transaction -> {
                  Entity<VmMediatedDevice> current = devices.require(call, transaction, id);
                  VmMediatedDevice merged = Updates.merge(current.value(), body, READ_ONLY);
                  requireFitting(merged);
                  return transaction.update(current, merged);
                });
    return Outcome.done(Devices.shown(updated));
  }

  private static void requireFitting(VmMediatedDevice device) {
    List<Property> parameters = device.specParams();
    Set<String> seen = new HashSet<>();
    for (Property parameter : parameters == null ? List.<Property>of() : parameters) {
      String name = String.valueOf(parameter.name());
      String value = parameter.value() == null ? "" : parameter.value();
      if (!KNOWN.contains(name) || !seen.add(name)) {
        throw ApiFault.bad(
            "spec_params: '%s' was found; expected mdevType, nodisplay and driverParams, each once"
                .formatted(name));
      }
      if (name.equals(TYPE) && value.isBlank()) {
        throw ApiFault.bad("spec_params: mdevType is empty; expected a type such as nvidia-11");
      }
      if (name.equals(NO_DISPLAY) && !value.equals("true") && !value.equals("false")) {
        throw ApiFault.bad(
            "spec_params: nodisplay is '%s'; expected true or false".formatted(value));
      }
    }
    if (!seen.contains(TYPE)) {
      throw ApiFault.incomplete("VmMediatedDevice", "specParams.mdevType", "add");
    }
  }
}

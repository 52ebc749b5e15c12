package io.overt.agent.simulated;

import io.overt.agent.hypervisor.DevicePlugging;
import io.overt.agent.hypervisor.HypervisorEvent;
import io.overt.agent.simulated.Faults.Operation;
import java.util.Optional;
import java.util.UUID;

/** What changes in the live XML when devices come and go. */
final class SimulatedPlugging implements DevicePlugging {

  private final SimulatedGuests guests;

  SimulatedPlugging(SimulatedGuests guests) {
    this.guests = guests;
  }

  @Override
  public void attachDevice(UUID domain, String deviceXml) {
    guests.edit(
        Operation.ATTACH_DEVICE,
        domain,
        (xml, number) -> SimulatedDevices.attached(xml, deviceXml, number));
  }

  @Override
  public void detachDevice(UUID domain, String deviceXml) {
    guests.on(
        Operation.DETACH_DEVICE,
        domain,
        found -> {
          String alias = SimulatedDevices.alias(found.xml(), deviceXml);
          Optional<Faults.Keeping> keeping = guests.faults().keeping(domain);
          if (keeping.isEmpty()) {
            guests.after(
                guests.times().call(),
                () -> {
                  found.edit((xml, number) -> SimulatedDevices.detached(xml, deviceXml));
                  guests.emit(new HypervisorEvent.DeviceRemoved(domain, alias));
                });
          } else if (keeping.get() == Faults.Keeping.REFUSING) {
            guests.after(
                guests.times().call(),
                () -> guests.emit(new HypervisorEvent.DeviceKept(domain, alias)));
          }
          return alias;
        });
  }

  @Override
  public void updateDevice(UUID domain, String deviceXml) {
    guests.edit(
        Operation.UPDATE_DEVICE, domain, (xml, number) -> SimulatedDevices.updated(xml, deviceXml));
  }

  @Override
  public void setProcessors(UUID domain, int count) {
    guests.edit(
        Operation.SET_PROCESSORS,
        domain,
        (xml, number) -> SimulatedDevices.withProcessors(xml, count));
  }

  @Override
  public void setBalloon(UUID domain, long kib) {
    guests.on(
        Operation.SET_BALLOON,
        domain,
        found -> {
          found.setBalloon(kib);
          return domain;
        });
  }
}

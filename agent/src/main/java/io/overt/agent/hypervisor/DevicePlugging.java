package io.overt.agent.hypervisor;

import java.util.UUID;

/** Changes of the devices, processors and memory of a running domain. */
public interface DevicePlugging {

  /**
   * Plugs a device in.
   *
   * @param deviceXml a device of libvirt's domain XML
   */
  void attachDevice(UUID domain, String deviceXml);

  /**
   * Asks the guest to give a device up. It is gone at {@link HypervisorEvent.DeviceRemoved}; a
   * guest may refuse, or never answer.
   *
   * @param deviceXml the device as it is in the live XML
   */
  void detachDevice(UUID domain, String deviceXml);

  /** Changes a live device; the XML names it as libvirt's update-device wants it. */
  void updateDevice(UUID domain, String deviceXml);

  /** How many virtual processors are plugged in from now on. */
  void setProcessors(UUID domain, int count);

  /** What the balloon leaves to the guest from now on, in KiB. */
  void setBalloon(UUID domain, long kib);
}

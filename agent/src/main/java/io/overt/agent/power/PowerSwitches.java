package io.overt.agent.power;

/**
 * Devices that switch hosts on and off.
 *
 * <p>Both methods throw a {@link io.overt.agent.errors.VdsmError} with VDSM's code for fence agents
 * when the device refuses or does not answer.
 */
public interface PowerSwitches {
  /** What a device says of a host's power. */
  enum Power {
    ON,
    OFF,
    UNKNOWN
  }

  /** What a device can be told to do. */
  enum Change {
    ON,
    OFF,
    REBOOT
  }

  Power power(PowerDevice device);

  /** Returns when the device says that it is done. */
  void change(PowerDevice device, Change change);
}

package io.overt.agent.power;

import java.util.List;

/**
 * Where a host's power is switched.
 *
 * @param kind of the device, which names the program that speaks to it: {@code ipmilan}
 * @param outlet which of the device's outlets, or its port; empty for its own default
 * @param secure whether the device is to be spoken to over SSH
 * @param options {@code name=value}, as the program knows them
 */
public record PowerDevice(
    String kind,
    String address,
    String outlet,
    String user,
    String password,
    boolean secure,
    List<String> options) {

  public PowerDevice {
    options = List.copyOf(options);
  }

  /** Without the password, and without options, which may be passwords too. */
  @Override
  public String toString() {
    return kind + " at " + address;
  }
}

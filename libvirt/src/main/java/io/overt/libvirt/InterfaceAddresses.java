package io.overt.libvirt;

import java.util.List;

/** A network interface as the guest (or the host's tables) sees it. */
public record InterfaceAddresses(String name, String hardwareAddress, List<Address> addresses) {
  /** Where the answer comes from, in libvirt's order. */
  public enum Source {
    LEASE,
    AGENT,
    ARP
  }

  public record Address(boolean ipv6, String address, int prefix) {}

  public InterfaceAddresses {
    addresses = List.copyOf(addresses);
  }
}

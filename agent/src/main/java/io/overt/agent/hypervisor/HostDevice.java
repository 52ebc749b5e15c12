package io.overt.agent.hypervisor;

import java.util.Map;
import java.util.Optional;

/**
 * A device of the machine.
 *
 * @param capability {@code pci}, {@code usb_device}, {@code system} …
 * @param parent the name of the device it hangs on, or empty
 * @param assignable whether a guest could be given it
 * @param vendorId as {@code 0x8086}, or empty
 * @param productId as {@code 0x10c9}, or empty
 * @param driver bound to it now, or empty
 * @param address decimal parts by name ({@code domain}, {@code bus}, {@code slot}, {@code
 *     function})
 */
public record HostDevice(
    String capability,
    String product,
    String parent,
    boolean assignable,
    String vendor,
    String vendorId,
    String productId,
    String driver,
    Optional<Integer> iommuGroup,
    Map<String, String> address) {

  /** A device that no guest can be given. */
  public static HostDevice unassignable(String capability, String product, String parent) {
    return new HostDevice(
        capability, product, parent, false, "", "", "", "", Optional.empty(), Map.of());
  }
}

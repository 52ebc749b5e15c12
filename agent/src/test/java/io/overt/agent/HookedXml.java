package io.overt.agent;

import java.util.UUID;

/** Machines with custom properties of their own and of their devices, as the engine writes them. */
final class HookedXml {

  private static final String MACHINE =
      """
      <ovirt-vm:custom>
        <ovirt-vm:colour>blue</ovirt-vm:colour>
        <ovirt-vm:both>machine</ovirt-vm:both>
      </ovirt-vm:custom>
      """;

  /** Of the card that every machine has. */
  static final String NIC = nic("56:6F:AA:00:00:01");

  private HookedXml() {}

  /**
   * @param devices metadata of devices
   */
  static String domain(UUID id, String devices) {
    return TestXml.domain(id, "hooked", MACHINE + devices, "<source file=''/>");
  }

  /** Metadata of a card. */
  static String nic(String mac) {
    return """
        <ovirt-vm:device mac_address="%s">
          <ovirt-vm:custom>
            <ovirt-vm:flavour>sweet</ovirt-vm:flavour>
            <ovirt-vm:both>device</ovirt-vm:both>
          </ovirt-vm:custom>
        </ovirt-vm:device>
        """
        .formatted(mac);
  }

  /** Metadata of the disk vda. */
  static String disk(String domain, String image, String volume) {
    return """
        <ovirt-vm:device devtype="disk" name="vda">
          <ovirt-vm:domainID>%s</ovirt-vm:domainID>
          <ovirt-vm:imageID>%s</ovirt-vm:imageID>
          <ovirt-vm:volumeID>%s</ovirt-vm:volumeID>
          <ovirt-vm:custom><ovirt-vm:flavour>sour</ovirt-vm:flavour></ovirt-vm:custom>
        </ovirt-vm:device>
        """
        .formatted(domain, image, volume);
  }
}

package io.overt.agent;

import java.util.UUID;

/** Domain XML as the engine writes it. */
final class TestXml {

  private TestXml() {}

  static String domain(UUID id, String name) {
    return domain(id, name, "", "<source file=''/>");
  }

  /**
   * @param metadata more elements inside {@code <ovirt-vm:vm>}
   * @param source of the disk vda
   */
  static String domain(UUID id, String name, String metadata, String source) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <domain type="kvm" xmlns:ovirt-vm="http://ovirt.org/vm/1.0">
          <name>%2$s</name>
          <uuid>%1$s</uuid>
          <memory>1048576</memory>
          <currentMemory>1048576</currentMemory>
          <vcpu current="2">16</vcpu>
          <os><type arch="x86_64" machine="pc-q35-7.2">hvm</type></os>
          <features><acpi/></features>
          <cpu match="exact"><model>Nehalem</model></cpu>
          <on_reboot>destroy</on_reboot>
          <metadata>
            <ovirt-vm:vm>
              <ovirt-vm:minGuaranteedMemoryMb type="int">512</ovirt-vm:minGuaranteedMemoryMb>
              <ovirt-vm:clusterVersion>4.7</ovirt-vm:clusterVersion>
              %3$s
            </ovirt-vm:vm>
          </metadata>
          <devices>
            <disk type="file" device="disk" snapshot="no">
              <target dev="vda" bus="virtio"/>
              %4$s
              <driver name="qemu" io="threads" type="qcow2" error_policy="stop" cache="none"/>
              <alias name="ua-11111111-1111-4111-8111-111111111111"/>
            </disk>
            <interface type="bridge">
              <mac address="56:6f:aa:00:00:01"/>
              <model type="virtio"/>
              <source bridge="ovirtmgmt"/>
              <link state="up"/>
            </interface>
            <graphics type="vnc" port="-1" autoport="yes" passwd="secret">
              <listen type="network" network="vdsm-ovirtmgmt"/>
            </graphics>
            <channel type="unix">
              <target type="virtio" name="org.qemu.guest_agent.0"/>
            </channel>
          </devices>
        </domain>
        """
        .formatted(id, name, metadata, source);
  }
}

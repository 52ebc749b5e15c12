package io.overt.agent.vms;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The host's say in how domains run.
 *
 * @param consoleAddress where consoles listen when the engine names one of its networks
 * @param payloads media with files that come with a machine
 * @param serialLog the directory for logs of serial consoles; empty keeps none
 * @param serialSockets the directory where QEMU listens for who comes to serial consoles
 */
public record DomainPolicy(
    VirtType virtType,
    String consoleAddress,
    Optional<Path> serialLog,
    Path serialSockets,
    PayloadImages payloads) {

  /** Where VDSM has them, and ovirt-vmconsole looks for them. */
  public static final Path SERIAL_SOCKETS = Path.of("/var/run/ovirt-vmconsole-console");

  /** Where nobody reads media that agents make. */
  public DomainPolicy(VirtType virtType, String consoleAddress, Optional<Path> serialLog) {
    this(virtType, consoleAddress, serialLog, SERIAL_SOCKETS, PayloadImages.NONE);
  }

  /** How guests are executed. */
  public enum VirtType {
    KVM("kvm"),
    QEMU("qemu");

    private final String text;

    VirtType(String text) {
      this.text = text;
    }

    /** As in the {@code type} attribute of a domain. */
    public String text() {
      return text;
    }
  }
}

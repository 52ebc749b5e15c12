package io.overt.agent.libvirt;

import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.HypervisorException.Kind;
import io.overt.agent.vms.SerialPorts;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A serial port by its socket. Unlike libvirt's own way, a stream over the connection that all
 * calls share, it holds nobody else up when the guest or the reader is slow.
 */
final class SerialSocket {
  private SerialSocket() {}

  static ByteChannel open(String domainXml) {
    Path path =
        SerialPorts.socket(domainXml)
            .orElseThrow(
                () ->
                    new HypervisorException(
                        Kind.UNSUPPORTED, "it was started without a serial console"));
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      throw new HypervisorException(
          Kind.FAILED, "nothing answers at its socket %s: %s".formatted(path, e), e);
    }
  }
}

package io.overt.agent.simulated;

import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.HypervisorException.Kind;
import io.overt.agent.vms.SerialPorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;

/** A serial line at whose other end a guest says its name and echoes what is typed. */
final class SimulatedLine implements ByteChannel {
  private final Pipe toGuest;
  private final Pipe fromGuest;

  private SimulatedLine(Pipe toGuest, Pipe fromGuest) {
    this.toGuest = toGuest;
    this.fromGuest = fromGuest;
  }

  static SimulatedLine of(SimulatedDomain domain) {
    if (SerialPorts.socket(domain.xml()).isEmpty()) {
      throw new HypervisorException(Kind.UNSUPPORTED, "it was started without a serial console");
    }
    try {
      SimulatedLine line = new SimulatedLine(Pipe.open(), Pipe.open());
      String name = domain.description().name();
      Thread.ofVirtual().name("line-of-" + name).start(() -> line.answer(name));
      return line;
    } catch (IOException e) {
      throw new HypervisorException(Kind.FAILED, "no pipe can be made: " + e, e);
    }
  }

  private void answer(String name) {
    try (InputStream typed = Channels.newInputStream(toGuest.source());
        OutputStream shown = Channels.newOutputStream(fromGuest.sink())) {
      byte[] prompt = ("\r\n" + name + "# ").getBytes(StandardCharsets.UTF_8);
      shown.write(prompt);
      for (int next = typed.read(); next >= 0; next = typed.read()) {
        if (next == '\r' || next == '\n') {
          shown.write(prompt);
        } else {
          shown.write(next);
        }
      }
    } catch (IOException closed) {
      // Whoever was at the line is gone, and so is the line.
    }
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    return fromGuest.source().read(bytes);
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return toGuest.sink().write(bytes);
  }

  @Override
  public boolean isOpen() {
    return toGuest.sink().isOpen();
  }

  @Override
  public void close() throws IOException {
    toGuest.sink().close();
    fromGuest.source().close();
  }
}

package io.overt.engine.webadmin.console;

import io.overt.fleet.Fleet;
import io.overt.fleet.HostUnreachable;
import io.overt.model.types.Host;
import io.overt.rest.socket.Tunnel;
import io.overt.rest.socket.TunnelRefused;
import io.overt.vdsmrpc.ByteStream;
import io.overt.vdsmrpc.StreamRefused;
import java.io.InputStream;
import java.io.OutputStream;

/** A connection to a machine's serial console, by its host's agent. */
final class SerialTunnel implements Tunnel {
  private final ByteStream stream;

  private SerialTunnel(ByteStream stream) {
    this.stream = stream;
  }

  /**
   * @param user as whoever comes later shall read it
   * @param take whether who is there has to leave
   * @throws TunnelRefused in the host's words
   */
  static SerialTunnel open(Fleet fleet, Host host, String vmId, String user, boolean take) {
    try {
      return new SerialTunnel(fleet.serialConsole(host, vmId, user, take));
    } catch (StreamRefused e) {
      throw new TunnelRefused(
          e.status() == StreamRefused.BUSY ? TunnelRefused.BUSY : TunnelRefused.CONFLICT,
          String.valueOf(e.getMessage()));
    } catch (HostUnreachable e) {
      throw new TunnelRefused(TunnelRefused.CONFLICT, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public InputStream input() {
    return stream.input();
  }

  @Override
  public OutputStream output() {
    return stream.output();
  }

  @Override
  public void close() {
    stream.close();
  }
}

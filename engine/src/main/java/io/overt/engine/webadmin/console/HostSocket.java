package io.overt.engine.webadmin.console;

import io.overt.rest.socket.Tunnel;
import io.overt.rest.socket.TunnelRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to a port of a host. */
final class HostSocket implements Tunnel {
  private static final Logger LOG = LoggerFactory.getLogger(HostSocket.class);
  private static final int CONNECT_MILLIS = 5_000;

  private final Socket socket;

  private HostSocket(Socket socket) {
    this.socket = socket;
  }

  /**
   * @throws TunnelRefused when nobody answers there
   */
  static HostSocket open(String address, int port) {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      return new HostSocket(socket);
    } catch (IOException e) {
      close(socket);
      throw new TunnelRefused(
          TunnelRefused.CONFLICT,
          "The console at %s port %d does not answer: %s".formatted(address, port, e.getMessage()));
    }
  }

  @Override
  public InputStream input() throws IOException {
    return socket.getInputStream();
  }

  @Override
  public OutputStream output() throws IOException {
    return socket.getOutputStream();
  }

  @Override
  public void close() {
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("a console's socket did not close", e);
    }
  }
}

package io.overt.vdsmrpc;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/**
 * Closes a socket unless it is closed itself in time. A TLS handshake needs it: a peer that sends a
 * byte now and then never runs into the socket's own timeout.
 */
final class Deadline implements AutoCloseable {
  private final Thread timer;

  Deadline(Socket socket, Duration timeout) {
    timer =
        Thread.ofVirtual()
            .name("handshake-deadline")
            .start(
                () -> {
                  try {
                    Thread.sleep(timeout);
                    socket.close();
                  } catch (InterruptedException | IOException inTime) {
                    // The handshake is over; nothing to close.
                  }
                });
  }

  @Override
  public void close() {
    timer.interrupt();
  }
}

package io.overt.vdsmrpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * Bytes in both directions over a connection of their own, so that who takes them slowly is waited
 * for and holds nobody else up.
 */
public final class ByteStream implements AutoCloseable {
  private final Socket raw;
  private final InputStream input;
  private final OutputStream output;

  ByteStream(Socket raw, InputStream input, OutputStream output) {
    this.raw = raw;
    this.input = input;
    this.output = output;
  }

  public InputStream input() {
    return input;
  }

  public OutputStream output() {
    return output;
  }

  /** Ends reads and writes at once, also those that are stuck: the TLS layer's close would wait. */
  @Override
  public void close() {
    try {
      raw.close();
    } catch (IOException ignored) {
      // Nothing is left to do for a socket that cannot even be closed.
    }
  }
}

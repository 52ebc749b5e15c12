package io.overt.rest;

import io.overt.rest.socket.Tunnel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;

/** What goes in comes out again; a byte 4 ends it, as at a terminal. */
final class EchoTunnel implements Tunnel {
  private static final int END = 4;

  private final Pipe pipe;

  EchoTunnel() {
    try {
      pipe = Pipe.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InputStream input() {
    return Channels.newInputStream(pipe.source());
  }

  @Override
  public OutputStream output() {
    OutputStream sink = Channels.newOutputStream(pipe.sink());
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        if (bytes[from] == END) {
          sink.close();
        } else {
          sink.write(bytes, from, count);
        }
      }
    };
  }

  @Override
  public void close() {
    try {
      pipe.sink().close();
      pipe.source().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

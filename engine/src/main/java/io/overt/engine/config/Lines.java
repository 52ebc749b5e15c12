package io.overt.engine.config;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Lines of text over a channel, with a deadline for reading. */
final class Lines {
  private static final int LONGEST = 16 << 20;

  private Lines() {}

  static void write(SocketChannel channel, String line) throws IOException {
    channel.configureBlocking(true);
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  static String read(SocketChannel channel, Duration deadline) throws IOException {
    long end = System.nanoTime() + deadline.toNanos();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    channel.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_READ);
      while (true) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new IOException("No line came within " + deadline.toSeconds() + " s");
        }
        selector.select(left);
        selector.selectedKeys().clear();
        buffer.clear();
        if (channel.read(buffer) < 0) {
          throw new EOFException("The connection ended within a line");
        }
        for (byte each : buffer.flip().array()) {
          if (!buffer.hasRemaining()) {
            break;
          }
          buffer.get();
          if (each == '\n') {
            return line.toString(StandardCharsets.UTF_8);
          }
          line.write(each);
        }
        if (line.size() > LONGEST) {
          throw new IOException("A line is longer than " + LONGEST + " bytes");
        }
      }
    }
  }
}

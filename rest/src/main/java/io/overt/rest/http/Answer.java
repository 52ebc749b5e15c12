package io.overt.rest.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A response body in the making: short ones are sent with their length, long ones in chunks, and
 * those worth it are compressed when the client accepts that. Headers are sent with the first byte,
 * so an error before 32 KiB can still become another answer.
 */
final class Answer extends OutputStream {
  private static final int BUFFER = 32 << 10;
  private static final int WORTH_COMPRESSING = 1 << 10;

  private final Exchange exchange;
  private final boolean compress;
  private ByteArrayOutputStream buffer = new ByteArrayOutputStream(8 << 10);
  private @Nullable OutputStream target;
  private boolean closed;

  Answer(Exchange exchange, boolean compress) {
    this.exchange = exchange;
    this.compress = compress;
  }

  @Override
  public void write(int value) throws IOException {
    if (target != null) {
      target.write(value);
    } else {
      buffer.write(value);
      spill();
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (target != null) {
      target.write(bytes, offset, length);
    } else {
      buffer.write(bytes, offset, length);
      spill();
    }
  }

  private void spill() throws IOException {
    if (buffer.size() > BUFFER) {
      OutputStream open = exchange.open(compress);
      if (compress) {
        open = new FastGzip(open);
      }
      buffer.writeTo(open);
      buffer = new ByteArrayOutputStream(0);
      target = open;
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (target != null) {
      target.close();
    } else if (compress && buffer.size() >= WORTH_COMPRESSING) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream(buffer.size() / 4);
      try (OutputStream gzip = new FastGzip(packed)) {
        buffer.writeTo(gzip);
      }
      exchange.send(packed.toByteArray(), true);
    } else {
      exchange.send(buffer.toByteArray(), false);
    }
  }

  /** Speed matters more than the last per cent of size. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream target) throws IOException {
      super(target, 16 << 10);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}

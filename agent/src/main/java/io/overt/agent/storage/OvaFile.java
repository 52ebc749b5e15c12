package io.overt.agent.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/**
 * Writes an appliance: a tar file (POSIX ustar; sizes from 8 GiB on as GNU tar writes them) whose
 * first member is the description.
 */
final class OvaFile implements AutoCloseable {
  private static final int BLOCK = 512;
  private static final long LARGEST_OCTAL = 0_77777777777L;

  private final OutputStream out;

  OvaFile(Path file) throws IOException {
    this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
  }

  void add(String name, byte[] content) throws IOException {
    header(name, content.length);
    out.write(content);
    pad(content.length);
  }

  void add(String name, Path file) throws IOException {
    long size = Files.size(file);
    header(name, size);
    long copied = Files.copy(file, out);
    if (copied != size) {
      throw new IOException("%s had %d bytes and now has %d".formatted(file, size, copied));
    }
    pad(size);
  }

  /** Two empty blocks end the archive. */
  @Override
  public void close() throws IOException {
    try (out) {
      out.write(new byte[2 * BLOCK]);
    }
  }

  private void pad(long size) throws IOException {
    out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
  }

  private void header(String name, long size) throws IOException {
    byte[] header = new byte[BLOCK];
    text(header, 0, name);
    text(header, 100, "0000644\0");
    text(header, 108, "0000000\0");
    text(header, 116, "0000000\0");
    size(header, size);
    text(header, 136, octal(Instant.now().getEpochSecond()) + "\0");
    text(header, 148, "        ");
    header[156] = '0';
    text(header, 257, "ustar\00000");
    int sum = 0;
    for (byte each : header) {
      sum += Byte.toUnsignedInt(each);
    }
    text(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    out.write(header);
  }

  private static void size(byte[] header, long size) {
    if (size <= LARGEST_OCTAL) {
      text(header, 124, octal(size) + "\0");
      return;
    }
    header[124] = (byte) 0x80;
    for (int index = 0; index < 8; index++) {
      header[135 - index] = (byte) (size >> (8 * index));
    }
  }

  private static String octal(long number) {
    return String.format(Locale.ROOT, "%011o", number);
  }

  private static void text(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}

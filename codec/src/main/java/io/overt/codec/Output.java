package io.overt.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A buffer of UTF-8 that grows, and from a size on drains into a stream if there is one.
 *
 * <p>Characters that the format cannot carry (control characters in XML, NUL in JSON, lone
 * surrogates) are written as U+FFFD.
 */
final class Output {
  /** With its frame as a chunk of HTTP, what drains at once is just below three records of TLS. */
  private static final int SIZE = 3 * 16 * 1024 - 64;

  /** A document of one object has about this size; the buffer grows if not. */
  private static final int FIRST_SIZE = 8 * 1024;

  /** A stored object has about this size. */
  private static final int STORED_SIZE = 1024;

  /** Longest single write that is not a run of plain characters. */
  private static final int ROOM = 32;

  private static final byte[] REPLACEMENT = WireName.bytes("\uFFFD");
  private static final byte[] MINIMUM = WireName.bytes(Long.toString(Long.MIN_VALUE));
  private static final byte[] HEXADECIMAL = WireName.bytes("0123456789ABCDEF");

  /** Which characters need care, and why. */
  @SuppressWarnings("ImmutableEnumChecker") // the table is never written again
  private enum Format {
    XML_TEXT("&<>", "\t\n"),
    XML_ATTRIBUTE("&<>\"", ""),
    JSON("\"\\", "");

    private final boolean[] plain = new boolean[128];

    Format(String special, String allowed) {
      for (char c = 0; c < 127; c++) {
        plain[c] = c >= ' ' ? special.indexOf(c) < 0 : allowed.indexOf(c) >= 0;
      }
    }
  }

  private final @Nullable OutputStream target;
  private byte[] buffer;
  private int count;

  Output(@Nullable OutputStream target) {
    this.target = target;
    this.buffer = new byte[target == null ? STORED_SIZE : FIRST_SIZE];
  }

  /** Hands what is buffered to the stream, without flushing the stream. */
  void finish() throws IOException {
    if (target != null && count > 0) {
      target.write(buffer, 0, count);
      count = 0;
    }
  }

  /** The whole text, when there is no stream. */
  String text() {
    return new String(buffer, 0, count, StandardCharsets.UTF_8);
  }

  /** The text as in JSON, without quotation marks. */
  static String jsonOf(String text) {
    return escaped(text, Format.JSON);
  }

  /** The text as in an attribute of XML, without quotation marks. */
  static String xmlOf(String text) {
    return escaped(text, Format.XML_ATTRIBUTE);
  }

  private static String escaped(String text, Format format) {
    Output output = new Output(null);
    try {
      output.write(text, format);
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory failed", e);
    }
    return output.text();
  }

  private void room(int size) throws IOException {
    if (buffer.length - count < size) {
      if (buffer.length >= SIZE) {
        finish();
      }
      if (buffer.length - count < size) {
        int twice = buffer.length * 2;
        int next = target == null ? twice : Math.min(twice, SIZE);
        buffer = Arrays.copyOf(buffer, Math.max(next, count + size));
      }
    }
  }

  void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  void write(byte[] bytes, int from, int length) throws IOException {
    room(length);
    System.arraycopy(bytes, from, buffer, count, length);
    count += length;
  }

  void write(char ascii) throws IOException {
    room(1);
    buffer[count++] = (byte) ascii;
  }

  void xmlText(String text) throws IOException {
    write(text, Format.XML_TEXT);
  }

  void xmlAttribute(String text) throws IOException {
    write(text, Format.XML_ATTRIBUTE);
  }

  /** With the surrounding quotation marks. */
  void jsonText(String text) throws IOException {
    write('"');
    write(text, Format.JSON);
    write('"');
  }

  private void write(String text, Format format) throws IOException {
    int length = text.length();
    int index = 0;
    boolean[] plain = format.plain;
    while (index < length) {
      room(ROOM);
      int end = Math.min(length, index + buffer.length - count);
      int at = count;
      byte[] bytes = buffer;
      while (index < end) {
        char c = text.charAt(index);
        if (c >= 128 || !plain[c]) {
          break;
        }
        bytes[at++] = (byte) c;
        index++;
      }
      count = at;
      if (index < end) {
        room(ROOM);
        char c = text.charAt(index++);
        if (Character.isHighSurrogate(c)
            && index < length
            && Character.isLowSurrogate(text.charAt(index))) {
          supplementary(Character.toCodePoint(c, text.charAt(index++)));
        } else if (c >= 128 || c == 127) {
          basic(c, format);
        } else if (format == Format.JSON) {
          jsonEscape(c);
        } else {
          xmlEscape(c);
        }
      }
    }
  }

  private void supplementary(int point) {
    buffer[count++] = (byte) (0xF0 | (point >> 18));
    buffer[count++] = continuation(point >> 12);
    buffer[count++] = continuation(point >> 6);
    buffer[count++] = continuation(point);
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 | (bits & 0x3F));
  }

  private void basic(char c, Format format) throws IOException {
    if (Character.isSurrogate(c) || (c >= '\uFFFE' && format != Format.JSON)) {
      write(REPLACEMENT);
    } else if (c < 0x80) {
      buffer[count++] = (byte) c;
    } else if (c < 0x800) {
      buffer[count++] = (byte) (0xC0 | (c >> 6));
      buffer[count++] = continuation(c);
    } else {
      buffer[count++] = (byte) (0xE0 | (c >> 12));
      buffer[count++] = continuation(c >> 6);
      buffer[count++] = continuation(c);
    }
  }

  private void xmlEscape(char c) throws IOException {
    switch (c) {
      case '&' -> ascii("&amp;");
      case '<' -> ascii("&lt;");
      case '>' -> ascii("&gt;");
      case '"' -> ascii("&quot;");
      case '\r' -> ascii("&#13;");
      case '\n' -> ascii("&#10;");
      case '\t' -> ascii("&#9;");
      default -> write(REPLACEMENT);
    }
  }

  private void jsonEscape(char c) throws IOException {
    switch (c) {
      case '"' -> ascii("\\\"");
      case '\\' -> ascii("\\\\");
      case '\n' -> ascii("\\n");
      case '\r' -> ascii("\\r");
      case '\t' -> ascii("\\t");
      case '\b' -> ascii("\\b");
      case '\f' -> ascii("\\f");
      case '\0' -> write(REPLACEMENT);
      default -> {
        ascii("\\u00");
        buffer[count++] = HEXADECIMAL[c >> 4];
        buffer[count++] = HEXADECIMAL[c & 15];
      }
    }
  }

  /** Plain text that needs no escaping, such as a number. */
  void ascii(String text) throws IOException {
    int length = text.length();
    room(length);
    for (int index = 0; index < length; index++) {
      buffer[count++] = (byte) text.charAt(index);
    }
  }

  void number(long value) throws IOException {
    if (value == Long.MIN_VALUE) {
      write(MINIMUM);
      return;
    }
    room(ROOM);
    long rest = value;
    if (rest < 0) {
      buffer[count++] = '-';
      rest = -rest;
    }
    int digits = 1;
    for (long limit = rest; limit >= 10; limit /= 10) {
      digits++;
    }
    digits(rest, digits);
  }

  private void digits(long value, int width) {
    long rest = value;
    for (int at = count + width - 1; at >= count; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    count += width;
  }

  /** {@code 2023-11-14T22:13:20.123Z}: always UTC, always milliseconds. */
  void date(Instant instant) throws IOException {
    room(ROOM);
    long seconds = instant.getEpochSecond();
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(seconds, 86_400L));
    int time = (int) Math.floorMod(seconds, 86_400L);
    int year = day.getYear();
    if (year < 0) {
      buffer[count++] = '-';
      year = -year;
    }
    digits(year, year > 9_999 ? Integer.toString(year).length() : 4);
    part('-', day.getMonthValue(), 2);
    part('-', day.getDayOfMonth(), 2);
    part('T', time / 3_600, 2);
    part(':', time / 60 % 60, 2);
    part(':', time % 60, 2);
    part('.', instant.getNano() / 1_000_000, 3);
    buffer[count++] = 'Z';
  }

  private void part(char separator, int value, int width) {
    buffer[count++] = (byte) separator;
    digits(value, width);
  }
}

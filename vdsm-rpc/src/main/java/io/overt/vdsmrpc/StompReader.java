package io.overt.vdsmrpc;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into STOMP frames. Line ends between frames (heart-beats) are skipped, lines
 * may end in LF or CRLF, a body ends at {@code content-length} or, without that header, at the
 * first NUL. An unknown command ends the reading before any of its headers is looked at.
 */
final class StompReader {
  private static final Set<String> COMMANDS =
      Set.of(
          StompFrame.CONNECT,
          StompFrame.STOMP,
          StompFrame.CONNECTED,
          StompFrame.SEND,
          StompFrame.SUBSCRIBE,
          StompFrame.UNSUBSCRIBE,
          StompFrame.MESSAGE,
          StompFrame.DISCONNECT,
          StompFrame.RECEIPT,
          StompFrame.ERROR);
  private static final int BUFFER = 16 << 10;

  private final BufferedInputStream input;
  private final DeadlineInputStream clock;
  private final RpcLimits limits;

  StompReader(DeadlineInputStream stream, RpcLimits limits) {
    this.input = new BufferedInputStream(stream, BUFFER);
    this.clock = stream;
    this.limits = limits;
  }

  /**
   * The next frame, or null when the stream ends between frames.
   *
   * @throws MalformedFrameException for bytes that are no frame or exceed a limit
   * @throws EOFException when the stream ends inside a frame
   */
  @Nullable StompFrame read() throws IOException {
    int first = skipLineEnds();
    if (first < 0) {
      return null;
    }
    clock.frameStarted(limits.frameTimeout());
    try {
      String command = line(first, "command");
      if (!COMMANDS.contains(command)) {
        throw new MalformedFrameException(
            "Unknown frame command of " + command.length() + " characters");
      }
      Map<String, String> headers = headers(command);
      return new StompFrame(command, headers, body(headers.get("content-length")));
    } finally {
      clock.frameEnded();
    }
  }

  private int skipLineEnds() throws IOException {
    int next = input.read();
    while (next == '\n' || next == '\r') {
      next = input.read();
    }
    return next;
  }

  private Map<String, String> headers(String command) throws IOException {
    boolean escaped = StompFrame.escapes(command);
    Map<String, String> headers = new LinkedHashMap<>();
    int count = 0;
    for (String line = line(next(), "header"); !line.isEmpty(); line = line(next(), "header")) {
      if (++count > limits.maxHeaders()) {
        throw new MalformedFrameException(
            command + " frame with more than " + limits.maxHeaders() + " headers");
      }
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new MalformedFrameException("Header line without name and colon in " + command);
      }
      headers.putIfAbsent(
          unescape(line.substring(0, colon), escaped),
          unescape(line.substring(colon + 1), escaped));
    }
    return headers;
  }

  private byte[] body(@Nullable String contentLength) throws IOException {
    return contentLength == null ? bodyUpToNul() : bodyOfLength(length(contentLength));
  }

  private int length(String contentLength) throws MalformedFrameException {
    String digits = contentLength.strip();
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new MalformedFrameException("content-length is not a number: " + shortened(digits));
    }
    // Ten digits and more are beyond the largest limit an int can express.
    if (digits.length() > 10 || Long.parseLong(digits) > limits.maxBodyBytes()) {
      throw new MalformedFrameException(
          "content-length " + shortened(digits) + " exceeds " + limits.maxBodyBytes() + " bytes");
    }
    return Integer.parseInt(digits);
  }

  private byte[] bodyOfLength(int length) throws IOException {
    // readNBytes grows with what arrives: a claimed length alone reserves nothing.
    byte[] body = input.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("Stream ended after " + body.length + " of " + length + " body bytes");
    }
    int end = next();
    if (end != 0) {
      throw new MalformedFrameException("No NUL after " + length + " body bytes");
    }
    return body;
  }

  private byte[] bodyUpToNul() throws IOException {
    var body = new ByteArrayOutputStream();
    for (int next = next(); next != 0; next = next()) {
      if (body.size() >= limits.maxBodyBytes()) {
        throw new MalformedFrameException("Body exceeds " + limits.maxBodyBytes() + " bytes");
      }
      body.write(next);
    }
    return body.toByteArray();
  }

  private String line(int first, String what) throws IOException {
    var line = new ByteArrayOutputStream(80);
    for (int next = first; next != '\n'; next = next()) {
      if (next == 0) {
        throw new MalformedFrameException("NUL inside a " + what + " line");
      }
      if (line.size() >= limits.maxHeaderLineBytes()) {
        throw new MalformedFrameException(
            "A " + what + " line exceeds " + limits.maxHeaderLineBytes() + " bytes");
      }
      line.write(next);
    }
    byte[] bytes = line.toByteArray();
    int end = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedFrameException("A " + what + " line is not UTF-8");
    }
  }

  private int next() throws IOException {
    int next = input.read();
    if (next < 0) {
      throw new EOFException("Stream ended inside a frame");
    }
    return next;
  }

  private static String unescape(String text, boolean escaped) throws MalformedFrameException {
    if (!escaped || text.indexOf('\\') < 0) {
      return text;
    }
    var plain = new StringBuilder(text.length());
    int start = 0;
    for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', start)) {
      plain.append(text, start, at);
      plain.append(
          switch (at + 1 < text.length() ? text.charAt(at + 1) : ' ') {
            case 'c' -> ':';
            case 'r' -> '\r';
            case 'n' -> '\n';
            case '\\' -> '\\';
            default -> throw new MalformedFrameException("Undefined escape in a header");
          });
      start = at + 2;
    }
    plain.append(text, start, text.length());
    return plain.toString();
  }

  private static String shortened(String text) {
    return text.length() <= 20 ? text : text.substring(0, 20) + "…";
  }
}

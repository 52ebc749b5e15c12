package io.overt.vdsmrpc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One STOMP 1.2 frame with its header values unescaped. Of a repeated header only the first is kept
 * (STOMP 1.2, "Repeated Header Entries").
 */
@SuppressWarnings("ArrayRecordComponent") // Frames are never compared.
record StompFrame(String command, Map<String, String> headers, byte[] body) {
  static final String CONNECT = "CONNECT";
  static final String STOMP = "STOMP";
  static final String CONNECTED = "CONNECTED";
  static final String SEND = "SEND";
  static final String SUBSCRIBE = "SUBSCRIBE";
  static final String UNSUBSCRIBE = "UNSUBSCRIBE";
  static final String MESSAGE = "MESSAGE";
  static final String DISCONNECT = "DISCONNECT";
  static final String RECEIPT = "RECEIPT";
  static final String ERROR = "ERROR";

  private static final byte[] NO_BODY = new byte[0];

  StompFrame {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** A frame without a body; {@code headers} alternates names and values. */
  static StompFrame of(String command, String... headers) {
    return withBody(command, NO_BODY, headers);
  }

  /** A frame with a body, for which {@link #encoded()} writes the {@code content-length}. */
  static StompFrame withBody(String command, byte[] body, String... headers) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i + 1 < headers.length; i += 2) {
      map.putIfAbsent(headers[i], headers[i + 1]);
    }
    return new StompFrame(command, map, body);
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }

  /**
   * The frame as it goes over the wire, {@code content-length} last and only when there is a body.
   */
  byte[] encoded() {
    boolean escaping = escapes(command);
    var head = new StringBuilder(command).append('\n');
    headers.forEach(
        (name, value) -> {
          if (!name.equals("content-length")) {
            head.append(escaping ? escape(name) : plain(name))
                .append(':')
                .append(escaping ? escape(value) : plain(value))
                .append('\n');
          }
        });
    if (body.length > 0) {
      head.append("content-length:").append(body.length).append('\n');
    }
    head.append('\n');
    byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
    var bytes = new ByteArrayOutputStream(start.length + body.length + 1);
    bytes.writeBytes(start);
    bytes.writeBytes(body);
    bytes.write(0);
    return bytes.toByteArray();
  }

  /** CONNECT and CONNECTED carry their values as they are (STOMP 1.2, "Value Encoding"). */
  static boolean escapes(String command) {
    return !command.equals(CONNECT) && !command.equals(CONNECTED) && !command.equals(STOMP);
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\")
        .replace("\r", "\\r")
        .replace("\n", "\\n")
        .replace(":", "\\c")
        // No escape exists for NUL, and it would end the frame.
        .replace("\0", "");
  }

  private static String plain(String text) {
    return text.replace("\r", "").replace("\n", "").replace("\0", "");
  }

  /** Command and header names only: bodies and values may carry secrets. */
  @Override
  public String toString() {
    return command + " " + headers.keySet() + " (" + body.length + " bytes)";
  }
}

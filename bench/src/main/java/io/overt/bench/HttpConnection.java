package io.overt.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One HTTPS connection that is kept, with as little work a request as can be: what the load
 * generator spends, the engine on the same cores lacks.
 */
final class HttpConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Socket socket;
  private final InputStream input;
  private final StringBuilder line = new StringBuilder();
  private final byte[] sink = new byte[1 << 15];

  HttpConnection(SSLContext trust, int port) throws IOException {
    socket = trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    input = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  /**
   * An answer.
   *
   * @param cookie what {@code Set-Cookie} holds before its first semicolon; null for none
   */
  record Answer(int status, long length, @Nullable String cookie) {}

  /** The bytes of a GET, to be sent as often as need be. */
  static byte[] get(String path, String header) {
    return ("GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nVersion: 4\r\n"
            + "Prefer: persistent-auth\r\n"
            + header
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  Answer send(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    String[] words = readLine().split(" ", 3);
    if (words.length < 2) {
      throw new EOFException("the engine closed the connection");
    }
    int status = Integer.parseInt(words[1]);
    long length = -1;
    String cookie = null;
    boolean chunked = false;
    for (String head = readLine(); !head.isEmpty(); head = readLine()) {
      int colon = head.indexOf(':');
      String value = head.substring(colon + 1).strip();
      switch (head.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = Long.parseLong(value);
        case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
        case "set-cookie" -> cookie = value.split(";", 2)[0];
        default -> {}
      }
    }
    return new Answer(status, chunked ? skipChunks() : skip(Math.max(0, length)), cookie);
  }

  private long skipChunks() throws IOException {
    long all = 0;
    while (true) {
      long size = Long.parseLong(readLine(), 16);
      all += skip(size);
      readLine();
      if (size == 0) {
        return all;
      }
    }
  }

  private long skip(long length) throws IOException {
    long left = length;
    while (left > 0) {
      int read = input.read(sink, 0, (int) Math.min(left, sink.length));
      if (read < 0) {
        throw new EOFException("the engine closed the connection within an answer");
      }
      left -= read;
    }
    return length;
  }

  private String readLine() throws IOException {
    line.setLength(0);
    for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException nobodyCares) {
      return;
    }
  }
}

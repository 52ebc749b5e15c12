package io.overt.vdsmrpc;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * How a stream is opened on the port of the verbs, where VDSM answers HTTP too: a request to switch
 * protocols (RFC 9110, 7.8), after whose answer the connection belongs to the stream.
 *
 * @param start the request's or answer's first line
 * @param headers by their names in small letters
 */
record StreamOpening(String start, Map<String, String> headers) {
  /** Of {@code GET}; no frame of STOMP starts so. */
  static final int FIRST = 'G';

  private static final String PROTOCOL = "overt-bytes";
  private static final String USER = "Overt-User";
  private static final String TAKE = "Overt-Take";
  private static final int MOST_CHARACTERS = 8 << 10;

  /** A peer whose machine died is noticed in about two minutes. */
  private static final int KEEP_ALIVE_SECONDS = 60;

  private static final int KEEP_ALIVE_PROBES = 4;

  static StreamOpening read(InputStream input) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int next = input.read();
      if (next < 0) {
        throw new EOFException("closed in the opening of a stream");
      }
      if (text.append((char) next).length() > MOST_CHARACTERS) {
        throw new IOException("the opening of a stream is too long");
      }
    }
    String[] lines = text.toString().split("\r\n");
    Map<String, String> headers = new LinkedHashMap<>();
    for (int index = 1; index < lines.length; index++) {
      int colon = lines[index].indexOf(':');
      if (colon > 0) {
        headers.put(
            lines[index].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[index].substring(colon + 1).strip());
      }
    }
    return new StreamOpening(lines[0], headers);
  }

  /** The server's side. */
  void serve(
      Socket raw,
      Socket socket,
      DeadlineInputStream input,
      PeerIdentity peer,
      StreamHandler handler)
      throws IOException {
    OutputStream output = socket.getOutputStream();
    try {
      String[] words = start.split(" ");
      if (words.length != 3 || !PROTOCOL.equals(headers.get("upgrade"))) {
        throw new StreamRefused(400, "Only streams are given here, by Upgrade: " + PROTOCOL);
      }
      handler.serve(
          new StreamHandler.Request(
              peer,
              words[1],
              headers.getOrDefault(USER.toLowerCase(Locale.ROOT), ""),
              "true".equals(headers.get(TAKE.toLowerCase(Locale.ROOT)))),
          () -> {
            say(
                output,
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: "
                    + PROTOCOL
                    + "\r\n\r\n");
            input.phaseEnded();
            keepAlive(raw);
            return new ByteStream(raw, input, output);
          });
    } catch (StreamRefused refusal) {
      byte[] message = String.valueOf(refusal.getMessage()).getBytes(StandardCharsets.UTF_8);
      say(
          output,
          "HTTP/1.1 %d Refused\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
              .formatted(refusal.status(), message.length));
      output.write(message);
      socket.close();
    }
  }

  /**
   * The client's side.
   *
   * @throws StreamRefused with the server's words
   */
  static ByteStream open(
      Socket raw, @Nullable SSLContext tls, String name, StreamHandler.Request wanted)
      throws IOException {
    raw.setTcpNoDelay(true);
    keepAlive(raw);
    Socket socket = tls == null ? raw : Tls.clientSide(tls, raw, name, name);
    if (socket instanceof SSLSocket secured) {
      secured.startHandshake();
    }
    OutputStream output = socket.getOutputStream();
    say(
        output,
        "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: %s\r\n%s: %s\r\n%s: %s\r\n\r\n"
            .formatted(
                wanted.path(),
                name,
                PROTOCOL,
                USER,
                wanted.user().replaceAll("[^\\x20-\\x7e]", "?"),
                TAKE,
                wanted.take()));
    InputStream input = socket.getInputStream();
    StreamOpening answer = read(input);
    String[] words = answer.start().split(" ");
    int status = words.length > 1 && words[1].matches("\\d{3}") ? Integer.parseInt(words[1]) : 0;
    if (status != 101) {
      String length = answer.headers().getOrDefault("content-length", "0");
      int bytes = length.matches("\\d{1,4}") ? Integer.parseInt(length) : 0;
      throw new StreamRefused(status, new String(input.readNBytes(bytes), StandardCharsets.UTF_8));
    }
    return new ByteStream(raw, input, output);
  }

  private static void say(OutputStream output, String text) throws IOException {
    output.write(text.getBytes(StandardCharsets.ISO_8859_1));
    output.flush();
  }

  private static void keepAlive(Socket raw) throws IOException {
    raw.setKeepAlive(true);
    raw.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS);
    raw.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_SECONDS / KEEP_ALIVE_PROBES);
    raw.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_PROBES);
  }
}

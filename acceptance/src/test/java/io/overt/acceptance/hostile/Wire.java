package io.overt.acceptance.hostile;

import io.overt.acceptance.EngineFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/** Bytes to an engine and back, as a client may send them that follows no rule. */
final class Wire {
  static final String API = "/ovirt-engine/api";
  private static final int PATIENCE_MILLIS = 30_000;

  private final SSLContext trust;
  private final int port;
  private final String basic;

  Wire(EngineFixture engine) {
    this.trust = engine.access().trust();
    this.port = URI.create(engine.config().url()).getPort();
    this.basic = basic("admin@internal", engine.access().adminPassword());
  }

  static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /**
   * What came back.
   *
   * @param head status line and headers
   */
  record Reply(String head, String body) {
    int status() {
      return head.startsWith("HTTP/1.1 ") ? Integer.parseInt(head.substring(9, 12)) : 0;
    }

    /** Value of a header, or empty. */
    String header(String name) {
      return head.lines()
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    boolean json() {
      return header("Content-Type").startsWith("application/json");
    }
  }

  /** A connection, with a handshake done; reads give up after half a minute. */
  Socket connect() throws IOException {
    Socket socket = trust.getSocketFactory().createSocket("localhost", port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** Sends bytes and reads until the server closes. */
  Reply raw(byte[] request) {
    try (Socket socket = connect()) {
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
      } catch (IOException e) {
        // the server has heard enough and closed: its answer is what counts
      }
      return read(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Reply raw(String request) {
    return raw(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Everything until the server closes or says no more. */
  static Reply read(Socket socket) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      InputStream input = socket.getInputStream();
      byte[] chunk = new byte[8 << 10];
      for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
        bytes.write(chunk, 0, count);
      }
    } catch (IOException e) {
      // a connection that ends without ceremony
    }
    String text = bytes.toString(StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    return end < 0
        ? new Reply(text, "")
        : new Reply(text.substring(0, end), text.substring(end + 4));
  }

  /** Request line and headers of the administrator, for one request on a connection. */
  String head(String method, String path, String... headers) {
    StringBuilder head =
        new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n");
    head.append("Authorization: ").append(basic).append("\r\nConnection: close\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  Reply get(String path, String... headers) {
    return raw(head("GET", path, headers));
  }

  /** Sends a body in XML, or none when it is empty. */
  Reply xml(String method, String path, String body) {
    return body.isEmpty()
        ? raw(head(method, path))
        : send(method, path, false, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a body, in JSON or in XML, and asks for the answer in the same. */
  Reply post(String path, boolean json, byte[] body) {
    return send("POST", path, json, body);
  }

  private Reply send(String method, String path, boolean json, byte[] body) {
    String type = json ? "application/json" : "application/xml";
    byte[] head =
        head(
                method,
                path,
                "Content-Type: " + type,
                "Accept: " + type,
                "Content-Length: " + body.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return raw(all);
  }

  Reply post(String path, boolean json, String body) {
    return post(path, json, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether others are served as if nothing were. */
  boolean well() {
    return get(API + "/tags").status() == 200;
  }
}

package io.overt.rest;

import io.overt.access.pki.CertificateAuthority;
import io.overt.access.pki.KeyFiles;
import io.overt.access.pki.Tls;
import io.overt.model.ApiFault;
import io.overt.rest.api.Completion;
import io.overt.rest.socket.SocketDoor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/** A server on loopback ports with {@link SmallSystem} behind it, and clients for it. */
final class Running implements AutoCloseable {
  private static final CertificateAuthority AUTHORITY = authority();
  private static final KeyFiles KEYS = AUTHORITY.server(List.of("localhost"));
  static final String BASIC =
      "Basic "
          + Base64.getEncoder()
              .encodeToString("admin@internal:letmein".getBytes(StandardCharsets.UTF_8));

  final SmallSystem system = new SmallSystem();
  final TestAuthenticator authenticator = new TestAuthenticator();
  final TestFeed feed = new TestFeed();
  final Map<String, Completion.Ending> endings = new ConcurrentHashMap<>();
  volatile String forbidden = "";
  volatile boolean databaseUp = true;
  volatile long slowness;
  final ApiServer server;
  final HttpClient client;

  Running() {
    this(ApiServerConfig.DEFAULT);
  }

  Running(ApiServerConfig config) {
    SSLContext tls = Tls.server(KEYS);
    ApiPorts ports =
        new ApiPorts(
            authenticator,
            call -> {
              if (call.operation().key().equals(forbidden)) {
                throw ApiFault.forbidden("You may not " + forbidden);
              }
            },
            (job, deadline) -> {
              Thread.sleep(slowness);
              return endings.getOrDefault(
                  job, new Completion.Ending(Completion.State.FINISHED, null));
            },
            feed,
            kind -> Optional.of(AUTHORITY.certificate()),
            () -> databaseUp,
            Clock.systemUTC());
    this.server =
        new ApiServer(config.withPorts(0, 0), tls, system, ports, List.of(), List.of(echo()))
            .start();
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Tls.client(List.of(AUTHORITY.certificate())))
            .connectTimeout(Duration.ofSeconds(10))
            .build();
  }

  /** Answers over a WebSocket what it is sent, to who knows the word. */
  private static Mount echo() {
    return Mount.at(
        "/echo",
        new SocketDoor(
            query -> {
              if (!"please".equals(query.get("ticket"))) {
                throw ApiFault.forbidden("the ticket is not known");
              }
              return new EchoTunnel();
            }));
  }

  private static CertificateAuthority authority() {
    try {
      Path directory = Files.createTempDirectory("overt-rest-test");
      directory.toFile().deleteOnExit();
      return CertificateAuthority.open(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String http(String path) {
    return "http://localhost:" + server.httpPort() + path;
  }

  String https(String path) {
    return "https://localhost:" + server.httpsPort() + path;
  }

  /** Sends to a path below the API, as the administrator; headers as name, value, name, value. */
  HttpResponse<String> api(String method, String path, String body, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Authorization";
    all[1] = BASIC;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return send(method, http("/ovirt-engine/api" + path), body, all);
  }

  HttpResponse<String> get(String path, String... headers) {
    return api("GET", path, null, headers);
  }

  HttpResponse<String> xml(String method, String path, String body, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = "application/xml";
    System.arraycopy(headers, 0, all, 2, headers.length);
    return api(method, path, body, all);
  }

  HttpResponse<String> send(String method, String url, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    for (int index = 0; index < headers.length; index += 2) {
      request.setHeader(headers[index], headers[index + 1]);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends bytes as they are and reads until the server closes or ten seconds passed. */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.httpPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return drain(socket.getInputStream());
    }
  }

  /** One request line and the usual headers; the connection closes after the answer. */
  String rawGet(String target) throws IOException {
    return raw(
        "GET "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
            + BASIC
            + "\r\n\r\n");
  }

  static String drain(InputStream input) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8_192];
    try {
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        bytes.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // a reset after the answer is an end like any other
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
  }
}

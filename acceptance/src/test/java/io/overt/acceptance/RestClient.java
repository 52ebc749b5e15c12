package io.overt.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/** Plain requests in JSON, where a test has to see every status and header for itself. */
final class RestClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final String base;
  private final String authorization;

  private RestClient(HttpClient http, String base, String authorization) {
    this.http = http;
    this.base = base;
    this.authorization = authorization;
  }

  /** What came back; an empty document where there is none. */
  record Answer(int status, Optional<String> retryAfter, JsonNode document) {
    boolean accepted() {
      return status >= 200 && status < 300;
    }

    String id() {
      return document.path("id").asText();
    }
  }

  /** The administrator. */
  static RestClient open(EngineAccess access) {
    String basic =
        Base64.getEncoder()
            .encodeToString(
                ("admin@internal:" + access.adminPassword()).getBytes(StandardCharsets.UTF_8));
    return open(access, "Basic " + basic);
  }

  /** Whoever has that token. */
  static RestClient withToken(EngineAccess access, String token) {
    return open(access, "Bearer " + token);
  }

  private static RestClient open(EngineAccess access, String authorization) {
    HttpClient http =
        HttpClient.newBuilder()
            .sslContext(access.trust())
            .connectTimeout(Duration.ofSeconds(10))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    return new RestClient(http, access.url(), authorization);
  }

  Answer get(String path) {
    return send("GET", path, "");
  }

  Answer post(String path, String body) {
    return send("POST", path, body);
  }

  Answer put(String path, String body) {
    return send("PUT", path, body);
  }

  Answer delete(String path) {
    return send("DELETE", path, "");
  }

  /** The picture that an action answers with. */
  InputStream download(String path) throws IOException {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      String type = answer.headers().firstValue("Content-Type").orElse("");
      if (answer.statusCode() != 200 || !type.equals("image/png")) {
        throw new AssertionError(
            "%d %s %s"
                .formatted(
                    answer.statusCode(), type, new String(answer.body(), StandardCharsets.UTF_8)));
      }
      return new ByteArrayInputStream(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    URI uri = path.startsWith("/overt/") ? URI.create(base).resolve(path) : URI.create(base + path);
    return HttpRequest.newBuilder(uri).header("Authorization", authorization);
  }

  /**
   * One request and its answer.
   *
   * @param path below {@code /ovirt-engine}, but for Overt's own {@code /overt}
   * @throws UncheckedIOException when the connection breaks: nobody knows what became of it
   */
  private Answer send(String method, String path, String body) {
    HttpRequest request =
        request(path)
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      boolean json =
          response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Retry-After"),
          json ? JSON.readTree(response.body()) : JSON.createObjectNode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The lines of an event stream, until it is closed. */
  Stream<String> events(long from) {
    return stream("/api/events?from=" + from);
  }

  /** The lines of what is told as it happens, until it is closed. */
  Stream<String> stream(String path) {
    try {
      return http.send(
              request(path).header("Accept", "text/event-stream").build(),
              HttpResponse.BodyHandlers.ofLines())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends what is under way too. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}

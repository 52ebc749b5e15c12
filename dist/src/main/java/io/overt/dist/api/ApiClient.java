package io.overt.dist.api;

import io.overt.vdsmrpc.Json;
import io.overt.vdsmrpc.Json.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Requests to one engine, whose authority alone is trusted. */
public final class ApiClient {
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  private final String base;
  private final HttpClient http;
  private final Optional<String> authorization;

  private ApiClient(String base, Path authority, Optional<String> authorization) {
    this.base = base;
    this.http =
        HttpClient.newBuilder()
            .sslContext(trusting(authority))
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    this.authorization = authorization;
  }

  /**
   * @param base {@code https://HOST:PORT/ovirt-engine}
   * @param authority PEM file of the engine's CA
   */
  public static ApiClient of(String base, Path authority, String user, String password) {
    String credentials = user + ":" + password;
    String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    return new ApiClient(base, authority, Optional.of("Basic " + basic));
  }

  /** Without a user. */
  public static ApiClient anonymous(String base, Path authority) {
    return new ApiClient(base, authority, Optional.empty());
  }

  /** Whether the engine says that it is well. */
  public boolean healthy() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + "/services/health"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return http.send(request, BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * An object.
   *
   * @param path below {@code /api}: {@code /vms/123}
   */
  public Entity get(String path) {
    return new Entity(send("GET", path, Optional.empty()));
  }

  /**
   * The objects of a collection.
   *
   * @param name of one object: {@code vm}
   */
  public List<Entity> list(String path, String name) {
    return get(path).children(name);
  }

  /** The object of a collection that has this name. */
  public Optional<Entity> named(String path, String kind, String name) {
    return list(path, kind).stream().filter(entity -> entity.text("name").equals(name)).findFirst();
  }

  /** Adds an object or does an action, and gives what the engine answers. */
  public Entity post(String path, Map<String, ?> body) {
    return new Entity(send("POST", path, Optional.of(body)));
  }

  /** Removes an object. */
  public void delete(String path) {
    send("DELETE", path, Optional.empty());
  }

  private Map<?, ?> send(String method, String path, Optional<Map<String, ?>> body) {
    BodyPublisher content =
        body.map(map -> BodyPublishers.ofByteArray(Json.print(map)))
            .orElseGet(BodyPublishers::noBody);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "/api" + path))
            .timeout(DEADLINE)
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .header("Version", "4")
            .method(method, content);
    authorization.ifPresent(value -> request.header("Authorization", value));
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      if (response.statusCode() >= 300) {
        throw new ApiException(
            response.statusCode(),
            "%s %s: HTTP %d%s"
                .formatted(method, path, response.statusCode(), fault(response.body())));
      }
      return response.body().length == 0 ? Map.of() : object(response.body());
    } catch (IOException e) {
      throw new ApiException(0, method + " " + path + ": no answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(0, method + " " + path + ": interrupted");
    }
  }

  private static Map<?, ?> object(byte[] body) {
    if (Json.parse(body) instanceof Map<?, ?> members) {
      return members;
    }
    throw new MalformedAnswer("an answer is not a JSON object");
  }

  private static final class MalformedAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedAnswer(String message) {
      super(message);
    }
  }

  /** What a fault says, wherever it stands in the answer. */
  private static String fault(byte[] body) {
    try {
      Entity entity = new Entity(object(body));
      Entity fault = entity.child("fault").orElse(entity);
      return ": " + fault.text("reason") + " " + fault.text("detail");
    } catch (MalformedJsonException | MalformedAnswer notOurs) {
      return "";
    }
  }

  private static SSLContext trusting(Path authority) {
    try (InputStream pem = Files.newInputStream(authority)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new ApiException(0, "Cannot trust the authority in " + authority + ": " + e);
    }
  }
}

package io.overt.sdk;

import io.overt.sdk.document.Documents;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The token that calls carry: given, or got from the single sign-on for user and password. */
final class Tokens {
  private static final String SCOPE = "ovirt-app-api";

  private final Settings settings;
  private final Wire wire;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable String token;

  Tokens(Settings settings, Wire wire) {
    this.settings = settings;
    this.wire = wire;
    this.token = settings.token();
  }

  /** Whether an expired token can be replaced. */
  boolean renewable() {
    return settings.user() != null;
  }

  /** The token, asked for when there is none; null for a connection without login. */
  @Nullable String current(String correlationId) {
    String known = token;
    if (known != null || !renewable()) {
      return known;
    }
    lock.lock();
    try {
      if (token == null) {
        token = logIn(correlationId);
      }
      return token;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a token that the engine does not accept any more. */
  void expired(@Nullable String refused) {
    lock.lock();
    try {
      if (refused != null && refused.equals(token)) {
        token = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Makes the next call log in, if it can. */
  void forget() {
    if (renewable()) {
      expired(token);
    }
  }

  private URI address(String path) {
    String prefix = settings.url().getPath();
    int end = prefix.indexOf('/', 1);
    String base = end < 0 || prefix.startsWith("/api") ? "/ovirt-engine" : prefix.substring(0, end);
    return settings.url().resolve(base + path);
  }

  private String logIn(String correlationId) {
    URI address = address("/sso/oauth/token");
    Exchange exchange = new Exchange("POST", address, correlationId);
    String user = String.valueOf(settings.user());
    String password = String.valueOf(settings.password());
    Wire.Answer answer =
        post(
            exchange,
            Map.of(
                "grant_type", "password",
                "scope", SCOPE,
                "username", user,
                "password", password));
    Map<String, String> content = Documents.texts(answer.body());
    String issued = content.get("access_token");
    if (issued != null) {
      return issued;
    }
    if (answer.status() >= 500) {
      throw Faults.of(exchange, answer);
    }
    String code = content.getOrDefault("error_code", content.getOrDefault("error", ""));
    String message = content.getOrDefault("error", content.getOrDefault("error_description", ""));
    throw new Unauthorized(
        exchange,
        answer.status(),
        code.isEmpty() ? "the single sign-on gave no token" : code,
        message.isEmpty() || message.equals(code) ? null : message);
  }

  private Wire.Answer post(Exchange exchange, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        wire.request(exchange.address())
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Correlation-Id", exchange.correlationId())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return wire.send(request, exchange);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * Gives a token back.
   *
   * @param given whether also one that was not got here
   */
  void logOut(String correlationId, boolean given) {
    String known = token;
    token = null;
    if (known == null || !(given || renewable())) {
      return;
    }
    try {
      Exchange exchange = new Exchange("POST", address("/services/sso-logout"), correlationId);
      post(exchange, Map.of("scope", SCOPE, "token", known));
    } catch (Transport gone) {
      // The token ends by itself.
      return;
    }
  }
}

package io.overt.rest.api;

import io.overt.rest.http.Exchange;
import java.io.IOException;
import java.util.Set;

/**
 * Requests of pages from other origins (Fetch standard). Off unless origins are allowed.
 *
 * @param origins allowed ones, {@code https://portal.example.com}; {@code *} for any
 */
public record Cors(Set<String> origins) {
  public static final Cors OFF = new Cors(Set.of());

  /** Adds the headers for an allowed origin; true when this was a preflight and is answered. */
  boolean answered(Exchange exchange) throws IOException {
    String origin = exchange.header("Origin");
    if (origin == null || !(origins.contains(origin) || origins.contains("*"))) {
      return false;
    }
    exchange.setHeader("Access-Control-Allow-Origin", origin);
    exchange.addHeader("Vary", "Origin");
    if (!origins.contains("*")) {
      exchange.setHeader("Access-Control-Allow-Credentials", "true");
    }
    exchange.setHeader("Access-Control-Expose-Headers", "Correlation-Id,Link,Location");
    if (exchange.method().equals("OPTIONS")
        && exchange.header("Access-Control-Request-Method") != null) {
      exchange.setHeader("Access-Control-Allow-Methods", "GET,POST,PUT,DELETE");
      exchange.setHeader("Access-Control-Allow-Headers", "Accept,Authorization,Content-Type");
      exchange.setHeader("Access-Control-Max-Age", "1800");
      exchange.answer(200);
      return true;
    }
    return false;
  }
}

package io.overt.rest.http;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The id that joins a request with its jobs, events and log lines (oVirt engine 4.5). */
final class CorrelationId {
  private static final int LONGEST = 36;

  private CorrelationId() {}

  /** From the header, else from the query, else a new one. */
  static String of(Exchange exchange) {
    String header = clean(exchange.header("Correlation-Id"));
    if (!header.isEmpty()) {
      return header;
    }
    String parameter = clean(exchange.query().get("correlation_id"));
    return parameter.isEmpty() ? UUID.randomUUID().toString() : parameter;
  }

  private static String clean(@Nullable String text) {
    if (text == null) {
      return "";
    }
    String safe = text.replaceAll("[^0-9a-zA-Z_-]", "");
    return safe.length() > LONGEST ? safe.substring(0, LONGEST) : safe;
  }
}

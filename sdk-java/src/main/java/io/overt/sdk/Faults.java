package io.overt.sdk;

import io.overt.sdk.document.Documents;
import io.overt.sdk.document.Node;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes exceptions of refusals. */
final class Faults {
  private Faults() {}

  static ApiException of(Exchange exchange, Wire.Answer answer) {
    Optional<Node> fault =
        answer.contentType().contains("json") ? Documents.fault(answer.body()) : Optional.empty();
    String reason =
        fault.flatMap(found -> found.text("reason")).orElseGet(() -> phrase(answer.status()));
    String detail = fault.flatMap(found -> found.text("detail")).orElse(null);
    return of(exchange, answer.status(), reason, detail);
  }

  static ApiException of(Exchange exchange, int status, String reason, @Nullable String detail) {
    return switch (status) {
      case 401 -> new Unauthorized(exchange, status, reason, detail);
      case 403 -> new Forbidden(exchange, status, reason, detail);
      case 404 -> new NotFound(exchange, status, reason, detail);
      case 409 -> new Conflict(exchange, status, reason, detail);
      case 502, 503, 504 -> new Unavailable(exchange, status, reason, detail);
      default ->
          status >= 500
              ? new ServerError(exchange, status, reason, detail)
              : new BadRequest(exchange, status, reason, detail);
    };
  }

  private static String phrase(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> "HTTP " + status;
    };
  }
}

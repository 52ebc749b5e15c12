package io.overt.sdk;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that did not end as it should. Every one knows the call's correlation id, which finds the
 * call in the engine's log, events and jobs; none contains a password or a token.
 */
public abstract sealed class ApiException extends RuntimeException
    permits BadRequest,
        Conflict,
        Forbidden,
        JobFailed,
        NotFound,
        ServerError,
        Transport,
        Unauthorized,
        Unavailable,
        WaitTimeout {
  private static final long serialVersionUID = 1L;

  private final String method;
  private final String address;
  private final String correlationId;
  private final int status;
  private final String reason;
  private final @Nullable String detail;

  ApiException(
      Exchange exchange,
      int status,
      String reason,
      @Nullable String detail,
      @Nullable Throwable cause) {
    super(message(exchange, status, reason, detail), cause);
    this.method = exchange.method();
    this.address = exchange.address().toString();
    this.correlationId = exchange.correlationId();
    this.status = status;
    this.reason = reason;
    this.detail = detail;
  }

  private static String message(
      Exchange exchange, int status, String reason, @Nullable String detail) {
    return "%s %s: %s%s%s (correlation id %s)"
        .formatted(
            exchange.method(),
            exchange.address(),
            status == 0 ? "" : status + " ",
            reason,
            detail == null ? "" : ": " + detail,
            exchange.correlationId());
  }

  /** The HTTP method of the call. */
  public String method() {
    return method;
  }

  /** Where the call went. */
  public URI address() {
    return URI.create(address);
  }

  public String correlationId() {
    return correlationId;
  }

  /** The HTTP status of the answer; 0 if there was none. */
  public int status() {
    return status;
  }

  /** What kind of refusal it is, in the engine's words. */
  public String reason() {
    return reason;
  }

  /** What is wrong, in the engine's words. */
  public Optional<String> detail() {
    return Optional.ofNullable(detail);
  }
}

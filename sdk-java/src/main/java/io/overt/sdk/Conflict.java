package io.overt.sdk;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** 409: not in the present state. */
public final class Conflict extends ApiException {
  private static final long serialVersionUID = 1L;

  /** What engines say of an object with which something else is being done. */
  private static final List<String> PASSING =
      List.of(
          "related operation",
          "is locked",
          "are locked",
          "being ",
          "in progress",
          "still working",
          "changed meanwhile",
          "try again");

  private final boolean retryable;

  Conflict(Exchange exchange, int status, String reason, @Nullable String detail) {
    super(exchange, status, reason, detail, null);
    String text = (reason + " " + detail).toLowerCase(Locale.ROOT);
    this.retryable = PASSING.stream().anyMatch(text::contains);
  }

  /** Whether something else is being done with the object, so that it may work a little later. */
  public boolean retryable() {
    return retryable;
  }
}

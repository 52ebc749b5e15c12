package io.overt.rest.http;

import org.jspecify.annotations.Nullable;

/** A request that is refused by its HTTP alone, before any feature sees it. */
public final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final @Nullable String detail;

  /**
   * @param detail what is wrong, for the body of the answer; null for an empty body
   */
  public HttpProblem(int status, @Nullable String detail) {
    super(detail == null ? "HTTP " + status : detail, null, false, false);
    this.status = status;
    this.detail = detail;
  }

  public int status() {
    return status;
  }

  public @Nullable String detail() {
    return detail;
  }
}

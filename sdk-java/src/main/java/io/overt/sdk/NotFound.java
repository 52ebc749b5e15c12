package io.overt.sdk;

import org.jspecify.annotations.Nullable;

/** 404: there is no such object, or this user may not see it. */
public final class NotFound extends ApiException {
  private static final long serialVersionUID = 1L;

  NotFound(Exchange exchange, int status, String reason, @Nullable String detail) {
    super(exchange, status, reason, detail, null);
  }
}

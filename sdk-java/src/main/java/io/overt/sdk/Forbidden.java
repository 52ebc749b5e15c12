package io.overt.sdk;

import org.jspecify.annotations.Nullable;

/** 403: this user may not do that. */
public final class Forbidden extends ApiException {
  private static final long serialVersionUID = 1L;

  Forbidden(Exchange exchange, int status, String reason, @Nullable String detail) {
    super(exchange, status, reason, detail, null);
  }
}

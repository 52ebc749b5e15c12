package io.overt.sdk;

import org.jspecify.annotations.Nullable;

/** 500 and 501: the engine failed, or does not offer this. */
public final class ServerError extends ApiException {
  private static final long serialVersionUID = 1L;

  ServerError(Exchange exchange, int status, String reason, @Nullable String detail) {
    super(exchange, status, reason, detail, null);
  }
}

package io.overt.sdk;

import org.jspecify.annotations.Nullable;

/**
 * 400 and other refusals that a repetition does not help: something in the request is not what it
 * should be.
 */
public final class BadRequest extends ApiException {
  private static final long serialVersionUID = 1L;

  BadRequest(Exchange exchange, int status, String reason, @Nullable String detail) {
    super(exchange, status, reason, detail, null);
  }
}

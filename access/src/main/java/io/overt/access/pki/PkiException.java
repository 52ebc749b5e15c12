package io.overt.access.pki;

import org.jspecify.annotations.Nullable;

/** A certificate or key cannot be read, used or made; the message names the file or value. */
public final class PkiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PkiException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public PkiException(String message) {
    this(message, null);
  }
}

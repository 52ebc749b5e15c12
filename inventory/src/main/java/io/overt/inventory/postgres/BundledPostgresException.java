package io.overt.inventory.postgres;

/** The bundled server cannot be set up or started; the message says why and what to do. */
public final class BundledPostgresException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BundledPostgresException(String message) {
    super(message);
  }

  BundledPostgresException(String message, Throwable cause) {
    super(message, cause);
  }
}

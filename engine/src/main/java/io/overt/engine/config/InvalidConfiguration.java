package io.overt.engine.config;

/** A setting that cannot be used; the message says where it is and what to write instead. */
public final class InvalidConfiguration extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidConfiguration(String message) {
    super(message);
  }
}

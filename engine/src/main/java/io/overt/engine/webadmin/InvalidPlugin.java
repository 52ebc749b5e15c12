package io.overt.engine.webadmin;

/** A descriptor or user configuration that is none; the message names file, member and value. */
final class InvalidPlugin extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidPlugin(String message) {
    super(message);
  }
}

package io.overt.events.notifier;

/** Settings of the notifier that cannot be used; the message names key, value and expectation. */
public final class InvalidNotifierConfig extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidNotifierConfig(String message) {
    super(message);
  }
}

package io.overt.agent.hooks;

/** Scripts refused an operation; the message names them and says what they wrote. */
public final class HookException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public HookException(String message) {
    super(message);
  }
}

package io.overt.dist;

/** Something that a command cannot do; the message is all that the user has to see. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Failure(String message) {
    super(message);
  }
}

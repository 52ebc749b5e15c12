package io.overt.access.session;

/**
 * A secret that stands for a session.
 *
 * @param value 86 url-safe characters for a token or cookie; never log it
 */
public record Token(String value, Session session) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "Token[" + session.id() + "]";
  }
}

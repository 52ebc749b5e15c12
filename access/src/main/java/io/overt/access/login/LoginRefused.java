package io.overt.access.login;

/** The credentials are right, but the user has no permit to log in: 401 with this message. */
public final class LoginRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LoginRefused(String message) {
    super(message);
  }

  /** Never null, unlike {@link #getMessage()}. */
  public String text() {
    return String.valueOf(getMessage());
  }
}

package io.overt.access.session;

/**
 * A refusal by the sign-on: the door renders it as OAuth error, or as 401 for an API request.
 *
 * <p>Codes as in oVirt's SSO: {@code access_denied}, {@code invalid_grant}, {@code invalid_scope},
 * {@code invalid_request}, {@code unsupported_grant_type}, {@code server_error}.
 */
public final class SsoFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  public SsoFault(String code, String message) {
    super(message);
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** Never null, unlike {@link #getMessage()}. */
  public String text() {
    return String.valueOf(getMessage());
  }
}

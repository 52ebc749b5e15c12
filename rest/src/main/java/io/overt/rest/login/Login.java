package io.overt.rest.login;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a login. */
public sealed interface Login {

  /**
   * Admitted.
   *
   * @param secret for later requests: the token or the API session's id; null when neither was
   *     asked for
   * @param expires when the secret ends without use; null without one
   */
  record Accepted(Identity identity, @Nullable String secret, @Nullable Instant expires)
      implements Login {}

  /**
   * Refused.
   *
   * @param code {@code access_denied}, {@code invalid_grant} …; null for a bare message
   * @param message for the client
   */
  record Refused(@Nullable String code, String message) implements Login {

    /** As the 401 page and SSO say it: {@code access_denied: message}. */
    public String text() {
      return code == null ? message : code + ": " + message;
    }
  }
}

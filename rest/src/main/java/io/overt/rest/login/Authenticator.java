package io.overt.rest.login;

import java.util.Optional;
import java.util.Set;

/** Port to whatever knows users, passwords and tokens. Implementations may block for seconds. */
public interface Authenticator {

  /**
   * A login for one request.
   *
   * @param user {@code name@profile} as sent; may be anything
   */
  Login basic(String user, String password, Source source);

  /** The holder of a token that may use the API. */
  Login bearer(String token, Source source);

  /**
   * A login that lasts: for tokens and API sessions.
   *
   * @param scopes granted scopes; only a token with {@code ovirt-app-api} may use the API
   */
  Login issue(String user, String password, Set<String> scopes, Source source);

  /** Ends a token; unknown ones are ignored. */
  void revoke(String token);

  /** What a valid token stands for. */
  Optional<TokenInfo> info(String token);

  /** Whether these are the credentials of a client that may ask about and revoke tokens. */
  boolean client(String id, String secret);
}

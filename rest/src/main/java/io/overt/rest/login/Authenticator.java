package io.overt.rest.login;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Port to whatever knows users, passwords and tokens. Implementations may block for seconds. */
public interface Authenticator {

  /**
   * A login with a password.
   *
   * @param user {@code name@profile} as sent; may be anything
   * @param keep to open an API session, which {@link Login.Accepted#secret} then names; null for
   *     this request alone
   */
  Login basic(String user, String password, Source source, @Nullable Keep keep);

  /**
   * The holder of a token that may use the API.
   *
   * @param keep to open an API session that ends with the token; null for this request alone
   */
  Login bearer(String token, Source source, @Nullable Keep keep);

  /**
   * The API session that all who hold that token share; it ends with the token.
   *
   * @return its id as {@link Login.Accepted#secret}
   */
  Login shared(String token, Source source);

  /** The live API session of that id, whose idle time starts anew; empty when it ended. */
  Optional<Kept> session(String id, Source source);

  /** Whether a token or API session is alive, which goes on as if nobody had asked. */
  boolean lasts(String secret);

  /**
   * A token.
   *
   * @param scopes granted scopes; only a token with {@code ovirt-app-api} may use the API
   */
  Login issue(String user, String password, Set<String> scopes, Source source);

  /** Ends a token or API session; unknown ones are ignored. */
  void revoke(String secret, Source source);

  /** What a valid token stands for. */
  Optional<TokenInfo> info(String token);

  /** Whether these are the credentials of a client that may ask about and revoke tokens. */
  boolean client(String id, String secret);
}

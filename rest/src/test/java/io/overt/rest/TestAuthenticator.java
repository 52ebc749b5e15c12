package io.overt.rest;

import io.overt.rest.login.Authenticator;
import io.overt.rest.login.Identity;
import io.overt.rest.login.Keep;
import io.overt.rest.login.Kept;
import io.overt.rest.login.Login;
import io.overt.rest.login.Source;
import io.overt.rest.login.TokenInfo;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** One user, {@code admin@internal} with the password {@code letmein}. */
final class TestAuthenticator implements Authenticator {
  static final Instant EXPIRES = Instant.ofEpochMilli(1_795_929_160_000L);
  final Map<String, String> tokens = new ConcurrentHashMap<>();
  final Map<String, Held> sessions = new ConcurrentHashMap<>();
  volatile Source lastSource;

  /** A session and the token that it ends with, if any. */
  record Held(String token, Keep keep, boolean shared) {}

  private static Login.Accepted accepted(String token) {
    Identity identity =
        new Identity("admin@internal-authz", true, new TestCaller("admin@internal-authz"));
    return new Login.Accepted(identity, token, token == null ? null : EXPIRES);
  }

  private static boolean right(String user, String password) {
    return user.equals("admin@internal") && password.equals("letmein");
  }

  private static Login.Refused refused(String user) {
    return new Login.Refused(
        "access_denied", "Cannot authenticate user '" + user + "': Unable to log in.");
  }

  @Override
  public Login basic(String user, String password, Source source, Keep keep) {
    return right(user, password) ? accepted(keep(null, keep)) : refused(user);
  }

  @Override
  public Login bearer(String token, Source source, Keep keep) {
    String scope = tokens.get(token);
    return scope != null && scope.contains("ovirt-app-api")
        ? accepted(keep(token, keep))
        : new Login.Refused(
            "invalid_grant", "The provided authorization grant for the auth code has expired.");
  }

  private String keep(String token, Keep keep) {
    if (keep == null) {
      return null;
    }
    String id = UUID.randomUUID().toString();
    sessions.put(id, new Held(token, keep, false));
    return id;
  }

  @Override
  public Login shared(String token, Source source) {
    String id = "shared-" + token;
    sessions.put(id, new Held(token, new Keep(null, false), true));
    return accepted(id);
  }

  @Override
  public Optional<Kept> session(String id, Source source) {
    Held held = sessions.get(id);
    if (held == null || (held.token() != null && !tokens.containsKey(held.token()))) {
      return Optional.empty();
    }
    lastSource = source;
    return Optional.of(
        new Kept(accepted(null).identity(), held.keep().protectedFromForgery(), held.shared()));
  }

  @Override
  public boolean lasts(String secret) {
    return tokens.containsKey(secret) || sessions.containsKey(secret);
  }

  @Override
  public Login issue(String user, String password, Set<String> scopes, Source source) {
    if (!right(user, password)) {
      return refused(user);
    }
    String token = UUID.randomUUID().toString();
    tokens.put(token, String.join(" ", scopes));
    return accepted(token);
  }

  @Override
  public void revoke(String secret, Source source) {
    tokens.remove(secret);
    sessions.remove(secret);
  }

  @Override
  public Optional<TokenInfo> info(String token) {
    return Optional.ofNullable(tokens.get(token))
        .map(scope -> new TokenInfo("admin@internal", scope, EXPIRES));
  }

  @Override
  public boolean client(String id, String secret) {
    return id.equals("overt") && secret.equals("client-secret");
  }
}

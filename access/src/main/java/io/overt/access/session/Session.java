package io.overt.access.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A login that lasts: a token's or a cookie's.
 *
 * @param directoryUser id of the directory's entry
 * @param scopes what was granted, the requested ones first
 * @param csrf whether requests have to repeat the session id in a header
 * @param shared whether several use it, of whom none ends it
 * @param idle how long it lasts without use
 * @param expires when it ends unless it is used before
 */
public record Session(
    UUID id,
    UUID directoryUser,
    List<String> scopes,
    boolean csrf,
    boolean shared,
    Duration idle,
    Instant started,
    Instant expires) {

  public Session {
    scopes = List.copyOf(scopes);
  }

  public boolean hasScope(String scope) {
    return scopes.contains(scope);
  }

  Session until(Instant later) {
    return new Session(id, directoryUser, scopes, csrf, shared, idle, started, later);
  }
}

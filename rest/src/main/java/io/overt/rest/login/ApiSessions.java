package io.overt.rest.login;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The API sessions of this process. A session is only a name for a token: the token decides whether
 * it is still worth anything.
 */
public final class ApiSessions {
  private static final int MOST = 20_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, ApiSession> sessions = new ConcurrentHashMap<>();
  private final Clock clock;
  private final Duration defaultIdle;

  public ApiSessions(Clock clock, Duration defaultIdle) {
    this.clock = clock;
    this.defaultIdle = defaultIdle;
  }

  /**
   * A new session over a token.
   *
   * @param idle null for the default
   */
  public ApiSession open(String token, @Nullable Duration idle, boolean protectedFromForgery) {
    if (sessions.size() >= MOST) {
      sweep();
    }
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    ApiSession session =
        new ApiSession(
            id, token, idle == null ? defaultIdle : idle, protectedFromForgery, clock.instant());
    sessions.put(id, session);
    return session;
  }

  /** The session with that id, unless it ended; its idle time starts anew. */
  public @Nullable ApiSession use(String id) {
    Instant now = clock.instant();
    return sessions.computeIfPresent(
        id,
        (key, session) ->
            session.lastUsed().plus(session.idle()).isBefore(now)
                ? null
                : new ApiSession(
                    session.id(),
                    session.token(),
                    session.idle(),
                    session.protectedFromForgery(),
                    now));
  }

  /** Ends a session and tells which it was. */
  public @Nullable ApiSession close(String id) {
    return sessions.remove(id);
  }

  /** Open sessions, ended ones that nobody swept included. */
  public int size() {
    return sessions.size();
  }

  /** Forgets what ended by itself, and the oldest tenth when there are far too many. */
  private void sweep() {
    Instant now = clock.instant();
    sessions.values().removeIf(session -> session.lastUsed().plus(session.idle()).isBefore(now));
    if (sessions.size() >= MOST) {
      sessions.values().stream()
          .sorted(Comparator.comparing(ApiSession::lastUsed))
          .limit(MOST / 10)
          .toList()
          .forEach(session -> sessions.remove(session.id()));
    }
  }
}

package io.overt.access.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Tokens and cookie sessions. They live in the database, as digests, so that they outlast a restart
 * and hold on every node; a node remembers what it saw for {@link #TRUSTED} and tells the database
 * of use that often at most. A session that ended elsewhere is therefore gone here after that time.
 */
public final class Sessions {
  /** How long a node relies on what it read. */
  static final Duration TRUSTED = Duration.ofSeconds(20);

  private static final int SECRET_BYTES = 64;
  private static final int MOST_REMEMBERED = 50_000;

  private record Remembered(Session session, Instant read) {}

  private final SessionTable table;
  private final InstantSource clock;
  private final Duration idle;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

  /**
   * On a database that has the tables of {@code db/migration/access}.
   *
   * @param idle how long a token lasts without use, {@code PT30M} in oVirt
   */
  public Sessions(Jdbi database, InstantSource clock, Duration idle) {
    this.table = new SessionTable(database);
    this.clock = clock;
    this.idle = idle;
  }

  /** A new token for a user. */
  public Token issue(UUID directoryUser, List<String> scopes) {
    return start(secret(), null, session(directoryUser, scopes, false, false, idle));
  }

  /**
   * A cookie session.
   *
   * @param parent the token that the login used, with which the session ends; null after Basic
   * @param ttl how long it lasts without use, or null for the same as a token
   */
  public Token open(
      @Nullable String parent,
      UUID directoryUser,
      List<String> scopes,
      @Nullable Duration ttl,
      boolean csrf) {
    return start(
        secret(),
        parent == null ? null : digest(parent),
        session(directoryUser, scopes, csrf, false, ttl == null ? idle : ttl));
  }

  /**
   * The one cookie session that all who use a token share, on any node: it lasts as long as the
   * token, and its value follows from the token, not the token from it.
   */
  public Token shared(String parent, Session token) {
    String value = encoded(digest("SHA-512", "shared " + parent));
    Optional<Session> known = use(value);
    return known.isPresent()
        ? new Token(value, known.get())
        : start(
            value,
            digest(parent),
            session(token.directoryUser(), token.scopes(), false, true, token.idle()));
  }

  private Session session(
      UUID directoryUser, List<String> scopes, boolean csrf, boolean shared, Duration lasts) {
    // The database keeps microseconds.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new Session(
        UUID.randomUUID(), directoryUser, scopes, csrf, shared, lasts, now, now.plus(lasts));
  }

  private String secret() {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return encoded(secret);
  }

  private static String encoded(byte[] secret) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  private Token start(String value, byte @Nullable [] parent, Session session) {
    byte[] digest = digest(value);
    table.insert(digest, parent, session);
    remember(digest, session, session.started());
    return new Token(value, session);
  }

  /** The live session of a token or cookie, whose end this use puts off. */
  public Optional<Session> use(String value) {
    byte[] digest = digest(value);
    Instant now = clock.instant();
    Remembered known = remembered.get(key(digest));
    if (known != null
        && now.isBefore(known.read().plus(TRUSTED))
        && now.isBefore(known.session().expires())) {
      return Optional.of(known.session().until(now.plus(known.session().idle())));
    }
    Optional<Session> current = table.touch(digest, now);
    if (current.isPresent()) {
      remember(digest, current.get(), now);
    } else {
      remembered.remove(key(digest));
    }
    return current;
  }

  /** Whether a token or cookie is alive; asking does not put off its end. */
  public boolean lasts(String value) {
    byte[] digest = digest(value);
    Instant now = clock.instant();
    Remembered known = remembered.get(key(digest));
    boolean fresh =
        known != null
            && now.isBefore(known.read().plus(TRUSTED))
            && now.isBefore(known.session().expires());
    return fresh || table.alive(digest, now);
  }

  /** Ends a session and the cookie sessions that came from it; unknown ones are passed over. */
  public void end(String value) {
    byte[] digest = digest(value);
    table.delete(digest);
    // Children are not known by digest here: forget all, what still lives is read again.
    remembered.clear();
  }

  /** Who is logged in, on any node, the newest first. */
  public List<Login> logins() {
    return table.logins(clock.instant());
  }

  /**
   * Ends a login that somebody else holds, and the cookie sessions that came from it; elsewhere it
   * ends within {@link #TRUSTED}.
   */
  public void end(UUID session) {
    table.delete(session);
    remembered.clear();
  }

  /** Ends all sessions of a user, after a change of password or when disabled. */
  public void endAllOf(UUID directoryUser) {
    table.deleteOf(directoryUser);
    remembered.values().removeIf(entry -> entry.session().directoryUser().equals(directoryUser));
  }

  /** Whether a session of that user is alive. */
  public boolean loggedIn(UUID directoryUser) {
    return table.alive(directoryUser, clock.instant());
  }

  /** Removes what ran out; to be called every few minutes. */
  public int sweep() {
    Instant now = clock.instant();
    remembered.values().removeIf(entry -> !now.isBefore(entry.read().plus(TRUSTED)));
    return table.deleteExpired(now);
  }

  private void remember(byte[] digest, Session session, Instant now) {
    if (remembered.size() >= MOST_REMEMBERED) {
      remembered.clear();
    }
    remembered.put(key(digest), new Remembered(session, now));
  }

  private static String key(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  private static byte[] digest(String value) {
    return digest("SHA-256", value);
  }

  private static byte[] digest(String algorithm, String value) {
    try {
      return MessageDigest.getInstance(algorithm).digest(value.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}

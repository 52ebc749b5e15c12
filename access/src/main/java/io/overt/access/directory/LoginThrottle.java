package io.overt.access.directory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slows down guessing: after some failures each further one doubles the time for which the next
 * attempt is refused.
 *
 * <p>Counted are the pair of user and source, and each alone with a larger allowance; a user under
 * attack from elsewhere waits seconds at most, so that guessing cannot lock anybody out.
 */
final class LoginThrottle {
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
  private static final int MOST = 20_000;

  private record Rule(int allowed, Duration longest) {}

  private static final Rule PAIR = new Rule(5, Duration.ofMinutes(5));
  private static final Rule SOURCE = new Rule(50, Duration.ofMinutes(5));
  private static final Rule USER = new Rule(50, Duration.ofSeconds(5));

  private static final class Failures {
    int count;
    long last;
    long blockedUntil;
  }

  private final InstantSource clock;
  private final Map<String, Failures> failures = new LinkedHashMap<>();

  LoginThrottle(InstantSource clock) {
    this.clock = clock;
  }

  /** How long this login has to wait; zero when it may be tried now. */
  synchronized Duration delay(String user, String source) {
    long until =
        Math.max(
            blockedUntil(pair(user, source)),
            Math.max(blockedUntil(source(source)), blockedUntil(user(user))));
    return Duration.ofMillis(Math.max(0, until - clock.millis()));
  }

  synchronized void failed(String user, String source) {
    count(pair(user, source), PAIR);
    count(source(source), SOURCE);
    count(user(user), USER);
  }

  /** Forgives the pair only: who knows one password must not be free to guess others. */
  synchronized void succeeded(String user, String source) {
    failures.remove(pair(user, source));
  }

  /** Forgets the failures of a user, wherever they came from; those of the sources remain. */
  synchronized void forgive(String user) {
    failures.remove(user(user));
    failures.keySet().removeIf(key -> key.startsWith(pair(user, "")));
  }

  private long blockedUntil(String key) {
    Failures found = failures.get(key);
    return found == null ? 0 : found.blockedUntil;
  }

  private void count(String key, Rule rule) {
    long now = clock.millis();
    @Nullable Failures found = failures.remove(key);
    if (found == null || now - found.last > FORGOTTEN_AFTER.toMillis()) {
      found = new Failures();
    }
    found.count++;
    found.last = now;
    int beyond = found.count - rule.allowed();
    if (beyond >= 0) {
      long delay = 1000L << Math.min(beyond, 20);
      found.blockedUntil = now + Math.min(delay, rule.longest().toMillis());
    }
    // Put at the end: the map is ordered by the time of the last failure.
    failures.put(key, found);
    Iterator<Failures> oldest = failures.values().iterator();
    while (failures.size() > MOST && oldest.hasNext()) {
      oldest.next();
      oldest.remove();
    }
  }

  private static String pair(String user, String source) {
    return "p" + user + "\0" + source;
  }

  private static String source(String source) {
    return "s" + source;
  }

  private static String user(String user) {
    return "u" + user;
  }
}

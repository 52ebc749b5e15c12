package io.overt.engine.door;

import io.overt.access.session.Caller;
import io.overt.events.About;
import io.overt.events.EventLog;
import io.overt.inventory.Inventory;
import io.overt.rest.login.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events of logins and logouts. Nobody waits for them, and no login fails for want of one. */
public final class LoginReports {
  private static final Logger LOG = LoggerFactory.getLogger(LoginReports.class);
  private static final int MOST_REMEMBERED = 10_000;
  private static final int LONGEST_NAME = 255;

  private final Inventory inventory;
  private final EventLog events;
  private final Clock clock;
  private final Duration idle;

  /** Who sends a password with every request counts as logged in while that goes on. */
  private final Map<String, Instant> seen = new ConcurrentHashMap<>();

  /**
   * @param idle how long a login lasts without use
   */
  public LoginReports(Inventory inventory, EventLog events, Clock clock, Duration idle) {
    this.inventory = inventory;
    this.events = events;
    this.clock = clock;
    this.idle = idle;
  }

  void loggedIn(Caller caller, Source source) {
    report("USER_VDC_LOGIN", about(caller, source));
  }

  /** A request with a password of its own, which is a login unless the last one was just now. */
  void seen(Caller caller, Source source) {
    Instant now = clock.instant();
    if (seen.size() > MOST_REMEMBERED) {
      seen.values().removeIf(last -> last.plus(idle).isBefore(now));
    }
    Instant last = seen.put(caller.userId() + " " + source.address(), now);
    if (last == null || last.plus(idle).isBefore(now)) {
      loggedIn(caller, source);
    }
  }

  void loggedOut(Caller caller, Source source) {
    report("USER_VDC_LOGOUT", about(caller, source));
  }

  /** A wrong password, or a user who may not log in. */
  void refused(String user, String why, Source source) {
    report(
        "USER_VDC_LOGIN_FAILED",
        // A name that somebody typed is no user whom events may refer to.
        About.nothing()
            .correlated(source.correlationId())
            .with("UserName", user.substring(0, Math.min(user.length(), LONGEST_NAME)))
            .with("SourceIP", source.address())
            .with("LoginErrMsg", why));
  }

  private static About about(Caller caller, Source source) {
    return About.nothing()
        .by(caller.userId(), caller.userName())
        .correlated(source.correlationId())
        .with("SourceIP", source.address())
        .with("SessionID", caller.sessionId());
  }

  private void report(String type, About about) {
    Thread.ofVirtual()
        .name("login-event")
        .start(
            () -> {
              try {
                inventory.change(transaction -> events.append(transaction, type, about));
              } catch (RuntimeException e) {
                LOG.warn("{} was not written: {}", type, e.getMessage());
              }
            });
  }
}

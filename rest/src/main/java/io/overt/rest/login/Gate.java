package io.overt.rest.login;

import io.overt.rest.http.Exchange;
import io.overt.rest.http.Html;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Admits or refuses a request before anything looks at what it asks for, in the order of oVirt
 * engine 4.5: forged requests, sessions to drop, the session, the {@code Authorization} header.
 */
public final class Gate {
  private static final String COOKIE = "JSESSIONID";
  private static final Set<String> API_SCOPES = Set.of("ovirt-app-api");

  private final Authenticator authenticator;
  private final ApiSessions sessions;
  private final boolean forgeryProtection;

  public Gate(Authenticator authenticator, ApiSessions sessions, boolean forgeryProtection) {
    this.authenticator = authenticator;
    this.sessions = sessions;
    this.forgeryProtection = forgeryProtection;
  }

  /**
   * Who calls, or null after the refusal was answered.
   *
   * @param cookiePath path below which the client sends the session's cookie
   */
  public @Nullable Identity admit(Exchange exchange, String cookiePath) throws IOException {
    Preferences preferences = Preferences.of(exchange);
    String sessionId = exchange.cookie(COOKIE);
    ApiSession session = null;
    if (sessionId != null) {
      if (!preferences.persistent() || preferences.anew()) {
        end(sessionId);
      } else {
        session = sessions.use(sessionId);
        if (session != null && forged(exchange, session)) {
          exchange.answer(403);
          return null;
        }
      }
    }
    Source source = source(exchange);
    if (session != null) {
      if (authenticator.bearer(session.token(), source) instanceof Login.Accepted accepted) {
        return accepted.identity();
      }
      sessions.close(session.id());
      exchange.addHeader("Set-Cookie", cookie(session.id(), cookiePath, exchange) + EXPIRED);
    }
    return logIn(exchange, preferences, source, cookiePath);
  }

  private static final String EXPIRED = "; Max-Age=0; Expires=Thu, 01-Jan-1970 00:00:00 GMT";

  private boolean forged(Exchange exchange, ApiSession session) {
    if (!forgeryProtection || !session.protectedFromForgery()) {
      return false;
    }
    String repeated = exchange.header(COOKIE);
    return repeated == null
        || !MessageDigest.isEqual(
            repeated.getBytes(StandardCharsets.UTF_8),
            session.id().getBytes(StandardCharsets.UTF_8));
  }

  private void end(String sessionId) {
    ApiSession ended = sessions.close(sessionId);
    if (ended != null) {
      authenticator.revoke(ended.token());
    }
  }

  private @Nullable Identity logIn(
      Exchange exchange, Preferences preferences, Source source, String cookiePath)
      throws IOException {
    String header = exchange.header("Authorization");
    String token = header == null ? null : bearer(header);
    Credentials credentials = header == null ? null : Credentials.parse(header);
    Login login;
    if (token != null) {
      login = authenticator.bearer(token, source);
    } else if (credentials != null) {
      login = withPassword(credentials, preferences, source);
      if (login instanceof Login.Accepted accepted) {
        token = accepted.token();
      }
    } else {
      login = new Login.Refused(null, "Unauthorized");
    }
    return switch (login) {
      case Login.Accepted accepted -> {
        if (preferences.persistent() && token != null) {
          ApiSession session =
              sessions.open(token, requestedIdle(exchange), preferences.forgeryProtection());
          exchange.addHeader("Set-Cookie", cookie(session.id(), cookiePath, exchange));
        }
        yield accepted.identity();
      }
      case Login.Refused refused -> {
        refuse(exchange, refused.text());
        yield null;
      }
    };
  }

  private Login withPassword(Credentials credentials, Preferences preferences, Source source) {
    if (credentials.user().isEmpty()) {
      return new Login.Refused(
          "access_denied", "Cannot authenticate user '@N/A': No user name found in credentials..");
    }
    return preferences.persistent()
        ? lasting(credentials, source)
        : authenticator.basic(credentials.user(), credentials.password(), source);
  }

  /** A token, and the identity that it gives: who may have one need not be let in. */
  private Login lasting(Credentials credentials, Source source) {
    Login issued =
        authenticator.issue(credentials.user(), credentials.password(), API_SCOPES, source);
    if (!(issued instanceof Login.Accepted accepted) || accepted.token() == null) {
      return issued;
    }
    Login entered = authenticator.bearer(accepted.token(), source);
    if (entered instanceof Login.Accepted let) {
      return new Login.Accepted(let.identity(), accepted.token(), accepted.expires());
    }
    authenticator.revoke(accepted.token());
    return entered;
  }

  private static @Nullable String bearer(String header) {
    if (header.equals("Bearer")) {
      return "";
    }
    return header.startsWith("Bearer ") ? header.substring(7).strip() : null;
  }

  /** The 401 page of oVirt, byte for byte. */
  private static void refuse(Exchange exchange, String message) throws IOException {
    exchange.setHeader("WWW-Authenticate", "Basic realm=\"RESTAPI\"");
    exchange.answer(401, Html.TYPE, Html.error(message));
  }

  private static String cookie(String id, String path, Exchange exchange) {
    return COOKIE
        + "="
        + id
        + "; path="
        + path
        + "; HttpOnly"
        + (exchange.secure() ? "; Secure" : "");
  }

  private static @Nullable Duration requestedIdle(Exchange exchange) {
    String minutes = exchange.header("Session-TTL");
    if (minutes == null || !minutes.strip().matches("[1-9][0-9]{0,5}")) {
      return null;
    }
    return Duration.ofMinutes(Integer.parseInt(minutes.strip()));
  }

  /** Where this request comes from. */
  public static Source source(Exchange exchange) {
    String agent = exchange.header("User-Agent");
    return new Source(exchange.remoteAddress(), agent == null ? "" : agent);
  }
}

package io.overt.rest.login;

import io.overt.rest.http.Exchange;
import io.overt.rest.http.Flag;
import io.overt.rest.http.Html;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Admits or refuses a request before anything looks at what it asks for, in the order of oVirt
 * engine 4.5: forged requests, sessions to drop, the session, the {@code Authorization} header.
 */
public final class Gate {
  private static final String COOKIE = "JSESSIONID";
  private static final String EXPIRED = "; Max-Age=0; Expires=Thu, 01-Jan-1970 00:00:00 GMT";

  private final Authenticator authenticator;
  private final boolean forgeryProtection;

  public Gate(Authenticator authenticator, boolean forgeryProtection) {
    this.authenticator = authenticator;
    this.forgeryProtection = forgeryProtection;
  }

  /**
   * Who calls, or null after the refusal was answered.
   *
   * @param cookiePath path below which the client sends the session's cookie
   */
  public @Nullable Identity admit(Exchange exchange, String cookiePath) throws IOException {
    Preferences preferences = Preferences.of(exchange);
    Source source = source(exchange);
    String id = exchange.cookie(COOKIE);
    if (id != null && (!preferences.persistent() || preferences.anew())) {
      authenticator.revoke(id, source);
    } else if (id != null) {
      Optional<Kept> session = authenticator.session(id, source);
      if (session.isPresent()) {
        if (forged(exchange, id, session.get())) {
          exchange.answer(403);
          return null;
        }
        return session.get().identity();
      }
      exchange.addHeader("Set-Cookie", cookie(id, cookiePath, exchange) + EXPIRED);
    }
    return logIn(exchange, preferences, source, cookiePath);
  }

  private boolean forged(Exchange exchange, String id, Kept session) {
    if (!forgeryProtection || !session.protectedFromForgery()) {
      return false;
    }
    String repeated = exchange.header(COOKIE);
    return repeated == null
        || !MessageDigest.isEqual(
            repeated.getBytes(StandardCharsets.UTF_8), id.getBytes(StandardCharsets.UTF_8));
  }

  private @Nullable Identity logIn(
      Exchange exchange, Preferences preferences, Source source, String cookiePath)
      throws IOException {
    String header = exchange.header("Authorization");
    String token = header == null ? null : bearer(header);
    Credentials credentials = header == null ? null : Credentials.parse(header);
    Keep keep =
        preferences.persistent()
            ? new Keep(requestedIdle(exchange), preferences.forgeryProtection())
            : null;
    Login login;
    if (token != null) {
      login = authenticator.bearer(token, source, keep);
    } else if (credentials == null) {
      login = new Login.Refused(null, "Unauthorized");
    } else if (credentials.user().isEmpty()) {
      login =
          new Login.Refused(
              "access_denied",
              "Cannot authenticate user '@N/A': No user name found in credentials..");
    } else {
      login = authenticator.basic(credentials.user(), credentials.password(), source, keep);
    }
    return switch (login) {
      case Login.Accepted accepted -> {
        String session = accepted.secret();
        if (keep != null && session != null) {
          exchange.addHeader("Set-Cookie", cookie(session, cookiePath, exchange));
        }
        yield accepted.identity();
      }
      case Login.Refused refused -> {
        refuse(exchange, refused.text());
        yield null;
      }
    };
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

  /** What a login may want to know about the request. */
  public static Source source(Exchange exchange) {
    String agent = exchange.header("User-Agent");
    String filter = exchange.query().get("filter");
    if (filter == null) {
      filter = exchange.path().matrix().get("filter");
    }
    return new Source(
        exchange.remoteAddress(),
        agent == null ? "" : agent,
        exchange.correlationId(),
        Flag.parse(filter == null ? exchange.header("Filter") : filter));
  }
}

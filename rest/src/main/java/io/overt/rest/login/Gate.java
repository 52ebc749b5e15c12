package io.overt.rest.login;

import io.overt.rest.http.Exchange;
import io.overt.rest.http.Flag;
import io.overt.rest.http.Html;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Admits or refuses a request before anything looks at what it asks for, in the order of oVirt
 * engine 4.5: forged requests, sessions to drop, the session, the {@code Authorization} header.
 */
public final class Gate {
  private static final String COOKIE = "JSESSIONID";
  private static final String EXPIRED = "; Max-Age=0; Expires=Thu, 01-Jan-1970 00:00:00 GMT";

  private final Authenticator authenticator;
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final boolean forgeryProtection;
  private final Origins origins;

  /**
   * @param forgeryProtection whether sessions that ask for it are protected
   * @param origins whose pages may write with what a browser adds by itself
   */
  public Gate(Authenticator authenticator, boolean forgeryProtection, Origins origins) {
    this.authenticator = authenticator;
    this.forgeryProtection = forgeryProtection;
    this.origins = origins;
  }

  /**
   * Who calls, or null after the refusal was answered.
   *
   * @param cookiePath path below which the client sends the session's cookie
   */
  public @Nullable Identity admit(Exchange exchange, String cookiePath) throws IOException {
    Preferences preferences = Preferences.of(exchange);
    Source source = source(exchange);
    String id = id(exchange);
    if (id == null) {
      return logIn(exchange, preferences, source, cookiePath);
    }
    Optional<Kept> session = authenticator.session(id, source);
    boolean wanted = preferences.persistent() && !preferences.anew();
    boolean shared = session.isPresent() && session.get().shared();
    if (!wanted && !shared) {
      authenticator.revoke(id, source);
    } else if (session.isEmpty()) {
      exchange.addHeader("Set-Cookie", cookie(id, cookiePath, exchange) + EXPIRED);
    } else if (wanted || (!preferences.anew() && exchange.header("Authorization") == null)) {
      return kept(exchange, id, session.get());
    }
    return logIn(exchange, preferences, source, cookiePath);
  }

  /** From the cookie; programs that were told the id may say it in a header of that name. */
  private static @Nullable String id(Exchange exchange) {
    String cookie = exchange.cookie(COOKIE);
    return cookie == null ? exchange.header(COOKIE) : cookie;
  }

  private @Nullable Identity kept(Exchange exchange, String id, Kept session) throws IOException {
    if (forged(exchange, id, session)) {
      exchange.answer(403);
      return null;
    }
    // a page that knows the id, or may say so in a header, is none that only has the cookie sent
    if (!repeated(exchange, id) && foreignWrite(exchange)) {
      return null;
    }
    return session.identity();
  }

  /** Whether it was refused: no other origin's page may write with what the browser adds. */
  private boolean foreignWrite(Exchange exchange) throws IOException {
    boolean refused = !READING.contains(exchange.method()) && origins.foreign(exchange);
    if (refused) {
      exchange.answer(
          403,
          Html.TYPE,
          Html.error("Pages of other origins may not change anything without a token"));
    }
    return refused;
  }

  /**
   * Whether what an admitted request showed would still be accepted: for answers that go on. Asking
   * does not put off the end of a session.
   */
  public BooleanSupplier lasting(Exchange exchange) {
    String header = exchange.header("Authorization");
    String token = header == null ? null : bearer(header);
    String id = exchange.cookie(COOKIE);
    if (token == null && (header != null || id == null)) {
      return () -> true;
    }
    String secret = token == null ? id : token;
    return () -> authenticator.lasts(Objects.requireNonNull(secret));
  }

  private boolean forged(Exchange exchange, String id, Kept session) {
    return forgeryProtection && session.protectedFromForgery() && !repeated(exchange, id);
  }

  private static boolean repeated(Exchange exchange, String id) {
    String repeated = exchange.header(COOKIE);
    return repeated != null
        && MessageDigest.isEqual(
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
    if (credentials != null && foreignWrite(exchange)) {
      return null;
    }
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
          // where clients of version 3 look for it
          exchange.setHeader(COOKIE, session);
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

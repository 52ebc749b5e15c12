package io.overt.engine.webadmin;

import io.overt.access.session.Caller;
import io.overt.rest.http.Endpoint;
import io.overt.rest.http.Exchange;
import io.overt.rest.login.Authenticator;
import io.overt.rest.login.Gate;
import io.overt.rest.login.Login;
import io.overt.rest.login.Origins;
import io.overt.rest.login.Source;
import io.overt.rest.login.TokenInfo;
import io.overt.vdsmrpc.Json;
import io.overt.vdsmrpc.Json.MalformedJsonException;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Logs people in and out, and gives the token back to a page that was loaded again. The token is
 * one of the single sign-on; the browser keeps it in a cookie that no script can read and that goes
 * to this door alone, so that a cookie by itself never changes anything.
 */
final class SessionDoor implements Endpoint {
  private static final String COOKIE = "overt_webadmin";
  private static final String HERE = "/ovirt-engine/webadmin";
  private static final String OF_API = "JSESSIONID";
  private static final String API = "/ovirt-engine/api";
  private static final String JSON = "application/json";
  private static final String BEARER = "Bearer ";
  private static final String INTERNAL = "internal";
  private static final Set<String> SCOPES =
      Set.of("ovirt-app-admin", "ovirt-app-api", "ovirt-ext=revoke:revoke-all");

  private final Authenticator authenticator;

  SessionDoor(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /** Who a browser's cookie stands for. */
  record Holder(String token, Caller caller, Instant expires) {
    /** Never the token. */
    @Override
    public String toString() {
      return "Holder[" + caller.principalName() + "]";
    }
  }

  @Override
  public void serve(Exchange exchange) throws IOException {
    exchange.setHeader("Cache-Control", "no-store");
    if (Origins.OWN.foreign(exchange)) {
      Refusal.answer(exchange, 403, "Forbidden", "Pages of other origins may not use this session");
      return;
    }
    switch (exchange.method()) {
      case "GET", "HEAD" -> resume(exchange);
      case "POST" -> logIn(exchange);
      case "DELETE" -> logOut(exchange);
      default -> {
        exchange.setHeader("Allow", "GET, POST, DELETE");
        Refusal.answer(exchange, 405, "Method Not Allowed", "Expected GET, POST or DELETE");
      }
    }
  }

  /** Who asks, by a token in the header or by the browser's session. */
  Optional<Holder> caller(Exchange exchange) {
    String header = exchange.header("Authorization");
    if (header != null) {
      return header.startsWith(BEARER)
          ? holder(header.substring(BEARER.length()).strip(), exchange)
          : Optional.empty();
    }
    return Origins.OWN.foreign(exchange) ? Optional.empty() : holder(exchange);
  }

  /** The live session of the browser that asks. */
  Optional<Holder> holder(Exchange exchange) {
    String token = exchange.cookie(COOKIE);
    return token == null || token.isEmpty() ? Optional.empty() : holder(token, exchange);
  }

  private Optional<Holder> holder(String token, Exchange exchange) {
    return authenticator.bearer(token, Gate.source(exchange), null)
            instanceof Login.Accepted accepted
        ? holder(token, accepted)
        : Optional.empty();
  }

  private Optional<Holder> holder(String token, Login.Accepted accepted) {
    Caller caller = (Caller) accepted.identity().caller();
    return authenticator
        .info(token)
        .map(TokenInfo::expires)
        .map(expires -> new Holder(token, caller, expires));
  }

  private void resume(Exchange exchange) throws IOException {
    Optional<Holder> holder = holder(exchange);
    if (holder.isPresent()) {
      answer(exchange, holder.get());
    } else {
      Refusal.answer(exchange, 401, "Unauthorized", "Nobody is logged in");
    }
  }

  private void logIn(Exchange exchange) throws IOException {
    Map<?, ?> body = body(exchange);
    if (!(body.get("username") instanceof String user)
        || !(body.get("password") instanceof String password)) {
      Refusal.answer(
          exchange,
          400,
          "Bad Request",
          "Expected the JSON object {\"username\": text, \"password\": text} as "
              + JSON
              + ", found the members "
              + body.keySet());
      return;
    }
    Source source = Gate.source(exchange);
    String login = user.contains("@") ? user : user + "@" + INTERNAL;
    switch (authenticator.issue(login, password, SCOPES, source)) {
      case Login.Refused refused -> refuse(exchange, refused);
      case Login.Accepted issued -> {
        String token = issued.secret();
        if (token == null) {
          throw new IllegalStateException("the authenticator issued no token");
        }
        begin(exchange, token, source);
      }
    }
  }

  /** A token may be had by users who may not log in. */
  private void begin(Exchange exchange, String token, Source source) throws IOException {
    switch (authenticator.bearer(token, source, null)) {
      case Login.Refused refused -> {
        authenticator.revoke(token, source);
        refuse(exchange, refused);
      }
      case Login.Accepted accepted -> {
        Holder holder =
            holder(token, accepted)
                .orElseThrow(() -> new IllegalStateException("a new token is not known"));
        exchange.addHeader("Set-Cookie", cookie(exchange, COOKIE, HERE, token));
        answer(exchange, holder);
      }
    }
  }

  /**
   * The id of the API session that plugins of oVirt 3 use, as cookie or, from elsewhere, as they
   * like. The page itself sends the token.
   */
  private @Nullable String ofPlugins(Exchange exchange, Holder holder) {
    return authenticator.shared(holder.token(), Gate.source(exchange))
            instanceof Login.Accepted accepted
        ? accepted.secret()
        : null;
  }

  private static void refuse(Exchange exchange, Login.Refused refused) throws IOException {
    Refusal.answer(exchange, 401, "Login failed", refused.message());
  }

  /** What other pages can make a browser send without asking is never of this type. */
  private static Map<?, ?> body(Exchange exchange) {
    String type = exchange.header("Content-Type");
    if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase(JSON)) {
      return Map.of();
    }
    try {
      return Json.parse(exchange.body()) instanceof Map<?, ?> members ? members : Map.of();
    } catch (MalformedJsonException e) {
      return Map.of();
    }
  }

  private void logOut(Exchange exchange) throws IOException {
    Optional<Holder> holder = holder(exchange);
    holder.ifPresent(found -> authenticator.revoke(found.token(), Gate.source(exchange)));
    exchange.addHeader("Set-Cookie", cookie(exchange, COOKIE, HERE, "") + "; Max-Age=0");
    exchange.addHeader("Set-Cookie", cookie(exchange, OF_API, API, "") + "; Max-Age=0");
    exchange.answer(204);
  }

  private static String cookie(Exchange exchange, String name, String path, String value) {
    return name
        + "="
        + value
        + "; Path="
        + path
        + "; HttpOnly; SameSite=Strict"
        + (exchange.secure() ? "; Secure" : "");
  }

  /** Milliseconds since 1970 as all times of the API's scripts; used again it ends later. */
  private void answer(Exchange exchange, Holder holder) throws IOException {
    Map<String, @Nullable Object> session = new LinkedHashMap<>();
    session.put("token", holder.token());
    session.put("user", user(holder.caller()));
    String ofPlugins = ofPlugins(exchange, holder);
    if (ofPlugins != null) {
      exchange.addHeader("Set-Cookie", cookie(exchange, OF_API, API, ofPlugins));
      session.put("restSession", ofPlugins);
    }
    session.put("expires", holder.expires().toEpochMilli());
    exchange.answer(200, JSON, Json.print(session));
  }

  /** A user as the page wants to know it. */
  static Map<String, Object> user(Caller caller) {
    String principal = caller.principalName();
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("id", caller.userId());
    user.put("name", principal.substring(0, principal.lastIndexOf('@')));
    user.put("principal", principal);
    user.put("administrator", caller.administrator());
    return user;
  }
}

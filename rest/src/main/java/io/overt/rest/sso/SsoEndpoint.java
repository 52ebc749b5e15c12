package io.overt.rest.sso;

import io.overt.rest.http.Endpoint;
import io.overt.rest.http.Exchange;
import io.overt.rest.http.Format;
import io.overt.rest.http.Html;
import io.overt.rest.http.JsonObject;
import io.overt.rest.http.ParameterMap;
import io.overt.rest.login.Authenticator;
import io.overt.rest.login.Credentials;
import io.overt.rest.login.Gate;
import io.overt.rest.login.Login;
import io.overt.rest.login.TokenInfo;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /ovirt-engine/sso} and {@code /ovirt-engine/services/sso-logout}, with the bodies and
 * headers of oVirt engine 4.5.
 */
public final class SsoEndpoint implements Endpoint {
  private static final String JSON = Format.JSON.contentType();
  private static final String BAD_GRANT =
      "The authorization grant type is not supported by the authorization server.";
  private static final String HTTP_GRANT = "urn:ovirt:params:oauth:grant-type:http";

  private final Authenticator authenticator;

  public SsoEndpoint(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  @Override
  public void serve(Exchange exchange) throws IOException {
    headers(exchange);
    List<String> path = exchange.path().segments();
    String name = String.join("/", path.subList(1, path.size()));
    boolean form = exchange.method().equals("POST") || exchange.method().equals("GET");
    if (!form) {
      exchange.setHeader("Allow", "GET, POST");
      exchange.answer(405);
      return;
    }
    switch (name) {
      case "sso/oauth/token" -> token(exchange, exchange.form());
      case "sso/oauth/token-http-auth" -> tokenForHeader(exchange, exchange.form());
      case "sso/oauth/token-info" -> info(exchange, exchange.form());
      case "sso/oauth/revoke" -> revoke(exchange, exchange.form());
      case "services/sso-logout" -> logOut(exchange, exchange.form());
      case "sso/status" ->
          exchange.answer(
              200,
              JSON,
              new JsonObject()
                  .put("status_description", "SSO Webapp Deployed")
                  .put("version", "0")
                  .put("status", "active")
                  .bytes());
      default -> unknown(exchange);
    }
  }

  private static void headers(Exchange exchange) {
    exchange.addHeader(
        "Set-Cookie",
        "locale=en_US; path=/; " + (exchange.secure() ? "secure; " : "") + "HttpOnly");
    exchange.setHeader("X-XSS-PROTECTION", "1; MODE=BLOCK");
    exchange.setHeader("X-FRAME-OPTIONS", "SAMEORIGIN");
    exchange.setHeader("X-CONTENT-TYPE-OPTIONS", "NOSNIFF");
    exchange.setHeader("Cache-Control", "no-store");
  }

  private static void unknown(Exchange exchange) throws IOException {
    if (exchange.method().equals("POST")) {
      exchange.answer(405, Html.TYPE, Html.error("HTTP method POST is not supported by this URL"));
    } else {
      exchange.answer(404, Html.TYPE, Html.error("Not Found"));
    }
  }

  private void token(Exchange exchange, ParameterMap form) throws IOException {
    String scope = orEmpty(form.get("scope"));
    if (!Format.JSON.contentType().equals(exchange.header("Accept"))) {
      refuse(exchange, scope, "invalid_request", "Missing parameter: 'Accept Header'");
      return;
    }
    if (!"password".equals(form.get("grant_type"))) {
      boolean code = "authorization_code".equals(form.get("grant_type"));
      if (code) {
        refuse(exchange, scope, "invalid_request", "Missing parameter: 'client_id'");
      } else {
        refuse(exchange, scope, "unsupported_grant_type", BAD_GRANT);
      }
      return;
    }
    String user = form.get("username");
    String password = form.get("password");
    if (user == null) {
      refuse(exchange, scope, "invalid_request", "Missing parameter: 'username'");
    } else if (password == null) {
      refuse(exchange, scope, "invalid_request", "Missing parameter: 'password'");
    } else if (!Scopes.known(scope)) {
      refuse(exchange, scope, "invalid_scope", "Unknown scope in '" + scope + "'");
    } else {
      issue(exchange, user, password, scope);
    }
  }

  private void issue(Exchange exchange, String user, String password, String scope)
      throws IOException {
    var granted = Scopes.granted(scope);
    Login login = authenticator.issue(user, password, granted, Gate.source(exchange));
    switch (login) {
      case Login.Accepted accepted -> {
        String token = accepted.secret();
        var expires = accepted.expires();
        if (token == null || expires == null) {
          throw new IllegalStateException("the authenticator issued no token");
        }
        exchange.answer(
            200,
            JSON,
            new JsonObject()
                .put("access_token", token)
                .put("scope", String.join(" ", granted))
                .put("exp", Long.toString(expires.toEpochMilli()))
                .put("token_type", "bearer")
                .bytes());
      }
      case Login.Refused refused -> {
        String code = refused.code();
        refuse(exchange, scope, code == null ? "access_denied" : code, refused.message());
      }
    }
  }

  /** Clients of the API read other names of the members than all others. */
  private static void refuse(Exchange exchange, String scope, String code, String message)
      throws IOException {
    JsonObject object =
        scope.contains(Scopes.API)
            ? new JsonObject().put("error_code", code).put("error", message)
            : new JsonObject().put("error_description", message).put("error", code);
    exchange.answer(400, JSON, object.bytes());
  }

  private void tokenForHeader(Exchange exchange, ParameterMap form) throws IOException {
    String scope = orEmpty(form.get("scope"));
    String header = exchange.header("Authorization");
    Credentials credentials = header == null ? null : Credentials.parse(header);
    if (!HTTP_GRANT.equals(form.get("grant_type"))) {
      refuse(exchange, scope, "unsupported_grant_type", BAD_GRANT);
    } else if (credentials == null) {
      exchange.setHeader("WWW-Authenticate", "Basic realm=\"RESTAPI\"");
      exchange.answer(401, Html.TYPE, Html.error("Unauthorized"));
    } else if (!Scopes.known(scope)) {
      refuse(exchange, scope, "invalid_scope", "Unknown scope in '" + scope + "'");
    } else {
      issue(exchange, credentials.user(), credentials.password(), scope);
    }
  }

  private void info(Exchange exchange, ParameterMap form) throws IOException {
    String client = client(exchange, form);
    if (client == null) {
      return;
    }
    Optional<TokenInfo> found = authenticator.info(orEmpty(form.get("token")));
    if (found.isEmpty()) {
      refuse(
          exchange,
          "",
          "invalid_grant",
          "The provided authorization grant for the auth code has expired.");
      return;
    }
    TokenInfo info = found.get();
    exchange.answer(
        200,
        JSON,
        new JsonObject()
            .put("active", true)
            .put("token_type", "bearer")
            .put("client_id", client)
            .put("user_id", info.user())
            .put("scope", info.scope())
            .put("exp", Long.toString(info.expires().toEpochMilli()))
            .bytes());
  }

  private void revoke(Exchange exchange, ParameterMap form) throws IOException {
    if (client(exchange, form) != null) {
      authenticator.revoke(orEmpty(form.get("token")), Gate.source(exchange));
      exchange.answer(200, JSON, new JsonObject().bytes());
    }
  }

  /** Name of the authenticated client, or null after the refusal was answered. */
  private @Nullable String client(Exchange exchange, ParameterMap form) throws IOException {
    String header = exchange.header("Authorization");
    Credentials given = header == null ? null : Credentials.parse(header);
    String id = given == null ? form.get("client_id") : given.user();
    String secret = given == null ? form.get("client_secret") : given.password();
    if (id == null || id.isEmpty()) {
      refuse(exchange, "", "invalid_request", "Missing parameter: 'client_id'");
    } else if (secret == null || !authenticator.client(id, secret)) {
      refuse(exchange, "", "access_denied", "The client is not known or its secret is wrong.");
    } else {
      return id;
    }
    return null;
  }

  /** Always succeeds: what is gone is logged out. */
  private void logOut(Exchange exchange, ParameterMap form) throws IOException {
    String token = form.get("token");
    if (token != null) {
      authenticator.revoke(token, Gate.source(exchange));
    }
    exchange.answer(200, JSON, new JsonObject().bytes());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}

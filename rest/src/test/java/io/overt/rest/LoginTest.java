package io.overt.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.rest.api.Cors;
import io.overt.rest.http.Limits;
import io.overt.rest.login.Source;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
  private static final String TAG = "/ovirt-engine/api/tags/0";
  private static Running running;

  @BeforeAll
  static void start() {
    running =
        new Running(
            new ApiServerConfig(
                "127.0.0.1",
                0,
                0,
                Limits.DEFAULT,
                new Cors(Set.of("https://portal.example.com")),
                true,
                Duration.ofSeconds(5)));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static HttpResponse<String> get(String... headers) {
    return running.send("GET", running.http(TAG), null, headers);
  }

  private static void assertUnauthorized(HttpResponse<String> response, String text) {
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(Running.header(response, "WWW-Authenticate")).isEqualTo("Basic realm=\"RESTAPI\"");
    assertThat(Running.header(response, "Content-Type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(Running.header(response, "Correlation-Id")).isNull();
    assertThat(response.body())
        .isEqualTo("<html><head><title>Error</title></head><body>" + text + "</body></html>");
  }

  @Test
  void missingOrUnknownCredentialsAreTheRecordedPage() {
    assertUnauthorized(get(), "Unauthorized");
    assertUnauthorized(get("Authorization", "Digest x"), "Unauthorized");
    assertUnauthorized(get("Authorization", "bearer x"), "Unauthorized");
    assertThat(running.send("OPTIONS", running.http(TAG), null).statusCode()).isEqualTo(401);
    assertThat(running.send("GET", running.http("/ovirt-engine/api/model"), null).statusCode())
        .isEqualTo(401);
    assertUnauthorized(
        running.send("GET", running.http(TAG + "?access_token=x"), null), "Unauthorized");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer ", "Bearer forged", "Bearer ' or 1=1 --", "Bearer \t"})
  void forgedTokensAreRefused(String header) {
    assertUnauthorized(
        get("Authorization", header),
        "invalid_grant: The provided authorization grant for the auth code has expired.");
  }

  @Test
  void credentialsOfOneConnectionAreToldApartByCase() throws Exception {
    String request = "GET " + TAG + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n%s\r\n";
    String answers =
        running.raw(
            request.formatted(Running.BASIC, "")
                + request.formatted(
                    "Basic " + Running.BASIC.substring(6).toLowerCase(Locale.ROOT),
                    "Connection: close\r\n"));
    assertThat(answers).startsWith("HTTP/1.1 200").contains("HTTP/1.1 401");
  }

  @Test
  void wrongPasswordAndGarbledHeadersAreRefused() {
    String wrong = Base64.getEncoder().encodeToString("<b>@internal:x".getBytes());
    assertUnauthorized(
        get("Authorization", "Basic " + wrong),
        "access_denied: Cannot authenticate user '&lt;b&gt;@internal': Unable to log in.");
    assertUnauthorized(
        get("Authorization", "Basic !!!"),
        "access_denied: Cannot authenticate user '@N/A': No user name found in credentials..");
  }

  private static String cookie(HttpResponse<String> response) {
    String header = Running.header(response, "Set-Cookie");
    assertThat(header).startsWith("JSESSIONID=");
    return header.substring(0, header.indexOf(';'));
  }

  @Test
  void persistentLoginNeedsCookieAndPreference() {
    HttpResponse<String> first =
        get("Authorization", Running.BASIC, "Prefer", "persistent-auth", "Session-TTL", "5");
    assertThat(Running.header(first, "Set-Cookie"))
        .matches("JSESSIONID=[\\w-]+; path=/ovirt-engine/api; HttpOnly");
    String cookie = cookie(first);
    assertThat(running.authenticator.sessions.values())
        .allMatch(held -> Duration.ofMinutes(5).equals(held.keep().idle()));
    HttpResponse<String> second =
        get(
            "Cookie",
            cookie,
            "Prefer",
            "Persistent-Auth, x",
            "Filter",
            "TRUE",
            "Correlation-Id",
            "from-session");
    assertThat(running.authenticator.lastSource.filter()).isTrue();
    assertThat(running.authenticator.lastSource.correlationId()).isEqualTo("from-session");
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(Running.header(second, "Set-Cookie")).isNull();
    assertThat(get("Cookie", cookie).statusCode()).isEqualTo(401);
    assertThat(get("Cookie", cookie, "Prefer", "persistent-auth").statusCode()).isEqualTo(401);
    assertThat(running.authenticator.sessions).isEmpty();
  }

  @Test
  void newLoginEndsTheSession() {
    String cookie = cookie(get("Authorization", Running.BASIC, "Prefer", "persistent-auth"));
    HttpResponse<String> anew =
        get(
            "Cookie",
            cookie,
            "Prefer",
            "persistent-auth, new-auth",
            "Authorization",
            Running.BASIC);
    assertThat(anew.statusCode()).isEqualTo(200);
    assertThat(cookie(anew)).isNotEqualTo(cookie);
    assertThat(get("Cookie", cookie, "Prefer", "persistent-auth").statusCode()).isEqualTo(401);
    get("Cookie", cookie(anew));
  }

  @Test
  void cookieIsSecureOverTls() {
    HttpResponse<String> response =
        running.send(
            "GET",
            running.https(TAG),
            null,
            "Authorization",
            Running.BASIC,
            "Prefer",
            "persistent-auth");
    assertThat(Running.header(response, "Set-Cookie"))
        .endsWith("; path=/ovirt-engine/api; HttpOnly; Secure");
    running.send("GET", running.https(TAG), null, "Cookie", cookie(response));
  }

  @Test
  void sessionEndsWithItsToken() {
    String token = token();
    String cookie = cookie(get("Authorization", "Bearer " + token, "Prefer", "persistent-auth"));
    running.authenticator.revoke(token, new Source("127.0.0.1", "", "", null));
    HttpResponse<String> response = get("Cookie", cookie, "Prefer", "persistent-auth");
    assertUnauthorized(response, "Unauthorized");
    assertThat(Running.header(response, "Set-Cookie"))
        .isEqualTo(
            cookie
                + "; path=/ovirt-engine/api; HttpOnly; Max-Age=0;"
                + " Expires=Thu, 01-Jan-1970 00:00:00 GMT");
  }

  @Test
  void protectedSessionsNeedTheIdRepeated() {
    String cookie =
        cookie(get("Authorization", Running.BASIC, "Prefer", "persistent-auth, csrf-protection"));
    String id = cookie.substring("JSESSIONID=".length());
    assertThat(get("Cookie", cookie, "Prefer", "persistent-auth").statusCode()).isEqualTo(403);
    assertThat(get("Cookie", cookie, "Prefer", "persistent-auth", "JSESSIONID", "x").statusCode())
        .isEqualTo(403);
    assertThat(get("Cookie", cookie, "Prefer", "persistent-auth", "JSESSIONID", id).statusCode())
        .isEqualTo(200);
    get("Cookie", cookie);
  }

  @Test
  void allowedOriginsMayCall() {
    HttpResponse<String> preflight =
        running.send(
            "OPTIONS",
            running.http(TAG),
            null,
            "Origin",
            "https://portal.example.com",
            "Access-Control-Request-Method",
            "PUT");
    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(Running.header(preflight, "Access-Control-Allow-Methods"))
        .isEqualTo("GET,POST,PUT,DELETE");
    assertThat(Running.header(preflight, "Access-Control-Allow-Origin"))
        .isEqualTo("https://portal.example.com");
    HttpResponse<String> other =
        running.send(
            "OPTIONS",
            running.http(TAG),
            null,
            "Origin",
            "https://evil.example.com",
            "Access-Control-Request-Method",
            "PUT");
    assertThat(other.statusCode()).isEqualTo(401);
    assertThat(Running.header(other, "Access-Control-Allow-Origin")).isNull();
  }

  private static String token() {
    String body =
        sso(
                "token",
                "grant_type=password&scope=ovirt-app-api&username=admin@internal&password=letmein")
            .body();
    return body.replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
  }

  private static HttpResponse<String> sso(String name, String form, String... headers) {
    String[] all = new String[headers.length + 4];
    all[0] = "Content-Type";
    all[1] = "application/x-www-form-urlencoded";
    all[2] = "Accept";
    all[3] = "application/json";
    System.arraycopy(headers, 0, all, 4, headers.length);
    return running.send("POST", running.http("/ovirt-engine/sso/oauth/" + name), form, all);
  }

  @Test
  void tokensAreIssuedWithTheRecordedBodyAndHeaders() {
    HttpResponse<String> response =
        sso(
            "token",
            "grant_type=password&scope=ovirt-app-api&username=admin%40internal&password=letmein");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .matches(
            "\\{\"access_token\":\"[\\w-]+\",\"scope\":\"ovirt-app-api "
                + "ovirt-ext=token-info:authz-search ovirt-ext=token-info:public-authz-search "
                + "ovirt-ext=token-info:validate ovirt-ext=token:password-access\","
                + "\"exp\":\"1795929160000\",\"token_type\":\"bearer\"}");
    assertThat(Running.header(response, "Content-Type")).isEqualTo("application/json");
    assertThat(Running.header(response, "X-FRAME-OPTIONS")).isEqualTo("SAMEORIGIN");
    assertThat(Running.header(response, "Set-Cookie")).isEqualTo("locale=en_US; path=/; HttpOnly");
    HttpResponse<String> byQuery =
        running.send(
            "GET",
            running.http(
                "/ovirt-engine/sso/oauth/token?grant_type=password&scope=ovirt-app-admin"
                    + "&username=admin@internal&password=letmein"),
            null,
            "Accept",
            "application/json");
    assertThat(byQuery.body())
        .contains("ovirt-app-admin ovirt-app-api ovirt-ext=revoke:revoke-all ");
    String token = token();
    assertThat(get("Authorization", "Bearer " + token).statusCode()).isEqualTo(200);
    HttpResponse<String> out =
        running.send(
            "POST",
            running.http("/ovirt-engine/services/sso-logout"),
            "scope=ovirt-app-api&token=" + token,
            "Content-Type",
            "application/x-www-form-urlencoded");
    assertThat(out.statusCode()).isEqualTo(200);
    assertThat(out.body()).isEqualTo("{}");
    assertThat(get("Authorization", "Bearer " + token).statusCode()).isEqualTo(401);
    running.authenticator.tokens.clear();
  }

  @Test
  void tokenWithoutTheScopeOfTheApiCannotUseIt() {
    String body =
        sso("token", "grant_type=password&scope=&username=admin@internal&password=letmein").body();
    String token = body.replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
    assertThat(get("Authorization", "Bearer " + token).statusCode()).isEqualTo(401);
    running.authenticator.tokens.clear();
  }

  @Test
  void tokenRefusalsHaveTheRecordedBodies() {
    String api = "scope=ovirt-app-api&";
    assertRefused(
        sso("token", api + "grant_type=password&username=admin@internal&password=wrong"),
        "{\"error_code\":\"access_denied\",\"error\":\"Cannot authenticate user 'admin@internal':"
            + " Unable to log in.\"}");
    assertRefused(
        sso("token", api + "grant_type=password&username=x"),
        "{\"error_code\":\"invalid_request\",\"error\":\"Missing parameter: 'password'\"}");
    assertRefused(
        sso("token", api + "grant_type=password&password=x"),
        "{\"error_code\":\"invalid_request\",\"error\":\"Missing parameter: 'username'\"}");
    assertRefused(
        sso("token", api + "grant_type=magic"),
        "{\"error_code\":\"unsupported_grant_type\",\"error\":\"The authorization grant type is not"
            + " supported by the authorization server.\"}");
    assertRefused(
        sso("token", ""),
        "{\"error_description\":\"The authorization grant type is not supported by the"
            + " authorization server.\",\"error\":\"unsupported_grant_type\"}");
    assertRefused(
        sso("token", api + "grant_type=password", "Accept", "*/*"),
        "{\"error_code\":\"invalid_request\",\"error\":\"Missing parameter: 'Accept Header'\"}");
    assertThat(
            sso(
                    "token",
                    "grant_type=password&scope=nosuch&username=admin@internal&password=letmein")
                .body())
        .contains("invalid_scope");
    assertRefused(
        sso("token-info", "token=x"),
        "{\"error_description\":\"Missing parameter: 'client_id'\",\"error\":\"invalid_request\"}");
  }

  private static void assertRefused(HttpResponse<String> response, String body) {
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).isEqualTo(body);
  }

  @Test
  void clientsMayAskAboutAndRevokeTokens() {
    String token = token();
    String client = "client_id=overt&client_secret=client-secret&token=" + token;
    assertThat(sso("token-info", client).body())
        .contains("\"active\":true")
        .contains("\"user_id\":\"admin@internal\"");
    assertThat(sso("token-info", client.replace("client-secret", "guess")).statusCode())
        .isEqualTo(400);
    assertThat(sso("revoke", client).body()).isEqualTo("{}");
    assertThat(get("Authorization", "Bearer " + token).statusCode()).isEqualTo(401);
  }

  @Test
  void headerCredentialsGetATokenToo() {
    String form = "grant_type=urn:ovirt:params:oauth:grant-type:http&scope=ovirt-app-api";
    assertThat(sso("token-http-auth", form, "Authorization", Running.BASIC).body())
        .contains("access_token");
    HttpResponse<String> refused = sso("token-http-auth", form);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(Running.header(refused, "WWW-Authenticate")).startsWith("Basic");
    running.authenticator.tokens.clear();
  }

  @Test
  void statusIsTheRecordedOne() {
    assertThat(running.send("GET", running.http("/ovirt-engine/sso/status"), null).body())
        .isEqualTo(
            "{\"status_description\":\"SSO Webapp Deployed\",\"version\":\"0\","
                + "\"status\":\"active\"}");
    assertThat(sso("nosuch", "").statusCode()).isEqualTo(405);
  }
}

package io.overt.acceptance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.acceptance.EngineFixture;
import io.overt.acceptance.SharedEngine;
import io.overt.acceptance.hostile.Wire.Reply;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens, cookies and passwords that are not what they claim, and what the log says of them. */
@ExtendWith(SharedEngine.class)
@Timeout(60)
class BadLoginsTest {
  private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern COOKIE = Pattern.compile("JSESSIONID=([^;]+);");

  private final EngineFixture engine;
  private final Wire wire;
  private final String port;

  BadLoginsTest(EngineFixture engine) {
    this.engine = engine;
    this.wire = new Wire(engine);
    this.port = engine.config().url().replaceAll(".*:(\\d+)/.*", "$1");
  }

  private Reply with(String... headers) {
    StringBuilder request = new StringBuilder("GET /ovirt-engine/api/tags HTTP/1.1\r\n");
    request.append("Host: localhost:").append(port).append("\r\nConnection: close\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return wire.raw(request.append("\r\n").toString());
  }

  private Reply form(String path, String body) {
    return wire.raw(
        ("POST " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n")
            + "Accept: application/json\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n"
            + ("Content-Length: " + body.length() + "\r\n\r\n")
            + body);
  }

  private String token() {
    Reply reply =
        form(
            "/ovirt-engine/sso/oauth/token",
            "grant_type=password&scope=ovirt-app-api&username=admin@internal&password="
                + engine.access().adminPassword());
    Matcher found = TOKEN.matcher(reply.body());
    assertThat(found.find()).as(reply.toString()).isTrue();
    return found.group(1);
  }

  private static void assertRefused(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isIn(400, 401);
    if (reply.status() == 401) {
      assertThat(reply.header("WWW-Authenticate")).startsWith("Basic");
    }
  }

  @Test
  void forgedAndEndedTokensAreRefused() {
    String token = token();
    assertThat(with("Authorization: Bearer " + token).status()).isEqualTo(200);
    char last = token.charAt(token.length() - 1);
    String altered = token.substring(0, token.length() - 1) + (last == 'A' ? 'B' : 'A');
    for (String forged :
        List.of(
            altered,
            token + "A",
            token.substring(1),
            token.toUpperCase(java.util.Locale.ROOT),
            "",
            "null",
            "' or 1=1 --",
            "x".repeat(5_000),
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.")) {
      assertRefused(with("Authorization: Bearer " + forged));
    }
    form("/ovirt-engine/services/sso-logout", "scope=&token=" + token);
    assertRefused(with("Authorization: Bearer " + token));
  }

  @Test
  void forgedSessionsAreRefused() {
    Reply kept =
        with(
            "Authorization: " + Wire.basic("admin@internal", engine.access().adminPassword()),
            "Prefer: persistent-auth");
    Matcher cookie = COOKIE.matcher(kept.header("Set-Cookie"));
    assertThat(cookie.find()).isTrue();
    String session = cookie.group(1);
    assertThat(with("Cookie: JSESSIONID=" + session, "Prefer: persistent-auth").status())
        .isEqualTo(200);
    assertRefused(with("Cookie: JSESSIONID=" + session + "x", "Prefer: persistent-auth"));
    assertRefused(with("Cookie: JSESSIONID=", "Prefer: persistent-auth"));
    assertRefused(with("Cookie: =;;=\"", "Prefer: persistent-auth"));
    // without the preference the session ends
    assertRefused(with("Cookie: JSESSIONID=" + session));
    assertRefused(with("Cookie: JSESSIONID=" + session, "Prefer: persistent-auth"));
  }

  @Test
  void nonsenseInsteadOfCredentialsIsRefused() {
    for (String header :
        List.of(
            "Basic",
            "Basic !!!!",
            "Basic " + "QUJD",
            "Digest username=admin",
            "Negotiate abc",
            Wire.basic("admin@internal", "wrong"),
            Wire.basic("admin@internal", ""),
            Wire.basic("", engine.access().adminPassword()),
            Wire.basic("admin", engine.access().adminPassword()),
            Wire.basic("admin@nowhere", engine.access().adminPassword()),
            Wire.basic("admin' or '1'='1@internal", "x"),
            Wire.basic("a".repeat(3_000) + "@internal", "x"))) {
      assertRefused(with("Authorization: " + header));
    }
  }

  @Test
  void noSecretReachesTheLog() {
    String password = engine.access().adminPassword();
    String given = "Very-Secret-Root-Password";
    String forged = "forged-token-that-nobody-issued";
    String cookieValue = "forged-cookie-that-nobody-issued";
    String token;
    try (CapturedLog log = new CapturedLog()) {
      token = token();
      with("Authorization: Bearer " + token);
      with("Authorization: Bearer " + forged);
      with("Cookie: JSESSIONID=" + cookieValue, "Prefer: persistent-auth");
      with("Authorization: " + Wire.basic("admin@internal", given));
      form(
          "/ovirt-engine/sso/oauth/token",
          "grant_type=password&username=admin@internal&password=" + given);
      wire.post(Wire.API + "/hosts", true, "{\"name\":\"h\",\"root_password\":\"" + given + "\"}");
      wire.post(
          Wire.API + "/hosts",
          true,
          "{\"name\":\"h\",\"root_password\":\"%s\",\"nosuch\":1}".formatted(given));
      wire.post(Wire.API + "/hosts", true, "{\"root_password\":\"" + given);
      wire.post(
          Wire.API + "/hosts", false, "<host><root_password>" + given + "</root_password></hos>");
      wire.post(
          Wire.API + "/hosts",
          true,
          """
          {"name":"h","address":"127.0.0.1","port":1,"root_password":"%s",
           "cluster":{"name":"Default"}}
          """
              .formatted(given));
      wire.get(Wire.API + "/vms?token=" + token + "&search=nosuch%3D" + given);
      wire.post(Wire.API + "/tags", true, "{\"name\":\"told\"}");
      assertThat(log.text()).contains("told");
      for (String secret : List.of(password, given, forged, cookieValue, token)) {
        assertThat(log.text()).doesNotContain(secret);
      }
    }
  }
}

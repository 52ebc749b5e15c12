package io.overt.engine.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.vdsmrpc.Json;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SessionDoorTest {
  private static final String SESSION = RunningWebAdmin.HOME + "session";
  private static RunningWebAdmin running;

  @BeforeAll
  static void start() {
    running = RunningWebAdmin.shared();
  }

  private static Map<?, ?> json(HttpResponse<String> response) {
    return (Map<?, ?>) Json.parse(response.body());
  }

  private static HttpResponse<String> logIn() {
    HttpResponse<String> answer = running.logIn(RunningWebAdmin.USER, RunningWebAdmin.PASSWORD);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static String cookie(HttpResponse<String> response) {
    String cookie =
        response.headers().allValues("Set-Cookie").stream()
            .filter(value -> value.startsWith("overt_webadmin="))
            .findFirst()
            .orElse("");
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private static int api(String token) {
    return running.get("/ovirt-engine/api/tags", "Authorization", "Bearer " + token).statusCode();
  }

  @Test
  void loginGivesATokenForTheApiAndACookieForTheBrowser() {
    HttpResponse<String> answer = logIn();
    Map<?, ?> user = (Map<?, ?>) json(answer).get("user");
    assertThat(user.get("principal")).isEqualTo("admin@internal-authz");
    assertThat(user.get("name")).isEqualTo("admin");
    assertThat(user.get("administrator")).isEqualTo(true);
    assertThat((Long) json(answer).get("expires")).isGreaterThan(System.currentTimeMillis());
    assertThat(answer.headers().allValues("Set-Cookie"))
        .anyMatch(
            value ->
                value.matches(
                    "overt_webadmin=[\\w-]+; Path=/ovirt-engine/webadmin; HttpOnly;"
                        + " SameSite=Strict"));
    assertThat(RunningWebAdmin.header(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(api((String) json(answer).get("token"))).isEqualTo(200);
  }

  @Test
  void reloadedPageGetsItsSessionBackAndKnowsItsUser() {
    HttpResponse<String> login = logIn();
    HttpResponse<String> again = running.get(SESSION, "Cookie", cookie(login));
    assertThat(json(again).get("token")).isEqualTo(json(login).get("token"));
    assertThat(json(again).get("user")).isEqualTo(json(login).get("user"));
    String page = running.get(RunningWebAdmin.HOME, "Cookie", cookie(login)).body();
    assertThat(page)
        .contains("\"userInfo\":{\"id\":")
        .contains("admin@internal-authz")
        .doesNotContain((String) json(login).get("token"));
  }

  @Test
  void logoutEndsTheTokenAndTheCookie() {
    HttpResponse<String> login = logIn();
    HttpResponse<String> logout = running.send("DELETE", SESSION, null, "Cookie", cookie(login));
    assertThat(logout.statusCode()).isEqualTo(204);
    assertThat(logout.headers().allValues("Set-Cookie"))
        .anyMatch(value -> value.startsWith("overt_webadmin=;") && value.endsWith("; Max-Age=0"));
    assertThat(api((String) json(login).get("token"))).isEqualTo(401);
    HttpResponse<String> after = running.get(SESSION, "Cookie", cookie(login));
    assertThat(after.statusCode()).isEqualTo(401);
    assertThat(json(after).get("detail")).isEqualTo("Nobody is logged in");
  }

  @Test
  void wrongPasswordIsRefusedInTheSignOnsWords() {
    HttpResponse<String> refused = running.logIn("nosuch", "wrong");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().allValues("Set-Cookie")).isEmpty();
    assertThat((String) json(refused).get("detail"))
        .startsWith("Cannot authenticate user 'nosuch@internal'");
    HttpResponse<String> delayed = running.logIn("nosuch", "wrong");
    for (int attempt = 0; attempt < 10; attempt++) {
      delayed = running.logIn("nosuch", "wrong");
    }
    assertThat((String) json(delayed).get("detail")).contains("too many failed logins");
  }

  @Test
  void pagesOfOtherOriginsAreRefused() {
    String cookie = cookie(logIn());
    String[][] foreign = {
      {"Origin", "https://evil.example.com"},
      {"Sec-Fetch-Site", "cross-site"},
      {"Sec-Fetch-Site", "same-site"}
    };
    for (String[] header : foreign) {
      assertThat(running.get(SESSION, "Cookie", cookie, header[0], header[1]).statusCode())
          .isEqualTo(403);
      assertThat(
              running
                  .logIn(RunningWebAdmin.USER, RunningWebAdmin.PASSWORD, header[0], header[1])
                  .statusCode())
          .isEqualTo(403);
    }
    assertThat(running.get(SESSION, "Cookie", cookie, "Sec-Fetch-Site", "same-origin").statusCode())
        .isEqualTo(200);
    assertThat(running.get(SESSION, "Cookie", cookie, "Origin", running.origin()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void loginsOfAnotherShapeAreRefusedWithWhatWasExpected() {
    HttpResponse<String> form =
        running.send(
            "POST",
            SESSION,
            "{\"username\":\"a\",\"password\":\"b\"}",
            "Content-Type",
            "text/plain");
    assertThat(form.statusCode()).isEqualTo(400);
    HttpResponse<String> half =
        running.send("POST", SESSION, "{\"username\":\"a\"}", "Content-Type", "application/json");
    assertThat(half.statusCode()).isEqualTo(400);
    assertThat((String) json(half).get("detail")).contains("\"password\"").contains("[username]");
    assertThat(running.send("PUT", SESSION, "x").statusCode()).isEqualTo(405);
  }
}

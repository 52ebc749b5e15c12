package io.overt.engine.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.vdsmrpc.Json;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API session that the page gives to plugins. */
class SharedSessionTest {
  private static final String TAGS = "/ovirt-engine/api/tags";
  private final RunningWebAdmin running = RunningWebAdmin.shared();
  private HttpResponse<String> login;
  private String token;
  private String id;

  @BeforeEach
  void logIn() {
    login = running.logIn(RunningWebAdmin.USER, RunningWebAdmin.PASSWORD);
    Map<?, ?> session = (Map<?, ?>) Json.parse(login.body());
    token = (String) session.get("token");
    id = (String) session.get("restSession");
  }

  private int get(String... headers) {
    return running.get(TAGS, headers).statusCode();
  }

  private int add(String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = "application/json";
    System.arraycopy(headers, 0, all, 2, headers.length);
    String name = "tag-" + System.nanoTime();
    return running.send("POST", TAGS, "{\"name\":\"" + name + "\"}", all).statusCode();
  }

  private String cookie() {
    return "JSESSIONID=" + id;
  }

  @Test
  void browserGetsItAsACookieOfTheApiAlone() {
    assertThat(login.headers().allValues("Set-Cookie"))
        .contains(cookie() + "; Path=/ovirt-engine/api; HttpOnly; SameSite=Strict");
    assertThat(id).isNotEqualTo(token);
  }

  @Test
  void itIsOfUseAsCookieAndAsHeader() {
    assertThat(get("Cookie", cookie(), "Prefer", "persistent-auth")).isEqualTo(200);
    assertThat(get("Cookie", cookie())).isEqualTo(200);
    assertThat(get("JSESSIONID", id)).isEqualTo(200);
    assertThat(get("JSESSIONID", id + "x")).isEqualTo(401);
  }

  @Test
  void onePluginDoesNotEndItForAllOthers() {
    assertThat(get("Cookie", cookie(), "Authorization", "Bearer wrong")).isEqualTo(401);
    assertThat(get("Cookie", cookie(), "Prefer", "new-auth")).isEqualTo(401);
    assertThat(get("Cookie", cookie(), "Authorization", "Bearer " + token)).isEqualTo(200);
    assertThat(get("Cookie", cookie(), "Prefer", "persistent-auth")).isEqualTo(200);
  }

  @Test
  void reloadedPageHasTheSameAndLogoutEndsIt() {
    String own =
        login.headers().allValues("Set-Cookie").stream()
            .filter(value -> value.startsWith("overt_webadmin="))
            .map(value -> value.substring(0, value.indexOf(';')))
            .findFirst()
            .orElseThrow();
    HttpResponse<String> again = running.get(RunningWebAdmin.HOME + "session", "Cookie", own);
    assertThat(((Map<?, ?>) Json.parse(again.body())).get("restSession")).isEqualTo(id);
    running.send("DELETE", RunningWebAdmin.HOME + "session", null, "Cookie", own);
    assertThat(get("Cookie", cookie(), "Prefer", "persistent-auth")).isEqualTo(401);
  }

  @Test
  void sessionsOfOtherClientsStillEndWithoutThePreference() {
    HttpResponse<String> first =
        running.get(TAGS, "Authorization", "Bearer " + token, "Prefer", "persistent-auth");
    String other = RunningWebAdmin.header(first, "JSESSIONID");
    assertThat(RunningWebAdmin.header(first, "Set-Cookie")).startsWith("JSESSIONID=" + other);
    assertThat(get("Cookie", "JSESSIONID=" + other, "Prefer", "persistent-auth")).isEqualTo(200);
    assertThat(get("Cookie", "JSESSIONID=" + other)).isEqualTo(401);
    assertThat(get("Cookie", "JSESSIONID=" + other, "Prefer", "persistent-auth")).isEqualTo(401);
  }

  @Test
  void cookieAloneWritesForTheOwnPagesAndForProgramsOnly() {
    assertThat(add("Cookie", cookie())).isEqualTo(201);
    assertThat(add("Cookie", cookie(), "Sec-Fetch-Site", "same-origin")).isEqualTo(201);
    assertThat(add("Cookie", cookie(), "Origin", running.origin())).isEqualTo(201);
    assertThat(add("Cookie", cookie(), "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
    assertThat(add("Cookie", cookie(), "Sec-Fetch-Site", "same-site")).isEqualTo(403);
    assertThat(add("Cookie", cookie(), "Origin", "https://evil.example.com")).isEqualTo(403);
    assertThat(add("Cookie", cookie(), "Origin", "null")).isEqualTo(403);
    assertThat(get("Cookie", cookie(), "Sec-Fetch-Site", "cross-site")).isEqualTo(200);
    assertThat(add("Authorization", "Bearer " + token, "Sec-Fetch-Site", "cross-site"))
        .isEqualTo(201);
    assertThat(add("JSESSIONID", id, "Origin", "https://foreman.example.com")).isEqualTo(201);
  }
}

package io.overt.engine.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.vdsmrpc.Json;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HostPageTest {
  private static final String SCRIPT = "/ovirt-engine/webadmin/assets/app-Cafe1234.js";
  private static RunningWebAdmin running;

  @BeforeAll
  static void start() {
    running = RunningWebAdmin.shared();
  }

  private static Map<?, ?> data(HttpResponse<String> page) {
    Matcher matcher = Pattern.compile("id=\"host-page\">([^<]*)</script>").matcher(page.body());
    assertThat(matcher.find()).isTrue();
    return (Map<?, ?>) Json.parse(matcher.group(1));
  }

  @Test
  void peopleAreLedToThePageAndProgramsAreNot() {
    for (String path : new String[] {"/", "/ovirt-engine", "/ovirt-engine/"}) {
      HttpResponse<String> person = running.get(path, "Accept", "text/html,*/*;q=0.8");
      assertThat(person.statusCode()).isEqualTo(302);
      assertThat(RunningWebAdmin.header(person, "Location")).isEqualTo(RunningWebAdmin.HOME);
      assertThat(running.get(path).body()).contains("REST API");
    }
    for (String path :
        new String[] {
          "/ovirt-engine/webadmin",
          "/webadmin",
          "/webadmin/webadmin/WebAdmin.html",
          "/ovirt-engine/webadmin/webadmin/"
        }) {
      HttpResponse<String> moved = running.get(path + "?locale=de_DE");
      assertThat(moved.statusCode()).as(path).isEqualTo(302);
      assertThat(RunningWebAdmin.header(moved, "Location"))
          .isEqualTo(RunningWebAdmin.HOME + "?locale=de_DE");
    }
  }

  @Test
  void pageCarriesWhatItMustKnow() {
    HttpResponse<String> page = running.get(RunningWebAdmin.HOME);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(RunningWebAdmin.header(page, "Content-Type")).startsWith("text/html");
    assertThat(data(page).get("userInfo")).isNull();
    assertThat(data(page).get("baseContextPath")).isEqualTo("/ovirt-engine/");
    assertThat(data(page).get("locale")).isEqualTo("en-US");
    assertThat(running.get(RunningWebAdmin.HOME + "WebAdmin.html").body()).isEqualTo(page.body());
    assertThat(running.send("POST", RunningWebAdmin.HOME, "x").statusCode()).isEqualTo(405);
  }

  @Test
  void headersKeepForeignScriptsAndFramesOut() {
    HttpResponse<String> page = running.get(RunningWebAdmin.HOME);
    assertThat(RunningWebAdmin.header(page, "X-Frame-Options")).isEqualTo("SAMEORIGIN");
    assertThat(RunningWebAdmin.header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(RunningWebAdmin.header(page, "X-XSS-Protection")).isEqualTo("1; mode=block");
    assertThat(RunningWebAdmin.header(page, "Content-Security-Policy").split("; "))
        .contains(
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "frame-src *",
            "frame-ancestors 'self'",
            "connect-src 'self' wss: ws:",
            "img-src 'self' data: blob:");
  }

  @Test
  void languageIsTheAskedOneElseTheBrowsers() {
    String german = running.get(RunningWebAdmin.HOME + "?locale=de_DE").body();
    assertThat(german).contains("<html lang=\"de-DE\">").contains("\"locale\":\"de-DE\"");
    assertThat(running.get(RunningWebAdmin.HOME, "Accept-Language", "de;q=0.9,en;q=0.5").body())
        .contains("\"locale\":\"de-DE\"");
    assertThat(
            running
                .get(RunningWebAdmin.HOME + "?locale=%22%3E%3Cx", "Accept-Language", "ru")
                .body())
        .contains("\"locale\":\"en-US\"");
  }

  @Test
  void samePageIsNotSentTwice() {
    HttpResponse<String> first = running.get(RunningWebAdmin.HOME);
    String tag = RunningWebAdmin.header(first, "ETag");
    HttpResponse<String> again = running.get(RunningWebAdmin.HOME, "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    HttpResponse<String> german =
        running.get(RunningWebAdmin.HOME + "?locale=de_DE", "If-None-Match", tag);
    assertThat(german.statusCode()).isEqualTo(200);
  }

  @Test
  void assetsAreKeptByBrowsersAndPacked() {
    HttpResponse<String> plain = running.get(SCRIPT);
    assertThat(plain.statusCode()).isEqualTo(200);
    assertThat(RunningWebAdmin.header(plain, "Content-Type"))
        .isEqualTo("text/javascript;charset=UTF-8");
    assertThat(RunningWebAdmin.header(plain, "Cache-Control"))
        .isEqualTo("public, max-age=31536000, immutable");
    HttpResponse<String> packed = running.get(SCRIPT, "Accept-Encoding", "gzip, br");
    assertThat(RunningWebAdmin.header(packed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(packed.body().length()).isLessThan(plain.body().length());
  }

  @Test
  void whatIsNotThereIsNotFound() {
    for (String path :
        new String[] {
          "assets",
          "assets/",
          "assets/nosuch.js",
          "nosuch.html",
          "%2e%2e/page/index.html",
          "..%2fpage%2findex.html",
          "webadmin/nosuch"
        }) {
      assertThat(running.get(RunningWebAdmin.HOME + path).statusCode()).as(path).isEqualTo(404);
    }
  }
}

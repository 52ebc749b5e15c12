package io.overt.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
  private static Running running;

  @BeforeAll
  static void start() {
    running = new Running();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static void assertEmpty(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEmpty();
    assertThat(Running.header(response, "Content-Type")).isNull();
    assertThat(Running.header(response, "Content-Length")).isEqualTo("0");
    assertThat(Running.header(response, "Correlation-Id")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/vms/2",
        "/vms/nonsense",
        "/vms/%20",
        "/vms/%2e%2e",
        "/vms/a%2Fb",
        "/vms/%7B1%7D",
        "/nosuch",
        "/vms/1/nosuch",
        "/TAGS/0",
        "/v4/model",
        "/api",
        "/tags/0;accept=application/json",
        "/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x"
      })
  void whatIsNowhereIsAnEmptyNotFound(String path) {
    assertEmpty(running.get(path), 404);
  }

  @Test
  void dotSegmentsAreResolvedAndEmptyOnesAreNowhere() throws Exception {
    assertThat(running.rawGet("/ovirt-engine/api/vms/..")).contains("<api>");
    assertThat(running.rawGet("/ovirt-engine/api//vms")).startsWith("HTTP/1.1 404");
    assertThat(running.rawGet("/../../etc/passwd")).startsWith("HTTP/1.1 400");
    assertThat(running.rawGet("/ovirt-engine/api/vms/%00")).startsWith("HTTP/1.1 400");
    assertThat(running.rawGet("/ovirt-engine/api/vms/%zz")).startsWith("HTTP/1.1 400");
    assertThat(running.rawGet("/ovirt-engine/api/vms/%ff%fe")).startsWith("HTTP/1.1 400");
    assertThat(running.rawGet("/ovirt-engine/api/vms?search=%")).startsWith("HTTP/1.1 400");
    assertThat(running.rawGet("/ovirt-engine/api/vms/1;;;=;a=b;/")).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE | /vms | HEAD, POST, GET, OPTIONS",
        "POST | '' | HEAD, GET, OPTIONS",
        "PUT | '' | HEAD, GET, OPTIONS",
        "DELETE | /jobs/1 | HEAD, GET, OPTIONS",
        "POST | /vms/1 | HEAD, DELETE, GET, OPTIONS, PUT",
        "GET | /vms/1/start | POST, OPTIONS",
        "PATCH | /vms | HEAD, POST, GET, OPTIONS"
      })
  void unsupportedMethodsNameTheSupported(String method, String path, String allow) {
    HttpResponse<String> response = running.api(method, path, null);
    assertEmpty(response, 405);
    assertThat(Running.header(response, "Allow")).isEqualTo(allow);
  }

  @Test
  void optionsAnswersTheMethods() {
    HttpResponse<String> response = running.api("OPTIONS", "", null);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Running.header(response, "Allow")).isEqualTo("HEAD, GET, OPTIONS");
    assertThat(response.body()).isEqualTo("HEAD, GET, OPTIONS");
    assertThat(Running.header(response, "Content-Type")).isEqualTo("text/plain;charset=UTF-8");
  }

  @Test
  void malformedBodiesPointToTheDocumentation() {
    String usage =
        "For correct usage, see: http://localhost:"
            + running.server.httpPort()
            + "/ovirt-engine/apidoc#services/vms/methods/add</detail>";
    for (String body :
        new String[] {"<vm><name>", "{", "<tag/>", "<vm><nosuch/></vm>", "", "<vm>&#0;</vm>"}) {
      HttpResponse<String> response = running.xml("POST", "/vms", body);
      assertThat(response.statusCode()).as(body).isEqualTo(400);
      assertThat(response.body())
          .as(body)
          .contains("<reason>Request syntactically incorrect.</reason>")
          .contains(usage);
    }
    HttpResponse<String> json =
        running.api(
            "POST",
            "/vms",
            "{\"nosuchfield\":1}",
            "Content-Type",
            "application/json",
            "Accept",
            "application/json");
    assertThat(json.statusCode()).isEqualTo(400);
    assertThat(json.body()).contains("nosuchfield").contains("\"reason\" : \"Request synt");
  }

  @Test
  void featuresRefusalsBecomeFaults() {
    HttpResponse<String> incomplete = running.xml("POST", "/vms", "<vm/>");
    assertThat(incomplete.statusCode()).isEqualTo(400);
    assertThat(incomplete.body())
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <fault>
                <detail>Vm [name] required for add</detail>
                <reason>Incomplete parameters</reason>
            </fault>
            """);
    HttpResponse<String> duplicate = running.xml("POST", "/vms", "<vm><name>first</name></vm>");
    assertThat(duplicate.statusCode()).isEqualTo(409);
  }

  @Test
  void whatNoFeatureImplementsIsNamed() {
    HttpResponse<String> list = running.get("/bookmarks");
    assertThat(list.statusCode()).isEqualTo(501);
    assertThat(list.body()).contains("Operation not implemented: bookmarks.list");
    HttpResponse<String> action = running.xml("POST", "/vms/1/reboot", "<action/>");
    assertThat(action.statusCode()).isEqualTo(501);
    assertThat(action.body()).contains("Operation not implemented: vm.reboot");
  }

  @Test
  void whatIsNotThereIsNotFoundWhateverIsImplemented() {
    assertThat(running.xml("POST", "/vms/nobody/reboot", "<action/>").statusCode()).isEqualTo(404);
    assertThat(running.get("/vms/nobody/snapshots").statusCode()).isEqualTo(404);
    assertThat(running.get("/vms/1/snapshots").statusCode()).isEqualTo(501);
  }

  @Test
  void theGuardIsAskedBeforeTheFeature() {
    running.forbidden = "vms.list";
    try {
      HttpResponse<String> response = running.get("/vms");
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body()).contains("[You may not vms.list]");
    } finally {
      running.forbidden = "";
    }
  }

  @Test
  void unexpectedFailuresTellTheCorrelationIdAndNothingElse() {
    HttpResponse<String> response = running.get("/vms?search=explode", "Correlation-Id", "find-me");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .contains("find-me")
        .contains("<reason>Operation Failed</reason>")
        .doesNotContain("secret inside")
        .doesNotContain("Exception");
  }

  @Test
  void otherVersionsAreRefusedAfterTheLogin() {
    assertThat(running.get("/v5").statusCode()).isEqualTo(400);
    assertThat(running.get("/vms", "Version", "5").statusCode()).isEqualTo(400);
    assertThat(running.get("/vms", "Version", "4").statusCode()).isEqualTo(200);
    assertThat(running.get("/v4/vms", "Version", "3").statusCode()).isEqualTo(200);
    assertThat(running.send("GET", running.http("/ovirt-engine/api/v5"), null).statusCode())
        .isEqualTo(401);
  }

  @Test
  void versionThreeIsSelectedByThePathTheHeaderOrTheOldAddress() {
    String wrapped = "<state>down</state>";
    assertThat(running.get("/v3/vms").body())
        .contains(wrapped)
        .contains("href=\"/ovirt-engine/api/v3/vms/1\"");
    assertThat(running.get("/vms", "Version", "3").body())
        .contains(wrapped)
        .contains("href=\"/ovirt-engine/api/vms/1\"");
    assertThat(old("/api/vms").body()).contains(wrapped).contains("href=\"/api/vms/1\"");
    assertThat(old("/api/vms", "Version", "4").body()).doesNotContain(wrapped);
  }

  private HttpResponse<String> old(String path, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Authorization";
    all[headers.length + 1] = Running.BASIC;
    return running.send("GET", running.http(path), null, all);
  }
}

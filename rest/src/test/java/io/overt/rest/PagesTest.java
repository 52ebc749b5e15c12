package io.overt.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.rest.route.RouteTable;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PagesTest {
  private static Running running;

  @BeforeAll
  static void start() {
    running = new Running();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static HttpResponse<String> get(String path) {
    return running.send("GET", running.http(path), null);
  }

  @Test
  void certificatesAreServedWithoutLogin() {
    String resource = "/ovirt-engine/services/pki-resource?resource=ca-certificate&format=";
    HttpResponse<String> authority = get(resource + "X509-PEM-CA");
    assertThat(Running.header(authority, "Content-Type"))
        .isEqualTo("application/x-x509-ca-cert; charset=ISO-8859-1");
    assertThat(authority.body()).startsWith("-----BEGIN CERTIFICATE-----\n");
    assertThat(get("/ca.crt").body()).isEqualTo(authority.body());
    assertThat(get("/ovirt-engine/ca.crt").body()).isEqualTo(authority.body());
    assertThat(get(resource + "OPENSSH-PUBKEY&alias=a%20b").body()).matches("ssh-rsa \\S+ a_b\n");
    assertThat(get(resource + "x").body()).contains("Format 'x' is invalid");
    assertThat(get(resource + "x").statusCode()).isEqualTo(400);
    HttpResponse<String> bad =
        get("/ovirt-engine/services/pki-resource?resource=%3Cb%3E&format=X509-PEM");
    assertThat(bad.body()).contains("Resource '&lt;b&gt;' is invalid");
  }

  @Test
  void healthFollowsTheDatabase() {
    assertThat(get("/ovirt-engine/services/health").body())
        .isEqualTo("DB Up!Welcome to Health Status!");
    running.databaseUp = false;
    try {
      assertThat(get("/ovirt-engine/services/health").statusCode()).isEqualTo(503);
    } finally {
      running.databaseUp = true;
    }
  }

  @Test
  void peopleFindTheWay() {
    assertThat(get("/").body()).contains("/ovirt-engine/apidoc").contains("ca-certificate");
    assertThat(get("/ovirt-engine/").body()).isEqualTo(get("/").body());
    assertThat(get("/ovirt-engine/apidoc").body())
        .contains("id=\"services/vms/methods/add\"")
        .contains("POST /vms/{vm}/start");
    assertThat(get("/ovirt-engine/nosuch").statusCode()).isEqualTo(404);
    assertThat(get("/ovirt-engine/apix").statusCode()).isEqualTo(404);
  }

  @Test
  void descriptionsOfTheApiAreInside() {
    assertThat(running.get("/model.json").body()).startsWith("{\"enums\"");
    assertThat(running.get("/model.xml").body())
        .contains("<model>\n    <enums>\n        <enum>\n            <name>access_protocol</name>")
        .endsWith("</model>\n");
    assertThat(running.get("/model.html").body()).contains("services/vms/methods/add");
    HttpResponse<String> schema = running.get("?schema");
    assertThat(Running.header(schema, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(Running.header(schema, "content-disposition"))
        .isEqualTo("attachment; filename = ovirt-engine-api-schema.xsd");
    assertThat(schema.body()).contains("schema").contains("creation_status");
  }

  @Test
  void metricsCountOperations() {
    running.get("/vms");
    assertThat(get("/metrics").body())
        .contains("overt_http_requests_total{operation=\"vms.list\",status=\"200\"}")
        .contains("overt_http_request_seconds_bucket{le=\"+Inf\"}")
        .contains("jvm_memory_heap_used_bytes");
    String url = running.http("/metrics");
    assertThat(running.send("GET", url, null, "X-Forwarded-For", "192.0.2.1").statusCode())
        .isEqualTo(401);
    assertThat(
            running
                .send(
                    "GET",
                    url,
                    null,
                    "X-Forwarded-For",
                    "192.0.2.1",
                    "Authorization",
                    Running.BASIC)
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void everyOperationOfTheModelHasARoute() {
    assertThat(ApiServer.routes()).hasSize(894);
    assertThat(ApiServer.routes())
        .anyMatch(route -> route.toString().equals("POST /vms/{vm}/start -> vm.start"))
        .allSatisfy(
            route -> {
              String path = route.template().replaceAll("\\{\\w+}", "1");
              assertThat(route.template()).doesNotContain("*");
              var target =
                  path.isEmpty()
                      ? RouteTable.model().find(List.of())
                      : RouteTable.model().find(path);
              assertThat(target).as(path).isNotNull();
              assertThat(target.operation(route.method())).as(path).isEqualTo(route.operation());
            });
  }

  @Test
  @Timeout(30)
  void eventsAreStreamedFromTheOneThatIsKnown() throws Exception {
    running.feed.append("one");
    running.feed.append("two");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(running.http("/ovirt-engine/api/events")))
            .header("Authorization", Running.BASIC)
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", "1")
            .build();
    HttpResponse<InputStream> response =
        running.client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertThat(Running.header(response, "Content-Type")).isEqualTo("text/event-stream");
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertThat(await(reader, "id: ")).isEqualTo("id: 2");
      assertThat(await(reader, "data:   \"description\"")).contains("two");
      running.feed.append("three");
      assertThat(await(reader, "id: ")).isEqualTo("id: 3");
    }
    assertThat(running.get("/events").body()).contains("<events/>");
  }

  private static String await(BufferedReader reader, String prefix) throws Exception {
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.startsWith(prefix)) {
        return line;
      }
    }
    throw new AssertionError("the stream ended before a line " + prefix);
  }

  @Test
  void versionThreeDescribesItself() {
    HttpResponse<String> requests = running.get("/v3?rsdl");
    assertThat(Running.header(requests, "Content-Type")).startsWith("application/xml");
    assertThat(requests.body())
        .contains("<link href=\"vms/{vm:id}/start\" rel=\"start\">")
        .contains("<link href=\"vms/{vm:id}/disks\" rel=\"get\">", "<type>VM</type>")
        .contains("<link href=\"vms/{vm:id}/preview_snapshot\" rel=\"preview_snapshot\">");
    assertThat(running.get("/v3?schema").body())
        .contains("<xs:attribute name=\"sockets\" type=\"xs:long\"/>");
    assertThat(running.get("?schema").body())
        .contains("<xs:element name=\"sockets\" type=\"xs:long\" minOccurs=\"0\"/>");
  }
}

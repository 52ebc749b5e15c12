package io.overt.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegotiationTest {
  private static final String XML = "application/xml;charset=UTF-8";
  private static Running running;

  @BeforeAll
  static void start() {
    running = new Running();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/xml | xml",
        "application/json | json",
        "*/* | xml",
        "application/* | xml",
        "application/xml;q=0.1, application/json;q=0.9 | json",
        "application/json;q=0.1, application/xml;q=0.9 | xml",
        "application/json, application/xml | xml",
        "text/html, application/xml;q=0.9, */*;q=0.8 | xml",
        "application/json;charset=utf-8 | json",
        "application/JSON | json",
        "application/json;version=4 | json",
        "application/xml;q=0 | xml",
        "application/pdf, application/json | json",
        "text/xml | 406",
        "text/html | 406",
        "text/* | 406",
        "image/png | 406",
        "application/x-yaml | 406",
        "nonsense | 400",
        "application/xml;q=many | 400"
      })
  void acceptSelectsTheForm(String accept, String expected) {
    HttpResponse<String> response = running.get("/tags/0", "Accept", accept);
    String type = Running.header(response, "Content-Type");
    switch (expected) {
      case "xml" -> assertThat(type).isEqualTo(XML);
      case "json" -> assertThat(type).isEqualTo("application/json");
      default -> {
        assertThat(response.statusCode()).isEqualTo(Integer.parseInt(expected));
        assertThat(response.body().isEmpty()).isEqualTo(expected.equals("406"));
      }
    }
  }

  @Test
  void acceptParameterAddsToTheHeader() {
    assertThat(Running.header(running.get("/tags/0?accept=application/json"), "Content-Type"))
        .isEqualTo("application/json");
    assertThat(
            Running.header(
                running.get("/tags/0?accept=application/xml", "Accept", "application/json"),
                "Content-Type"))
        .isEqualTo(XML);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/xml; charset=UTF-8 | 201",
        "APPLICATION/XML | 201",
        "application/xml; charset=ISO-8859-1 | 201",
        "application/json | 400",
        "text/xml | 415",
        "text/plain | 415",
        "application/x-www-form-urlencoded | 415",
        "application/vnd.api+json | 415",
        "application/xml; charset=klingon | 415",
        "garbled | 400"
      })
  void contentTypeMustBeXmlOrJson(String type, int status) {
    HttpResponse<String> response =
        running.api("POST", "/tags", "<tag><name>x</name></tag>", "Content-Type", type);
    assertThat(response.statusCode()).isEqualTo(status);
    if (status == 415) {
      assertThat(response.body()).isEmpty();
    }
  }

  @Test
  void characterSetOfTheHeaderCounts() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(running.http("/ovirt-engine/api/tags")))
            .header("Authorization", Running.BASIC)
            .header("Content-Type", "application/xml; charset=ISO-8859-1")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    "<tag><name>größe</name></tag>".getBytes(StandardCharsets.ISO_8859_1)))
            .build();
    assertThat(running.client.send(request, HttpResponse.BodyHandlers.ofString()).body())
        .contains("<name>größe</name>");
  }

  @Test
  void missingContentTypeIsUnsupported() {
    assertThat(running.api("POST", "/tags", "<tag/>").statusCode()).isEqualTo(415);
    assertThat(running.api("POST", "/tags", null).statusCode()).isEqualTo(415);
  }

  @Test
  void longAnswersAreCompressedForThoseWhoAcceptIt() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(running.http("/ovirt-engine/api/vms")))
            .header("Authorization", Running.BASIC)
            .header("Accept-Encoding", "deflate, gzip;q=0.5")
            .build();
    HttpResponse<byte[]> response =
        running.client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(Running.header(response, "Content-Encoding")).isEqualTo("gzip");
    assertThat(unpacked(response.body())).isEqualTo(running.get("/vms").body());
    HttpResponse<String> refused = running.get("/vms", "Accept-Encoding", "gzip;q=0");
    assertThat(Running.header(refused, "Content-Encoding")).isNull();
  }

  @Test
  void largeListsAreStreamed() throws Exception {
    for (int index = 0; index < 300; index++) {
      running.system.addVm("large-" + index, "large-" + index);
    }
    try {
      HttpResponse<String> plain = running.get("/vms");
      assertThat(Running.header(plain, "Transfer-Encoding")).isEqualTo("chunked");
      assertThat(plain.body()).endsWith("</vms>\n").contains("large-299");
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(running.http("/ovirt-engine/api/vms")))
              .header("Authorization", Running.BASIC)
              .header("Accept-Encoding", "gzip")
              .build();
      byte[] packed = running.client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
      assertThat(unpacked(packed)).isEqualTo(plain.body());
    } finally {
      running.system.vms.keySet().removeIf(id -> id.startsWith("large-"));
    }
  }

  private static String unpacked(byte[] bytes) throws IOException {
    try (GZIPInputStream input = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void headHasTheHeadersWithoutTheBody() {
    HttpResponse<String> response = running.api("HEAD", "", null);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(Running.header(response, "Link")).contains("rel=vms");
    assertThat(running.api("HEAD", "/vms/nosuch", null).statusCode()).isEqualTo(404);
  }

  @Test
  void correlationIdIsCleanedAndReturned() {
    assertThat(
            Running.header(running.get("/vms/1", "Correlation-Id", "my id!_1-x"), "Correlation-Id"))
        .isEqualTo("myid_1-x");
    assertThat(running.system.lastCall).isEqualTo("vm.get for admin@internal-authz under myid_1-x");
    assertThat(Running.header(running.get("/vms?correlation_id=q1"), "Correlation-Id"))
        .isEqualTo("q1");
    assertThat(Running.header(running.get("/vms", "Correlation-Id", "%$"), "Correlation-Id"))
        .hasSize(36);
    assertThat(
            Running.header(running.get("/vms", "Correlation-Id", "x".repeat(99)), "Correlation-Id"))
        .isEqualTo("x".repeat(36));
  }
}

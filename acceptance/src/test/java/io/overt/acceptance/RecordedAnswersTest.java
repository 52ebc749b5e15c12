package io.overt.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.acceptance.WireNode.Members;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The answers of an engine without hosts that has one data center, cluster and VM, next to those
 * that an oVirt engine 4.5.8 gave to the same requests, in XML and in JSON. The files in {@code
 * wire} describe the latter; where an answer differs on purpose they say so.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecordedAnswersTest {
  private static final String BLANK = "00000000-0000-0000-0000-000000000000";

  /** What clients look at; a header of these that a fixture does not name must be absent. */
  private static final Set<String> HEADERS =
      Set.of(
          "Allow",
          "Cache-Control",
          "Content-Disposition",
          "Content-Encoding",
          "Content-Type",
          "Correlation-Id",
          "Link",
          "Location",
          "Set-Cookie",
          "WWW-Authenticate",
          "X-Frame-Options",
          "X-XSS-Protection");

  private static EngineFixture engine;
  private static HttpClient client;
  private static Map<String, String> ids;

  @BeforeAll
  static void startAnEngineWithOneVm() {
    engine = EngineFixture.start();
    client = HttpClient.newBuilder().sslContext(engine.access().trust()).build();
    String dataCenter = add("/datacenters", "{\"name\": \"wire\", \"local\": \"false\"}");
    String cluster =
        add(
            "/clusters",
            """
            {"name": "wire", "data_center": {"id": "%s"},
             "cpu": {"type": "Intel Nehalem Family", "architecture": "x86_64"}}
            """
                .formatted(dataCenter));
    String vm =
        add(
            "/vms",
            "{\"name\": \"wire\", \"cluster\": {\"id\": \"%s\"}, \"template\": {\"id\": \"%s\"}}"
                .formatted(cluster, BLANK));
    ids = Map.of("{dc}", dataCenter, "{cluster}", cluster, "{vm}", vm);
    // So that there is a job to list.
    assertThat(post("/vms/" + vm + "/stop", "{}").statusCode()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    client.close();
    engine.close();
  }

  @Order(1)
  @TestFactory
  Stream<DynamicTest> answersLookLikeThoseOfAnOvirtEngine() throws Exception {
    return tests("wire");
  }

  @Order(2)
  @TestFactory
  Stream<DynamicTest> soDoThoseAboutHosts() throws Exception {
    engine.farm();
    return tests("wire-hosts");
  }

  private static Stream<DynamicTest> tests(String directory) throws Exception {
    return fixtures(directory).stream()
        .flatMap(
            fixture ->
                fixture.formats().entrySet().stream()
                    .map(
                        format ->
                            DynamicTest.dynamicTest(
                                fixture.name() + ", " + format.getKey(),
                                () -> compare(fixture, format.getValue()))));
  }

  private static List<WireFixture> fixtures(String directory)
      throws IOException, URISyntaxException {
    URL url = Objects.requireNonNull(RecordedAnswersTest.class.getResource(directory));
    try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
      return files.sorted().map(WireFixture::read).toList();
    }
  }

  private static void compare(WireFixture fixture, String accept) {
    HttpResponse<String> answer = exchange(fixture, accept);
    String body = answer.body();
    assertThat(answer.statusCode()).as("status of %s", body).isEqualTo(fixture.status());
    assertThat(answer.headers().firstValue("Content-Type")).isEqualTo(fixture.contentType(accept));
    for (String header : HEADERS) {
      String wanted = fixture.headers().get(header);
      String value = String.join(", ", answer.headers().allValues(header));
      if (wanted == null) {
        assertThat(value).as(header).isEmpty();
      } else if (!header.equals("Content-Type")) {
        assertThat(value.startsWith(wanted) || wanted.equals("*") && !value.isEmpty())
            .as("%s: '%s', expected '%s'", header, value, wanted)
            .isTrue();
      }
    }
    if (fixture.shape().isEmpty()) {
      assertThat(body).contains(fixture.text());
      assertThat(body.isEmpty()).as("empty: %s", body).isEqualTo(fixture.text().isEmpty());
    } else if (body.startsWith("<")) {
      compareXml(fixture.shape().get(), body);
    } else {
      boolean api = answer.headers().firstValue("Correlation-Id").isPresent();
      compareJson(fixture.shape().get(), body, api);
    }
  }

  private static void compareXml(WireShape shape, String body) {
    assertThat(body)
        .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<")
        .endsWith(">\n");
    Members document = WireNode.xml(body);
    assertThat(shape.problemsOfXml(document)).as(body).isEmpty();
  }

  /** The API indents its JSON, the SSO does not. */
  private static void compareJson(WireShape shape, String body, boolean api) {
    String start = api ? "{\n  \"" : "{\"";
    assertThat(body).matches(text -> text.startsWith(start) || text.equals("{ }"), "as recorded");
    assertThat(shape.problemsOfJson(WireNode.json(body))).as(body).isEmpty();
  }

  private static HttpResponse<String> exchange(WireFixture fixture, String accept) {
    HttpRequest.Builder request = request(replaced(fixture.path()));
    fixture
        .requestHeaders()
        .forEach(
            (name, value) -> {
              if (!name.equals("Authorization")) {
                request.setHeader(name, value);
              }
            });
    switch (fixture.requestHeaders().getOrDefault("Authorization", "administrator")) {
      case "none" -> {}
      case "wrong" -> request.setHeader("Authorization", basic("wrong"));
      default -> request.setHeader("Authorization", basic(engine.access().adminPassword()));
    }
    request.setHeader("Accept", accept);
    request.method(
        fixture.method(),
        fixture
            .requestBody()
            .map(text -> BodyPublishers.ofString(replaced(text)))
            .orElseGet(BodyPublishers::noBody));
    return send(request);
  }

  private static String replaced(String text) {
    String result = text.replace("{password}", engine.access().adminPassword());
    for (Map.Entry<String, String> id : ids.entrySet()) {
      result = result.replace(id.getKey(), id.getValue());
    }
    return result;
  }

  private static String add(String collection, String body) {
    HttpResponse<String> answer = post(collection, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return ((Members) WireNode.json(answer.body())).text("id");
  }

  private static HttpResponse<String> post(String path, String body) {
    return send(
        request(path)
            .header("Authorization", basic(engine.access().adminPassword()))
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder request(String path) {
    URI base = URI.create(engine.config().url());
    String prefix = path.startsWith("/ovirt-engine") ? "" : "/ovirt-engine/api";
    return HttpRequest.newBuilder(base.resolve(prefix + path)).timeout(Duration.ofMinutes(1));
  }

  private static String basic(String password) {
    String credentials = "admin@internal:" + password;
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}

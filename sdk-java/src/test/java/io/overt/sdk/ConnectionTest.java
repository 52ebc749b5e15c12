package io.overt.sdk;

import static io.overt.sdk.FakeEngine.hangUp;
import static io.overt.sdk.FakeEngine.json;
import static io.overt.sdk.FakeEngine.send;
import static io.overt.sdk.FakeEngine.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.sdk.document.Node;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionTest {
  private static final Node TAG = Node.builder("tag").set("name", "x").build();

  private final FakeEngine engine = new FakeEngine();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void aCallCarriesWhatTheConnectionWasBuiltWith() {
    try (Connection c =
        engine.connection().filter(true).allContent(true).header("X-Mine", "1").build()) {
      c.list("vms", Map.of("search", "name=a&b c"));
    }
    FakeEngine.Call call = engine.calls().getFirst();
    assertThat(call.address()).isEqualTo("/ovirt-engine/api/vms?search=name%3Da%26b%20c");
    assertThat(call.header("Filter")).isEqualTo("true");
    assertThat(call.header("All-content")).isEqualTo("true");
    assertThat(call.header("X-mine")).isEqualTo("1");
    assertThat(call.header("Version")).isEqualTo("4");
    assertThat(call.header("Correlation-id")).hasSize(36);
    assertThat(call.header("Accept-encoding")).isEqualTo("gzip");
    assertThat(call.headers()).doesNotContainKey("Authorization");
  }

  @Test
  void oneLoginServesManyCallsAndIsGivenBack() {
    engine.then(token("t1"));
    try (Connection c = engine.connection().login("me@internal", "p&w").build()) {
      c.list("vms", Map.of());
      c.list("hosts", Map.of());
    }
    assertThat(engine.calls())
        .extracting(FakeEngine.Call::address)
        .containsExactly(
            "/ovirt-engine/sso/oauth/token",
            "/ovirt-engine/api/vms",
            "/ovirt-engine/api/hosts",
            "/ovirt-engine/services/sso-logout");
    assertThat(engine.calls().getFirst().body())
        .contains("username=me%40internal", "password=p%26w");
    assertThat(engine.calls().get(1).header("Authorization")).isEqualTo("Bearer t1");
  }

  @Test
  void anExpiredTokenIsReplacedOnce() {
    engine.then(token("t1")).then(json(401, "")).then(token("t2")).then(json(200, "{}"));
    engine.then(json(401, "")).then(token("t3")).then(json(401, ""));
    try (Connection c = engine.connection().login("me@internal", "horse").build()) {
      c.list("vms", Map.of());
      assertThat(engine.calls().getLast().header("Authorization")).isEqualTo("Bearer t2");
      assertThatThrownBy(() -> c.list("vms", Map.of()))
          .isInstanceOf(Unauthorized.class)
          .hasMessageNotContaining("t3")
          .hasMessageNotContaining("horse");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, BadRequest", "401, Unauthorized", "403, Forbidden", "404, NotFound", "405, BadRequest",
    "409, Conflict", "500, ServerError", "501, ServerError", "503, Unavailable", "302, BadRequest"
  })
  void eachRefusalIsAnExceptionOfItsOwn(int status, String type) {
    for (int attempt = 0; attempt < 3; attempt++) {
      engine.then(json(status, "{\"reason\":\"R\",\"detail\":\"[D]\"}"));
    }
    try (Connection c = engine.connection().build()) {
      assertThatThrownBy(() -> c.list("vms", Map.of("search", "private")))
          .isInstanceOfSatisfying(
              ApiException.class,
              e -> {
                assertThat(e.getClass().getSimpleName()).isEqualTo(type);
                assertThat(e.status()).isEqualTo(status);
                assertThat(e.reason()).isEqualTo("R");
                assertThat(e.detail()).contains("[D]");
                assertThat(e.method()).isEqualTo("GET");
                assertThat(e.address().toString()).isEqualTo(engine.url() + "/vms");
                assertThat(e.correlationId())
                    .isEqualTo(engine.calls().getFirst().header("Correlation-id"));
              });
    }
  }

  @Test
  void aRefusalWithoutADocumentHasTheStatusForItsReason() {
    engine.then(send(404, "text/html", "<html>".getBytes(StandardCharsets.UTF_8)));
    engine.then(send(403, "application/json", new byte[0]));
    try (Connection c = engine.connection().build()) {
      assertThat(c.find("vms/1")).isEmpty();
      assertThatThrownBy(() -> c.get("vms/1"))
          .isInstanceOf(Forbidden.class)
          .hasMessageContaining("403 Forbidden");
    }
  }

  @Test
  void readingIsRepeatedAfterABrokenConnectionAndWritingIsNot() {
    engine.then(hangUp()).then(json(503, "")).then(json(200, "{\"tag\":[{\"id\":\"1\"}]}"));
    try (Connection c = engine.connection().build()) {
      assertThat(c.list("tags", Map.of())).hasSize(1);
      int before = engine.calls().size();
      engine.then(hangUp());
      assertThatThrownBy(() -> c.add("tags", TAG, Map.of())).isInstanceOf(Transport.class);
      engine.then(json(503, ""));
      assertThatThrownBy(() -> c.add("tags", TAG, Map.of())).isInstanceOf(Unavailable.class);
      assertThat(engine.calls()).hasSize(before + 2);
    }
  }

  @Test
  void aConflictThatPassesIsTriedAgainAndAnotherIsNot() {
    engine.then(json(409, "{\"detail\":\"[related operation is currently in progress]\"}"));
    engine.then(json(201, "{\"id\":\"1\"}"));
    try (Connection c = engine.connection().build()) {
      assertThat(c.add("tags", TAG, Map.of()).node().id()).contains("1");
      engine.then(json(409, "{\"detail\":\"[x is in use]\"}"));
      assertThatThrownBy(() -> c.add("tags", TAG, Map.of()))
          .isInstanceOfSatisfying(Conflict.class, e -> assertThat(e.retryable()).isFalse());
      assertThat(engine.calls()).hasSize(3);
    }
  }

  @Test
  void anAnswerThatDoesNotComeIsNotWaitedForForEver() {
    engine.then(exchange -> pause(2_000));
    try (Connection c =
        engine.connection().timeout(Duration.ofMillis(200)).retries(RetryPolicy.none()).build()) {
      assertThatThrownBy(() -> c.list("vms", Map.of()))
          .isInstanceOf(Transport.class)
          .hasMessageContaining("no answer within 200 ms");
    }
  }

  @Test
  void anAnswerThatStopsHalfwayIsNotWaitedForForEver() {
    engine.then(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          pause(2_000);
        });
    try (Connection c =
        engine.connection().timeout(Duration.ofMillis(200)).retries(RetryPolicy.none()).build()) {
      assertThatThrownBy(() -> c.list("vms", Map.of())).isInstanceOf(Transport.class);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void nobodyThereIsSaid() {
    engine.close();
    try (Connection c = engine.connection().build()) {
      assertThatThrownBy(() -> c.list("vms", Map.of()))
          .isInstanceOf(Transport.class)
          .hasMessageContaining("cannot connect");
    }
  }

  @Test
  void aCompressedAnswerIsUnpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream output = new GZIPOutputStream(packed)) {
      output.write("{\"id\":\"1\",\"name\":\"é\"}".getBytes(StandardCharsets.UTF_8));
    }
    engine.then(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          send(200, "application/json", packed.toByteArray()).to(exchange);
        });
    try (Connection c = engine.connection().build()) {
      assertThat(c.get("tags/1").text("name")).contains("é");
    }
  }

  @Test
  void aDocumentThatIsNoneIsAFailureOfTheTransport() {
    engine.then(json(200, "{\"id\":")).then(json(200, "{")).then(json(200, "["));
    try (Connection c = engine.connection().build()) {
      assertThatThrownBy(() -> c.get("tags/1"))
          .isInstanceOf(Transport.class)
          .hasMessageContaining("cannot be read");
    }
  }

  @Test
  void aPathMayBeTheAddressThatAnAnswerHolds() {
    try (Connection c = engine.connection().build()) {
      String plain = "vms/1/tags/a b";
      for (String path :
          List.of(
              plain, "/ovirt-engine/api/vms/1/tags/a%20b", engine.url() + "/vms/1/tags/a%20b")) {
        c.get(path);
        assertThat(engine.calls().getLast().address())
            .isEqualTo("/ovirt-engine/api/vms/1/tags/a%20b");
      }
    }
  }

  @Test
  void pagesAreReadWhenTheyAreNeeded() {
    engine.then(json(200, "{\"vm\":[{\"id\":\"1\"},{\"id\":\"2\"}]}"));
    engine.then(json(200, "{\"vm\":[{\"id\":\"3\"}]}"));
    try (Connection c = engine.connection().build()) {
      var pages = c.stream("vms", Map.of("search", "name=x"), 2).iterator();
      assertThat(engine.calls()).isEmpty();
      assertThat(pages.next().id()).contains("1");
      assertThat(pages.next().id()).contains("2");
      assertThat(engine.calls()).hasSize(1);
      assertThat(pages.next().id()).contains("3");
      assertThat(pages.hasNext()).isFalse();
      assertThat(engine.calls())
          .extracting(FakeEngine.Call::address)
          .containsExactly(
              "/ovirt-engine/api/vms?search=name%3Dx%20page%201&max=2",
              "/ovirt-engine/api/vms?search=name%3Dx%20page%202&max=2");
      assertThatThrownBy(() -> c.stream("vms/1", Map.of(), 2).toList())
          .hasMessageContaining("no collection");
    }
  }

  @Test
  void anEngineThatDoesNotStreamIsAsked() throws Exception {
    engine.then(send(406, "text/html", new byte[0]));
    engine.then(
        json(200, "{\"event\":[{\"id\":\"9\",\"index\":\"9\"},{\"id\":\"8\",\"index\":\"8\"}]}"));
    engine.then(json(200, "{\"event\":[{\"id\":\"10\",\"index\":\"10\"}]}"));
    BlockingQueue<Node> told = new LinkedBlockingQueue<>();
    try (Connection c = engine.connection().build();
        Subscription subscription =
            c.events().after(7).pollEvery(Duration.ofMillis(20)).subscribe(told::add)) {
      for (String id : List.of("8", "9", "10")) {
        assertThat(told.poll(5, TimeUnit.SECONDS).id()).contains(id);
      }
      assertThat(subscription.streaming()).isFalse();
    }
    assertThat(engine.calls().get(2).address()).isEqualTo("/ovirt-engine/api/events?from=9");
  }

  @Test
  void aStreamThatBreaksGoesOnAfterItsLastEvent() throws Exception {
    String first =
        "retry: 1\n\nid: 8\nevent: event\ndata: {\"id\":\"8\",\ndata: \"index\":\"8\"}\n\n";
    engine.then(
        send(200, "text/event-stream", (first + ": beat\n\n").getBytes(StandardCharsets.UTF_8)));
    engine.then(
        send(
            200,
            "text/event-stream",
            "data: {\"index\":\"8\"}\n\ndata: {\"index\":\"9\"}\n\n"
                .getBytes(StandardCharsets.UTF_8)));
    BlockingQueue<Node> told = new LinkedBlockingQueue<>();
    try (Connection c = engine.connection().build();
        Subscription subscription =
            c.events().after(7).pollEvery(Duration.ofMillis(20)).subscribe(told::add)) {
      assertThat(told.poll(5, TimeUnit.SECONDS).number("index")).contains(8L);
      assertThat(told.poll(5, TimeUnit.SECONDS).number("index")).contains(9L);
      assertThat(subscription.lastIndex()).isGreaterThanOrEqualTo(8);
    }
    assertThat(engine.calls().get(1).address()).isEqualTo("/ovirt-engine/api/events?from=8");
  }

  @Test
  void aFailedJobSaysWhichStepFailed() {
    engine.at(
        "jobs/j", json(200, "{\"id\":\"j\",\"description\":\"Moving\",\"status\":\"failed\"}"));
    engine.at(
        "jobs/j/steps",
        json(
            200,
            "{\"step\":[{\"id\":\"2\",\"number\":\"1\",\"description\":\"Copying\","
                + "\"status\":\"failed\",\"progress\":\"40\",\"parent_step\":{\"id\":\"1\"}},"
                + "{\"id\":\"3\",\"number\":\"0\",\"status\":\"finished\","
                + "\"parent_step\":{\"id\":\"1\"}},"
                + "{\"id\":\"1\",\"description\":\"Executing\",\"status\":\"failed\"}]}"));
    engine.at("events", json(200, "{\"event\":[]}"));
    try (Connection c = engine.connection().build()) {
      Job job = c.job("j");
      assertThatThrownBy(() -> job.join(Duration.ofSeconds(5)))
          .isInstanceOfSatisfying(
              JobFailed.class,
              e -> {
                assertThat(e.progress().percent()).isEqualTo(70);
                assertThat(e.steps()).hasSize(1);
                assertThat(e.steps().getFirst().steps())
                    .extracting(Progress.Step::id)
                    .containsExactly("3", "2");
                assertThat(e).hasMessageContaining("'Moving' ended as failed");
              });
    }
  }

  @Test
  void settingsThatCannotBeAreRefused(@TempDir Path directory) throws IOException {
    Connection.Builder builder = Connection.builder();
    assertThatThrownBy(builder::build).hasMessageContaining("url is not set");
    assertThatThrownBy(() -> builder.url("ftp://x")).hasMessageContaining("url is 'ftp://x'");
    assertThatThrownBy(() -> builder.url("::")).hasMessageContaining("url is '::'");
    Path file = Files.writeString(directory.resolve("ca.pem"), "nothing");
    assertThatThrownBy(() -> builder.ca(file)).hasMessageContaining("certificates as PEM");
    assertThatThrownBy(() -> builder.ca(directory.resolve("none")))
        .hasMessageContaining("Cannot read the certificate authority");
    assertThat(Connection.builder().url("https://m/").build().url())
        .hasToString("https://m/ovirt-engine/api");
  }
}

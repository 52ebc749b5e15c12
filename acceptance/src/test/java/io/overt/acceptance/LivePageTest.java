package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page lives on beside the API: rows, and changes as they happen. */
@ExtendWith(SharedEngine.class)
class LivePageTest {
  private static final Duration AT_ONCE = Duration.ofMillis(500);
  private final EngineFixture engine;

  LivePageTest(EngineFixture engine) {
    this.engine = engine;
  }

  @Test
  void aChangeReachesThePageWithinHalfASecond() throws InterruptedException {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    try (RestClient client = RestClient.open(engine.access());
        RestClient stream = RestClient.open(engine.access())) {
      Thread.ofVirtual().start(() -> listen(stream, lines));
      assertThat(lines.poll(10, TimeUnit.SECONDS)).isEqualTo("retry: 2000");
      String id = client.post("/api/tags", "{\"name\":\"told-at-once\"}").id();
      long answered = System.nanoTime();
      String line = "";
      while (!line.contains("\"tags\":[\"" + id + "\"]")) {
        line = lines.poll(10, TimeUnit.SECONDS);
        assertThat(line).isNotNull();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - answered)).isLessThan(AT_ONCE);
      client.delete("/api/tags/" + id);
    }
  }

  @Test
  void theStreamEndsWithItsToken() {
    try (RestClient client = RestClient.open(engine.access())) {
      String password = engine.access().adminPassword();
      String token =
          client
              .get(
                  "/sso/oauth/token?grant_type=password&scope=ovirt-app-api"
                      + "&username=admin%40internal&password="
                      + URLEncoder.encode(password, StandardCharsets.UTF_8))
              .document()
              .path("access_token")
              .asText();
      try (RestClient stream = RestClient.withToken(engine.access(), token)) {
        Iterator<String> lines = stream.stream("/overt/api/changes").iterator();
        assertThat(lines.next()).isEqualTo("retry: 2000");
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        client.get("/services/sso-logout?scope=&token=" + token);
        while (lines.hasNext()) {
          lines.next();
          assertThat(System.nanoTime()).isLessThan(end);
        }
      }
    }
  }

  private static void listen(RestClient client, BlockingQueue<String> lines) {
    try {
      client.stream("/overt/api/changes").forEach(lines::add);
    } catch (UncheckedIOException closed) {
      return;
    }
  }

  @Test
  void rowsShowWhatIsBehindLinksAndStatistics() {
    String host = engine.farm().ids().getFirst();
    try (RestClient client = RestClient.open(engine.access())) {
      JsonNode rows =
          client
              .get(
                  "/overt/api/rows/hosts?search=name%3Dshared-*&sort=name+desc"
                      + "&fields=name,cluster.data_center.name,statistics.memory.total")
              .document();
      assertThat(rows.path("total").asInt()).isEqualTo(3);
      JsonNode last = rows.path("rows").path(2);
      assertThat(last.path("id").asText()).isEqualTo(host);
      assertThat(last.path("name").asText()).isEqualTo("shared-0");
      assertThat(last.path("cluster.data_center.name").asText()).isEqualTo("Default");
      assertThat(last.path("statistics.memory.total").asLong()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bogus = 1, at character 1",
    "(name = a, at character 1",
    "name =, at character 7",
    "sortby bogus, at character 8"
  })
  void rowsTellWhatIsWrongWithASearchAndTheApiFindsNothing(String search, String where) {
    String query = "?search=" + URLEncoder.encode(search, StandardCharsets.UTF_8);
    try (RestClient client = RestClient.open(engine.access())) {
      RestClient.Answer rows = client.get("/overt/api/rows/vms" + query);
      assertThat(rows.status()).isEqualTo(400);
      assertThat(rows.document().path("detail").asText()).contains(where);
      assertThat(client.get("/api/vms" + query).status()).isEqualTo(200);
    }
  }
}

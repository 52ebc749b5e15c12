package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.overt.inventory.Database;
import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.postgres.BundledPostgres;
import io.overt.model.types.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The engine's own PostgreSQL is killed while clients write, and does not come back for a while.
 */
class OutageTest {
  private static final int CLIENTS = 6;
  private static final int KILLS = 2;

  /** Writes that have to succeed between two kills. */
  private static final int WRITES = 30;

  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
  private final Set<String> wrong = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  @Test
  void noAnswerIsLostAndNothingIsOutOfOrderWhenPostgresIsKilled() throws Exception {
    Path state = EngineFixture.temporaryDirectory();
    int port = EngineFixture.freePort();
    try {
      Map<String, String> before;
      try (EngineProcess engine = EngineProcess.start(state, port);
          RestClient client = RestClient.open(engine.access());
          EventRecorder events = EventRecorder.open(engine.access())) {
        writeAndKill(engine.access(), state);
        before = everything(client);
        checkWrites(before);
        events.requireComplete(client);
        answersWithoutDatabase(client, state);
        before = everything(client);
      }
      assertThat(before).as("what the engine showed").isEqualTo(stored(state));
    } finally {
      EngineFixture.delete(state);
    }
  }

  private void writeAndKill(EngineAccess access, Path state) throws InterruptedException {
    ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    try {
      for (int number = 0; number < CLIENTS; number++) {
        int client = number;
        clients.submit(() -> write(access, client));
      }
      for (int kill = 0; kill < KILLS; kill++) {
        awaitWrites();
        ProcessHandle.of(postmaster(state)).orElseThrow().destroyForcibly();
      }
      awaitWrites();
      ending = true;
    } finally {
      ending = true;
      clients.shutdown();
      assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void awaitWrites() {
    int enough = acknowledged.size() + WRITES;
    Await.until("clients write", acknowledged::size, count -> count >= enough);
  }

  /** One client: new tags, new machines, and changes of its last tag, in turn. */
  private void write(EngineAccess access, int client) {
    try (RestClient rest = RestClient.open(access)) {
      String tag = "";
      for (int count = 0; !ending; count++) {
        String name = "outage-" + client + "-" + count;
        String body = "{\"name\":\"" + name + "\"}";
        switch (count % 3) {
          case 0 -> {
            tag = name;
            note("tag " + name, "", () -> rest.post("/api/tags", body));
          }
          case 1 ->
              note(
                  "vm " + name,
                  "",
                  () ->
                      rest.post(
                          "/api/vms",
                          "{\"name\":\""
                              + name
                              + "\",\"cluster\":{\"name\":\"Default\"},"
                              + "\"template\":{\"name\":\"Blank\"}}"));
          default -> {
            JsonNode found = named(rest.get("/api/tags").document(), "tag", tag);
            if (found != null) {
              note(
                  "tag " + tag,
                  name,
                  () ->
                      rest.put(
                          "/api/tags/" + found.path("id").asText(),
                          "{\"description\":\"" + name + "\"}"));
            }
          }
        }
      }
    }
  }

  private static JsonNode named(JsonNode list, String member, String name) {
    for (JsonNode item : list.path(member)) {
      if (item.path("name").asText().equals(name)) {
        return item;
      }
    }
    return null;
  }

  private void note(String object, String value, Supplier<RestClient.Answer> request) {
    String written = object + "=" + value;
    try {
      RestClient.Answer answer = request.get();
      String detail = answer.document().path("detail").asText();
      if (answer.accepted()) {
        acknowledged.put(object, value);
      } else if (answer.status() == 503 && detail.contains("not known")) {
        unknown.add(written);
      } else if (answer.status() == 503) {
        refused.add(written);
      } else {
        wrong.add(written + ": " + answer);
      }
    } catch (RuntimeException e) {
      wrong.add(written + ": " + e);
    }
  }

  private void checkWrites(Map<String, String> shown) {
    assertThat(wrong).as("answers other than done and 503").isEmpty();
    acknowledged.forEach(
        (object, value) -> {
          String now = shown.get(object);
          assertThat(now).as(object).isNotNull();
          if (!value.equals(now)) {
            assertThat(unknown).as("what became of " + object).contains(object + "=" + now);
          }
        });
    for (String written : refused) {
      String[] parts = written.split("=", -1);
      if (parts[1].isEmpty()) {
        assertThat(shown).as("what was refused").doesNotContainKey(parts[0]);
      } else {
        assertThat(shown.get(parts[0])).as("what was refused").isNotEqualTo(parts[1]);
      }
    }
  }

  /** Tags with their descriptions, and machines with their states. */
  private static Map<String, String> everything(RestClient client) {
    Map<String, String> all = new HashMap<>();
    for (JsonNode tag : client.get("/api/tags").document().path("tag")) {
      all.put("tag " + tag.path("name").asText(), tag.path("description").asText());
    }
    for (JsonNode vm : client.get("/api/vms").document().path("vm")) {
      all.put("vm " + vm.path("name").asText(), "");
    }
    return all;
  }

  /** The same as the database has it, without the engine. */
  private static Map<String, String> stored(Path state) {
    Map<String, String> all = new HashMap<>();
    try (BundledPostgres postgres = BundledPostgres.start(state.resolve("postgres"));
        Database database = Database.open(postgres.config());
        Inventory inventory = Inventory.open(database)) {
      Snapshot snapshot = inventory.snapshot();
      for (Entity<Tag> tag : snapshot.all(Kinds.TAG)) {
        all.put(
            "tag " + tag.value().name(), Objects.requireNonNullElse(tag.value().description(), ""));
      }
      snapshot.all(Kinds.VM).forEach(vm -> all.put("vm " + vm.value().name(), ""));
    }
    return all;
  }

  /** The server cannot be started again: who reads is answered, who writes is told why not. */
  private static void answersWithoutDatabase(RestClient client, Path state) throws IOException {
    Path binaries = state.resolve("postgres").resolve("postgresql-18.6.0");
    Path away = binaries.resolveSibling("away");
    Files.move(binaries, away);
    try {
      ProcessHandle.of(postmaster(state)).orElseThrow().destroyForcibly();
      assertThat(client.get("/api/tags").status()).isEqualTo(200);
      RestClient.Answer answer = client.post("/api/tags", "{\"name\":\"outage-refused\"}");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.retryAfter()).isPresent();
      assertThat(answer.document().path("detail").asText())
          .contains("database does not answer")
          .contains("repeat");
      assertThat(client.get("/services/health").status()).isEqualTo(503);
    } finally {
      Files.move(away, binaries);
    }
    RestClient.Answer again =
        Await.until(
            "a tag can be made again",
            Duration.ofSeconds(30),
            () -> client.post("/api/tags", "{\"name\":\"outage-accepted\"}"),
            RestClient.Answer::accepted);
    assertThat(again.status()).isEqualTo(201);
    assertThat(everything(client)).doesNotContainKey("tag outage-refused");
  }

  private static long postmaster(Path state) {
    Path file = state.resolve("postgres").resolve("data").resolve("postmaster.pid");
    return Await.until(
        "PostgreSQL runs",
        () -> {
          try {
            String pid = Files.readString(file).lines().findFirst().orElse("");
            return pid.isEmpty() ? 0 : Long.parseLong(pid.strip());
          } catch (IOException e) {
            return 0L;
          }
        },
        pid -> pid > 0 && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
  }
}

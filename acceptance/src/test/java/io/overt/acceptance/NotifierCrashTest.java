package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who is told of events and who tells may die at any moment: nobody misses one. */
class NotifierCrashTest {
  private static final String AUDIT = ".1.3.6.1.4.1.2312.13.1.1.2.1.";
  private static final String SUBSCRIBED = "1.3.6.1.4.1.2312.13.1.7";
  private static final int EARLY = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Set<Long> written = new ConcurrentSkipListSet<>();
  private final AtomicInteger customIds = new AtomicInteger();

  @Test
  void noEventIsLostAndTheirOrderIsKeptWhoeverIsKilled() throws Exception {
    Path state = EngineFixture.temporaryDirectory();
    int port = EngineFixture.freePort();
    try (TrapReceiver receiver = TrapReceiver.numeric("authCommunity log public")) {
      Files.write(
          state.resolve("notifier.conf"),
          List.of(
              "SNMP_MANAGERS=" + receiver.manager(),
              "SNMP_INFORM=true",
              "SNMP_TIMEOUT=300ms",
              "SNMP_RETRIES=1",
              "DELIVERY_RETRY_SECONDS=1",
              "DELIVERY_RETRY_LIMIT_SECONDS=1",
              "SNMP_MANAGERS_sub=" + receiver.manager(),
              "SNMP_OID_sub=" + SUBSCRIBED,
              "FILTER=include:*(snmp:)"));
      EngineProcess first = EngineProcess.start(state, port);
      try {
        killReceiverThenEngine(first, receiver);
      } finally {
        first.kill();
      }
      try (EngineProcess second = EngineProcess.start(state, port);
          RestClient rest = RestClient.open(second.access())) {
        write(rest, 5);
        check(receiver, rest);
      }
      // The regular stop is told of before the process ends.
      assertThat(receiver.traps().reversed().stream().limit(2))
          .anySatisfy(
              trap ->
                  assertThat(trap)
                      .containsEntry(AUDIT + "2", "STRING: \"VDC_STOP\"")
                      .containsEntry(AUDIT + "4", "INTEGER: 1"));
    }
    EngineFixture.delete(state);
  }

  private void killReceiverThenEngine(EngineProcess engine, TrapReceiver receiver)
      throws InterruptedException {
    try (RestClient rest = RestClient.open(engine.access())) {
      subscribe(rest);
      write(rest, EARLY);
      Await.until("some arrive", PATIENCE, () -> indexes(receiver).size(), count -> count > 5);
      receiver.kill();
      write(rest, EARLY);
      receiver.restart();
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      write(rest, 10_000);
                    } catch (UncheckedIOException expected) {
                      // That is the end of the engine.
                      return;
                    }
                  });
      int before = indexes(receiver).size();
      Await.until("more arrive", PATIENCE, () -> indexes(receiver).size(), n -> n > before + 5);
      engine.kill();
      writer.join();
    }
  }

  /** To the engine's stop, for a profile that the filter does not name. */
  private static void subscribe(RestClient rest) {
    String user = rest.get("/api/users").document().path("user").path(0).path("id").asText();
    String path = "/api/users/" + user + "/eventsubscriptions";
    String body =
        """
        {"event":"engine_stop","notification_method":"snmp","address":"sub"}""";
    assertThat(rest.post(path, body).status()).isEqualTo(201);
    assertThat(rest.post(path, body).status()).isEqualTo(409);
    assertThat(rest.get(path + "/engine_stop").document().path("address").asText())
        .isEqualTo("sub");
  }

  /** Posts events; what was answered is written. */
  private void write(RestClient rest, int count) {
    for (int number = 0; number < count; number++) {
      RestClient.Answer answer =
          rest.post(
              "/api/events",
              """
              {"description":"crash test","severity":"normal","origin":"crash","custom_id":%d}"""
                  .formatted(customIds.incrementAndGet()));
      assertThat(answer.accepted()).as(answer.document().toString()).isTrue();
      written.add(Long.parseLong(answer.id()));
    }
  }

  private void check(TrapReceiver receiver, RestClient rest) {
    Await.until(
        "everything written arrives",
        PATIENCE,
        () -> {
          Set<Long> missing = new LinkedHashSet<>(written);
          indexes(receiver).forEach(missing::remove);
          return missing;
        },
        Set::isEmpty);
    List<Long> arrived = indexes(receiver);
    List<Long> firsts = new ArrayList<>(new LinkedHashSet<>(arrived));
    assertThat(firsts).as("first arrivals").isSorted();
    assertThat(firsts.getLast() - firsts.getFirst() + 1)
        .as("events without a gap")
        .isEqualTo(firsts.size());
    assertThat(receiver.traps())
        .as("the engine's death")
        .anySatisfy(
            trap ->
                assertThat(trap)
                    .containsEntry(AUDIT + "2", "STRING: \"VDC_STOP\"")
                    .containsEntry(AUDIT + "4", "INTEGER: 2"));
    assertThat(receiver.traps().stream().map(trap -> trap.get("." + SUBSCRIBED + ".2.1.2")))
        .as("what a subscription brought, after the engine's death")
        .containsSubsequence("STRING: \"VDC_STOP\"", "STRING: \"VDC_START\"");
    Await.until(
        "nothing waits",
        () ->
            rest.get("/overt/api/notifications?state=pending").document().toString()
                + rest.get("/overt/api/notifications?state=failed").document(),
        open -> !open.contains("event"));
    System.out.printf(
        "%d events answered, %d arrived, %d of them again%n",
        written.size(), firsts.size(), arrived.size() - firsts.size());
  }

  private static List<Long> indexes(TrapReceiver receiver) {
    List<Long> indexes = new ArrayList<>();
    for (Map<String, String> trap : receiver.traps()) {
      String index = trap.get(AUDIT + "1");
      // The last line may still be on its way.
      if (index != null && index.endsWith("\"")) {
        indexes.add(Long.parseLong(index.replaceAll("\\D", "")));
      }
    }
    return indexes;
  }
}

package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events of a real engine arrive at a real {@code snmptrapd}. */
@ExtendWith(SharedEngine.class)
class NotifierTest {
  private static final String OID = ".1.3.6.1.4.1.2312.13.1.1";
  private static final String TRAP_OID = ".1.3.6.1.6.3.1.1.4.1.0";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private EngineFixture engine;
  private RestClient rest;

  @BeforeEach
  void open(EngineFixture shared) {
    engine = shared;
    rest = RestClient.open(shared.access());
  }

  @AfterEach
  void close() throws IOException {
    rest.close();
    Files.deleteIfExists(file());
    engine.channel().call("notifier reload", Map.of());
  }

  private Path file() {
    return engine.config().notifierFiles().main();
  }

  private void configure(String... lines) throws IOException {
    Files.write(file(), List.of(lines));
    engine.channel().call("notifier reload", Map.of());
  }

  private String addTag(String name) {
    RestClient.Answer answer = rest.post("/api/tags", "{\"name\":\"" + name + "\"}");
    assertThat(answer.accepted()).isTrue();
    return answer.id();
  }

  private static Map<String, String> await(
      TrapReceiver receiver, Predicate<Map<String, String>> wanted) {
    try {
      return Await.until(
          "the trap arrives",
          PATIENCE,
          () -> receiver.traps().stream().filter(wanted).findFirst().orElse(Map.of()),
          trap -> !trap.isEmpty());
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + receiver.everything(), e);
    }
  }

  @Test
  void anEventArrivesAsATrapOfVersion2InOurLayout() throws IOException {
    try (TrapReceiver receiver = TrapReceiver.numeric("authCommunity log public")) {
      configure(
          "SNMP_MANAGERS=\"" + receiver.manager() + "\"",
          "FILTER=\"include:USER_ADD_TAG(snmp:) ${FILTER}\"");
      addTag("trapped");
      Map<String, String> trap = await(receiver, any -> true);
      assertThat(trap)
          .containsEntry(TRAP_OID, "OID: " + OID + ".0.1")
          .containsEntry(OID + ".2.1.2", "STRING: \"USER_ADD_TAG\"")
          .containsEntry(OID + ".2.1.4", "INTEGER: 0")
          .containsEntry(OID + ".2.1.6", "INTEGER: 1")
          .containsEntry(OID + ".2.1.100", "STRING: \"admin@internal-authz\"");
      assertThat(trap.keySet())
          .startsWith(".1.3.6.1.2.1.1.3.0", TRAP_OID, OID + ".2.1.1", OID + ".2.1.2");
      assertThat(trap.get(OID + ".2.1.5")).contains("trapped");
    }
  }
}

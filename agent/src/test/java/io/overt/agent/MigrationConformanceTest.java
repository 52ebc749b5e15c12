package io.overt.agent;

import static io.overt.agent.ConformanceTest.check;
import static io.overt.agent.ConformanceTest.child;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same as {@link ConformanceTest}, of the verbs that move machines. */
@Timeout(60)
class MigrationConformanceTest {

  private final UUID id = UUID.randomUUID();
  @TempDir private Path directory;
  private SimulatedPair pair;

  @BeforeEach
  void start() {
    pair = SimulatedPair.of(directory, 500);
    pair.launch(id);
  }

  @AfterEach
  void stop() {
    pair.close();
  }

  private Map<String, Object> vm() {
    return Map.of("vmID", id.toString());
  }

  private static void checkStatus(Map<String, Object> answer) {
    check(answer, "status:o progress:i");
    check(child(answer, "status"), "code:i message:s");
  }

  /** All that an engine may say, in the kinds that it says it in. */
  @Test
  void aMoveAndHowItGoes() {
    Map<String, Object> begun =
        pair.migrate(
            id,
            Map.ofEntries(
                Map.entry("dstqemu", "10.1.0.2"),
                Map.entry("tunneled", false),
                Map.entry("abortOnError", true),
                Map.entry("autoConverge", true),
                Map.entry("compressed", false),
                Map.entry("encrypted", false),
                Map.entry("maxBandwidth", 59),
                Map.entry("parallel", 2),
                Map.entry("downtime", 500),
                Map.entry("incomingLimit", 2),
                Map.entry("outgoingLimit", 2),
                Map.entry("enableGuestEvents", true),
                Map.entry("consoleAddress", "10.2.0.2"),
                Map.entry(
                    "convergenceSchedule",
                    Map.of(
                        "init",
                        List.of(Map.of("name", "setDowntime", "params", List.of("100"))),
                        "stalling",
                        List.of(
                            Map.of(
                                "limit",
                                60,
                                "action",
                                Map.of("name", "abort", "params", List.of())))))));
    checkStatus(begun);
    checkStatus(pair.status(id));
    Engine.await("its arrival", () -> pair.two.engine.told(id).contains("Up"));
    pair.one.engine.awaitStatus(id, "Down");
    checkStatus(pair.status(id));
    check(pair.status(id), "downtime:i");
    assertThat(pair.status(id)).containsEntry("progress", 100);
    assertThat(child(pair.status(id), "status")).containsEntry("code", 0);
  }

  @Test
  void anAnnouncement() {
    UUID other = UUID.randomUUID();
    Map<String, Object> answer =
        pair.two.engine.object(
            "VM.migrationCreate",
            Map.of(
                "vmID",
                other.toString(),
                "params",
                Map.of(
                    "vmId",
                    other.toString(),
                    "_srcDomXML",
                    TestXml.domain(other, "coming"),
                    "migrationDest",
                    "libvirt",
                    "enableGuestEvents",
                    true),
                "incomingLimit",
                2));
    check(answer, "migrationPort:i params:o");
    check(child(answer, "params"), "vmId:s xml:s");
    assertThat(answer).containsEntry("migrationPort", 0);
  }

  @Test
  void whatIsAskedOfAMoveOnItsWay() {
    Map<String, Object> change =
        Map.of("vmID", id.toString(), "params", Map.of("maxBandwidth", 10));
    assertThat(pair.one.engine.failure("VM.migrateChangeParams", change)).isEqualTo(81);
    assertThat(pair.one.engine.failure("VM.migrateCancel", vm())).isEqualTo(81);
    checkStatus(pair.status(id));
    pair.migrate(id, Map.of());
    Engine.await("the move", () -> pair.one.hypervisor.transfer(id).isPresent());
    assertThat(pair.one.engine.call("VM.migrateChangeParams", change)).isEqualTo(true);
    assertThat(
            pair.one.engine.failure(
                "VM.migrateChangeParams",
                Map.of("vmID", id.toString(), "params", Map.of("maxBandwidth", 0))))
        .isNotEqualTo(0);
    assertThat(pair.one.engine.call("VM.migrateCancel", vm())).isEqualTo(true);
    Engine.await("it to stay", () -> pair.one.engine.status(id).equals("Up"));
    assertThat(child(pair.status(id), "status")).containsEntry("code", 47);
  }
}

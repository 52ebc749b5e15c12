package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.agent.simulated.Faults.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Guests that move between two hosts, and what becomes of them when something dies on the way. */
@Timeout(60)
class MigrationTest {

  /** Long enough for something to happen in between. */
  private static final int SLOW = 700;

  /** Long enough to be asked for statistics on the way, on a busy machine too. */
  private static final int WATCHED = 1_100;

  private static final int QUICK = 60;

  private final UUID id = UUID.randomUUID();
  @TempDir private Path directory;
  private SimulatedPair pair;

  @AfterEach
  void stop() {
    pair.close();
  }

  private void launch(int moveMillis) {
    pair = SimulatedPair.of(directory, moveMillis);
    pair.launch(id);
  }

  private void awaitUnderWay() {
    Engine.await("the move to be under way", () -> pair.one.hypervisor.transfer(id).isPresent());
  }

  private void awaitArrival(UUID guest) {
    Engine.await("the guest's arrival", () -> pair.two.engine.told(guest).contains("Up"));
  }

  private void awaitMoved() {
    awaitArrival(id);
    pair.one.engine.awaitStatus(id, "Down");
    assertThat(pair.running(id)).isEqualTo(1);
    assertThat(pair.two.hypervisor.find(id)).isPresent();
  }

  private void awaitStayed() {
    Engine.await("it to stay", () -> pair.one.engine.status(id).equals("Up"));
    assertThat(pair.running(id)).isEqualTo(1);
    assertThat(pair.one.hypervisor.find(id)).isPresent();
    Engine.await("the other host to be clean", () -> pair.two.hypervisor.find(id).isEmpty());
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> status() {
    return (Map<String, Object>) pair.status(id).get("status");
  }

  @Test
  void aGuestMovesAndBothHostsSaySo() {
    launch(QUICK);

    assertThat(pair.migrate(id, Map.of())).containsEntry("progress", 0);
    awaitMoved();

    assertThat(pair.one.engine.told(id))
        .containsSubsequence("Up", "Migration Source", "Down")
        .doesNotContain("Paused");
    assertThat(pair.one.engine.lastEvent(id))
        .containsEntry("exitCode", 0)
        .containsEntry("exitReason", 4);
    assertThat(pair.two.engine.told(id)).containsExactly("Migration Destination", "Up");
    assertThat(pair.status(id)).containsEntry("progress", 100).containsEntry("downtime", 50L);
  }

  @Test
  void progressIsToldAndNeverGoesBack() {
    launch(WATCHED);
    pair.migrate(id, Map.of());
    awaitUnderWay();
    Engine.await(
        "progress in the statistics",
        () ->
            pair.one.engine.statistics(id).get("migrationProgress") instanceof Integer some
                && some > 0);
    assertThat(pair.one.engine.object("Host.getStats", Map.of()))
        .containsEntry("outgoingVmMigrations", 1);
    assertThat(pair.two.engine.object("Host.getStats", Map.of()))
        .containsEntry("incomingVmMigrations", 1);
    awaitMoved();

    List<Integer> told =
        pair.one.engine.events().stream()
            .filter(event -> event.method().equals("|virt|VM_migration_status|" + id))
            .map(event -> (Integer) Engine.about(event, id).get("progress"))
            .toList();
    assertThat(told).hasSizeGreaterThan(3).isSorted().endsWith(100);
  }

  @Test
  void aCancelledMoveLeavesTheGuestWhereItIs() {
    launch(SLOW);
    pair.migrate(id, Map.of());
    awaitUnderWay();

    assertThat(pair.one.engine.call("VM.migrateCancel", Map.of("vmID", id.toString())))
        .isEqualTo(true);
    awaitStayed();
    assertThat(status()).containsEntry("code", 47);
    assertThat(pair.one.engine.failure("VM.migrateCancel", Map.of("vmID", id.toString())))
        .isEqualTo(81);
  }

  @Test
  void aMoveThatFailsLeavesTheGuestWhereItIs() {
    launch(QUICK);
    pair.one.hypervisor.faults().failNext(Operation.MIGRATE, "the line is dead");
    pair.migrate(id, Map.of());
    Engine.await("the failure", () -> status().get("code").equals(12));
    awaitStayed();
    assertThat(String.valueOf(status().get("message"))).contains("the line is dead");

    pair.migrate(id, Map.of());
    awaitMoved();
  }

  @Test
  void anUnreachableHostIsNamed() {
    launch(QUICK);
    pair.unplug(SimulatedPair.TWO);
    pair.migrate(id, Map.of());
    Engine.await("the failure", () -> status().get("code").equals(10));
    assertThat(String.valueOf(status().get("message"))).contains(SimulatedPair.TWO);
    awaitStayed();
  }

  @Test
  void aDestinationThatLosesItsPowerCostsNothing() {
    launch(SLOW);
    pair.migrate(id, Map.of());
    awaitUnderWay();
    pair.two.hypervisor.losePower();
    pair.unplug(SimulatedPair.TWO);
    awaitStayed();
  }

  @Test
  void aSourceThatLosesItsPowerLeavesNothingBehind() {
    launch(SLOW);
    pair.migrate(id, Map.of());
    awaitUnderWay();
    pair.one.hypervisor.losePower();
    pair.two.engine.awaitStatus(id, "Down");
    assertThat(pair.two.engine.statistics(id))
        .containsEntry("exitCode", 1)
        .containsEntry("exitReason", 8);
    assertThat(pair.running(id)).isZero();
  }

  @Test
  void aRestartedSourceFinishesTheMove() {
    launch(SLOW);
    pair.migrate(id, Map.of());
    awaitUnderWay();
    pair.one.stop();
    pair.one.start();
    assertThat(pair.one.engine.status(id)).isEqualTo("Migration Source");
    awaitMoved();
    assertThat(pair.one.engine.statistics(id)).containsEntry("exitReason", 4);
  }

  @Test
  void aSourceThatWasAwayAtTheEndAsksWhereTheGuestIs() {
    launch(QUICK);
    pair.migrate(id, Map.of());
    awaitUnderWay();
    pair.one.stop();
    awaitArrival(id);
    Engine.await("the source to be empty", () -> pair.one.hypervisor.find(id).isEmpty());
    pair.one.start();
    pair.one.engine.awaitStatus(id, "Down");
    assertThat(pair.one.engine.statistics(id))
        .containsEntry("exitCode", 0)
        .containsEntry("exitReason", 4);
  }

  @Test
  void aRestartedDestinationTakesTheGuest() {
    launch(SLOW);
    pair.migrate(id, Map.of());
    awaitUnderWay();
    pair.two.stop();
    pair.two.start();
    assertThat(pair.two.engine.status(id)).isEqualTo("Migration Destination");
    awaitMoved();
  }

  @Test
  void aGuestThatDoesNotComeIsGivenUp() {
    launch(QUICK);
    pair.two.engine.call(
        "VM.migrationCreate",
        Map.of(
            "vmID",
            id.toString(),
            "params",
            Map.of("_srcDomXML", TestXml.domain(id, "mover"), "migrationDest", "libvirt")));
    assertThat(pair.two.engine.status(id)).isEqualTo("Migration Destination");
    pair.two.engine.awaitStatus(id, "Down");
    assertThat(pair.two.engine.statistics(id)).containsEntry("exitReason", 8);
  }

  @Test
  void aHostWithoutRoomIsAskedAgain() {
    launch(QUICK);
    UUID first = UUID.randomUUID();
    pair.two.engine.call(
        "VM.migrationCreate",
        Map.of(
            "vmID",
            first.toString(),
            "params",
            Map.of("_srcDomXML", TestXml.domain(first, "other"), "migrationDest", "libvirt")));
    pair.migrate(id, Map.of("incomingLimit", 1));
    Engine.await(
        "a refused announcement", () -> pair.one.engine.status(id).equals("Migration Source"));
    pair.two.engine.call("VM.destroy", Map.of("vmID", first.toString()));
    awaitMoved();
  }

  @Test
  void oneLeavesAfterTheOther() {
    launch(SLOW);
    UUID second = UUID.randomUUID();
    pair.launch(second);
    pair.migrate(id, Map.of("outgoingLimit", 1));
    awaitUnderWay();
    pair.migrate(second, Map.of("outgoingLimit", 1));
    assertThat(pair.one.engine.status(second)).isEqualTo("Migration Source");
    assertThat(pair.one.hypervisor.transfer(second)).isEmpty();
    awaitMoved();
    awaitArrival(second);
  }

  @Test
  void aScheduleThatSaysSoBreaksAMoveThatStallsOff() {
    launch(SLOW);
    pair.migrate(
        id,
        Map.of(
            "convergenceSchedule",
            Map.of(
                "init",
                List.of(Map.of("name", "setDowntime", "params", List.of("100"))),
                "stalling",
                List.of(
                    Map.of("limit", 0, "action", Map.of("name", "abort", "params", List.of()))))));
    awaitUnderWay();
    awaitStayed();
    assertThat(status()).containsEntry("code", 12);
  }

  @Test
  void aScheduleThatSaysSoEndsAMoveThatStallsOnTheOtherSide() {
    launch(5_000);
    pair.migrate(
        id,
        Map.of(
            "convergenceSchedule",
            Map.of(
                "stalling",
                List.of(
                    Map.of(
                        "limit", -1, "action", Map.of("name", "postcopy", "params", List.of()))))));
    awaitMoved();
  }

  @Test
  void aGuestThatIsTornBetweenTheHostsIsDownOnBoth() {
    launch(5_000);
    pair.one.hypervisor.faults().failNext(Operation.POST_COPY, "the line is dead");
    pair.migrate(
        id,
        Map.of(
            "convergenceSchedule",
            Map.of(
                "stalling",
                List.of(
                    Map.of(
                        "limit", -1, "action", Map.of("name", "postcopy", "params", List.of()))))));
    for (SimulatedAgent agent : List.of(pair.two, pair.one)) {
      Engine.await("its end", () -> agent.engine.told(id).contains("Down"));
    }
    assertThat(pair.one.engine.told(id)).containsSubsequence("Paused", "Down");
    for (SimulatedAgent agent : List.of(pair.one, pair.two)) {
      assertThat(agent.engine.lastEvent(id))
          .containsEntry("exitCode", 1)
          .containsEntry("exitReason", 12);
      Engine.await("nothing to be left", () -> agent.hypervisor.find(id).isEmpty());
    }
  }

  @Test
  void theBandwidthOfAMoveCanBeChangedOnItsWay() {
    launch(SLOW);
    Map<String, Object> change =
        Map.of("vmID", id.toString(), "params", Map.of("maxBandwidth", 100));
    assertThat(pair.one.engine.failure("VM.migrateChangeParams", change)).isEqualTo(81);
    pair.migrate(id, Map.of());
    awaitUnderWay();
    assertThat(pair.one.engine.call("VM.migrateChangeParams", change)).isEqualTo(true);
    awaitMoved();
  }

  @Test
  void aSecondMoveOfTheSameGuestIsRefused() {
    launch(SLOW);
    pair.migrate(id, Map.of());
    assertThat(
            pair.one.engine.failure(
                "VM.migrate",
                Map.of("vmID", id.toString(), "params", Map.of("dst", SimulatedPair.TWO))))
        .isEqualTo(51);
    awaitMoved();
  }

  @Test
  void aGuestThatIsShutDownOnTheWayIsDownOnBothSides() {
    launch(SLOW);
    pair.migrate(id, Map.of());
    awaitUnderWay();
    pair.one.engine.call("VM.destroy", Map.of("vmID", id.toString()));
    Engine.await("both to be empty", () -> pair.running(id) == 0);
    Engine.await("the other host to be clean", () -> pair.two.hypervisor.find(id).isEmpty());
  }
}

package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ovirt.engine.sdk4.builders.Builders.customProperty;
import static org.ovirt.engine.sdk4.builders.Builders.host;
import static org.ovirt.engine.sdk4.builders.Builders.initialization;
import static org.ovirt.engine.sdk4.builders.Builders.migrationOptions;
import static org.ovirt.engine.sdk4.builders.Builders.nic;
import static org.ovirt.engine.sdk4.builders.Builders.vm;
import static org.ovirt.engine.sdk4.builders.Builders.vmPlacementPolicy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk4.builders.VmPlacementPolicyBuilder;
import org.ovirt.engine.sdk4.types.HostStatus;
import org.ovirt.engine.sdk4.types.InheritableBoolean;
import org.ovirt.engine.sdk4.types.VmAffinity;
import org.ovirt.engine.sdk4.types.VmStatus;

/**
 * Guests that move between two real hosts, and what becomes of them when something dies meanwhile.
 * Two of them cross, so that each host is the source of one and the destination of the other.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(AgainAfterEmulation.class)
class RealMigrationTest implements AgainAfterEmulation.Renewable {
  /** Megabits a second for a host, half of it for a guest: it moves for a minute. */
  private static final int SLOW = 16;

  /** It moves for as long as somebody looks. */
  private static final int WATCHED = 64;

  /** It moves for seconds. */
  private static final int MEDIUM = 192;

  /** A guest that writes to its memory all the time does not come to an end with it. */
  private static final int TOO_SLOW = 256;

  private static final String WRITE =
      "touch /run/busy; while [ -e /run/busy ]; do"
          + " for file in a b c d e f g h; do cat /bin/busybox > /run/junk-$file; done; done";

  private RealPair pair;
  private Traveller first;
  private Traveller second;

  @BeforeAll
  void start() {
    pair = RealPair.start();
    first =
        new Traveller(
            pair,
            "first",
            vm().customProperties(customProperty().name("ifacemacspoof").value("true"))
                .initialization(initialization().hostName("first"))
                .migration(migrationOptions().encrypted(InheritableBoolean.TRUE)));
    first.service().nicsService().add().nic(nic().name("nic1").vnicProfile(pair.wire())).send();
    second = new Traveller(pair, "second", vm());
    pair.parallel(second.id(), 2);
    first.start();
    second.start();
    first.awaitStarted();
    second.awaitStarted();
  }

  @Override
  public void renew() {
    pair.limit(0);
    first.restart();
    second.restart();
    // as those are that begin with both on the way
    if (first.where() == second.where()) {
      second.awaitAt(second.migrate());
    }
  }

  @AfterAll
  void stop() {
    pair.close();
  }

  /** Afterwards they are on different hosts. */
  @Test
  @Order(1)
  void theyMoveBackAndForthAndLoseNothing() throws IOException {
    boolean together = first.where() == second.where();
    MigrationScripts scripts = MigrationScripts.install(pair);
    byte[] disc = Files.readAllBytes(pair.configuration(first.where(), first.id()));
    int there = first.migrate();
    if (!together) {
      second.awaitAt(second.migrate());
    }
    first.awaitAt(there);
    scripts.assertThatAllRan(first.id(), Traveller.other(there), there);
    scripts.remove();
    Path moved = pair.configuration(there, first.id());
    assertThat(moved).hasBinaryContent(disc);
    assertThat(pair.virsh(there, "dumpxml", first.id())).contains(moved.toString());

    int back = first.migrate();
    second.awaitAt(second.migrate());
    first.awaitAt(back);
    first.assertNothingLost();
    second.assertNothingLost();
    assertThat(first.events())
        .anyMatch(text -> text.matches("VM first: moved from .*, downtime [0-9]+ms.*"));
  }

  @Test
  @Order(2)
  void aCancelledMoveLeavesItWhereItIs() {
    pair.limit(SLOW);
    int at = first.where();
    first.migrate();
    first.awaitUnderWay();
    assertThat(first.get().status()).isEqualTo(VmStatus.MIGRATING);
    assertThat(pair.monitor(at, first.id(), "info migrate_parameters"))
        .containsPattern("tls-creds: '\\w+'");
    first.service().cancelMigration().send();
    first.awaitAt(at);
    first.assertNothingLost();
    assertThat(pair.domains(Traveller.other(at))).containsExactly(second.id());
  }

  @Test
  @Order(3)
  void anEncryptedMoveNeedsACertificateThatTheOtherSideTrusts() throws IOException {
    pair.limit(0);
    int at = first.where();
    try (var _ = ForeignCertificate.on(pair, Traveller.other(at))) {
      first.migrate();
      List<String> told =
          Await.until(
              "it is told why",
              () -> first.events().stream().filter(text -> text.contains("unable to")).toList(),
              texts -> !texts.isEmpty());
      assertThat(told.getFirst()).containsIgnoringCase("certificate");
      first.awaitAt(at);
    }
    first.assertNothingLost();
    assertThat(pair.domains(Traveller.other(at))).containsExactly(second.id());
  }

  /** Both are on their way to where the other one was. */
  private void cross(int megabits) {
    pair.limit(megabits);
    first.migrate();
    second.migrate();
    Traveller.awaitUnderWay(first, second);
  }

  private void assertThatTheyCrossed(int from) {
    first.awaitAt(Traveller.other(from));
    second.awaitAt(from);
    first.assertNothingLost();
    second.assertNothingLost();
  }

  @Test
  @Order(4)
  void theDeathOfTheEngineCostsNothing() {
    int from = first.where();
    cross(MEDIUM);
    assertThat(pair.monitor(Traveller.other(from), second.id(), "info migrate_capabilities"))
        .contains("multifd: on");
    pair.restartEngine();
    assertThatTheyCrossed(from);
  }

  /** It is the source's of one of them, and the destination's of the other. */
  @Test
  @Order(5)
  void theDeathOfAnAgentCostsNothing() {
    int from = first.where();
    cross(MEDIUM);
    pair.killAgent(from);
    pair.restartAgent(from);
    assertThatTheyCrossed(from);
  }

  @Test
  @Order(6)
  void aGuestThatWritesFasterThanItMovesGoesOnOverThereBeforeItsMemory() {
    pair.limit(TOO_SLOW, RealPair.POST_COPY);
    int from = second.where();
    second.begin(WRITE);
    CompletableFuture<String> toldBySource =
        CompletableFuture.supplyAsync(() -> pair.awaitEvent(from, second.id(), "Post-copy"));
    first.migrate();
    int to = second.migrate();
    second.awaitAt(to);
    first.awaitAt(from);
    assertThat(toldBySource.join()).contains("Suspended Post-copy");
    Await.until(
        "the source has nothing left of it",
        () -> pair.domains(from),
        domains -> !domains.contains(second.id()));
    assertThat(RealHost.processes(second.id())).hasSize(1);
    second.assertNothingLost();
    second.begin("rm /run/busy");
    first.assertNothingLost();
  }

  @Test
  @Order(7)
  void aHostThatLosesItsPowerCostsWhatRanThereAndNothingElse() {
    int at = first.where();
    int dead = second.where();
    cross(SLOW);
    pair.crash(dead);
    Await.until(
        "the first is up again, and the second is given up",
        RealMachine.PATIENCE,
        () -> List.of(first.get().status(), pair.domains(at)),
        List.of(VmStatus.UP, List.of(first.id()))::equals);
    assertThat(first.where()).isEqualTo(at);

    pair.revive(dead);
    pair.awaitUp(dead);
    second.await(VmStatus.DOWN);
    assertThat(pair.domains(dead)).isEmpty();
    pair.limit(0);
    second.start();
    second.awaitStarted();
    assertThat(RealHost.processes(second.id())).hasSize(1);
    first.assertNothingLost();
  }

  @Test
  @Order(8)
  void aHostThatGoesToMaintenanceIsLeft() {
    int from = first.where();
    pair.service(from).deactivate().reason("dust").send();
    first.awaitAt(Traveller.other(from));
    second.awaitAt(Traveller.other(from));
    Await.until(
        "it is in maintenance",
        () -> pair.service(from).get().send().host().status(),
        HostStatus.MAINTENANCE::equals);
    pair.service(from).activate().send();
    pair.awaitUp(from);
    first.assertNothingLost();
  }

  /** Both run on the same host by now. */
  @Test
  @Order(9)
  void aUnitInPythonCountsWhatRunsAndSaysNo() throws IOException {
    int full = first.where();
    EngineProcess engine = pair.engine();
    try (RestClient client = RestClient.open(engine.access())) {
      JsonNode unit =
          MaximumOfMachines.discovered(client, engine.config(), engine.access().adminPassword());
      MaximumOfMachines.policy(client, unit.path("id").asText(), RealPair.NAME, 3);
      Traveller third = new Traveller(pair, "third", vm().placementPolicy(on(full)));
      third.start();
      third.await(VmStatus.UP);
      assertThat(third.where()).isEqualTo(full);

      Traveller fourth = new Traveller(pair, "fourth", vm());
      fourth.start();
      fourth.await(VmStatus.UP);
      assertThat(fourth.where()).isEqualTo(Traveller.other(full));

      Traveller fifth = new Traveller(pair, "fifth", vm().placementPolicy(on(full)));
      assertThatThrownBy(fifth::start)
          .isInstanceOf(org.ovirt.engine.sdk4.Error.class)
          .hasMessageContaining("max_vms removed 1 host");
      third.service().stop().send();
      fourth.service().stop().send();
    }
  }

  @Test
  @Order(10)
  void aMoveIsStartedAndWatchedInThePage() {
    pair.limit(WATCHED);
    BrowserSuite.run("moving", pair.engine().config(), Map.of("OVERT_VM", "first"));
    pair.limit(0);
    first.assertNothingLost();
  }

  private VmPlacementPolicyBuilder on(int number) {
    return vmPlacementPolicy().affinity(VmAffinity.PINNED).hosts(host().id(pair.id(number)));
  }
}

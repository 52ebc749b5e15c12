package io.overt.engine.vms.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.engine.vms.run.MigrationParameters.End;
import io.overt.fleet.Report;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.InheritableBoolean;
import io.overt.model.types.MigrationBandwidth;
import io.overt.model.types.MigrationBandwidthAssignmentMethod;
import io.overt.model.types.MigrationOptions;
import io.overt.model.types.MigrationPolicy;
import io.overt.model.types.Network;
import io.overt.model.types.ParallelMigrationsPolicy;
import io.overt.model.types.Qos;
import io.overt.model.types.Vm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the source is told of a move, by what machine, cluster, network and hosts say. */
class MigrationParametersTest {
  private static final MigrationNetwork MOVES =
      new MigrationNetwork(Optional.of(new Network().name("moves")), Optional.empty());

  private static final String POST_COPY = "a7aeedb2-8d66-4e51-bb22-32595027ce71";

  private final Vm vm = new Vm().id("11111111-1111-1111-1111-111111111111");
  private final MigrationOptions own = new MigrationOptions();
  private final MigrationOptions shared = new MigrationOptions();

  /** A host with a network of this name on a card of this speed. */
  private static End end(String host, Map<String, Object> network, int megabits) {
    return new End(
        new Host().id(host).address(host + ".example.com").port(54_321L),
        new Report(
            Map.of(
                "networks",
                Map.of("moves", network),
                "nics",
                Map.of("eth1", Map.of("speed", megabits))),
            Instant.EPOCH),
        Report.NONE);
  }

  private static Map<String, Object> at(String ipv4, String... ipv6) {
    return Map.of("addr", ipv4, "ipv6addrs", List.of(ipv6), "ports", List.of("eth1"));
  }

  private Map<String, Object> between(End from, End to) {
    return between(from, to, MOVES, false);
  }

  private Map<String, Object> between(End from, End to, MigrationNetwork network, boolean paused) {
    return new MigrationParameters(vm.migration(own), new Cluster().migration(shared))
        .between(from, to, network, paused);
  }

  private Map<String, Object> between(int megabits) {
    return between(end("a", at("10.1.0.1"), megabits), end("b", at("10.1.0.2"), 100_000));
  }

  @Test
  void memoryGoesToTheDestinationsAddressInTheMigrationNetwork() {
    assertThat(between(1000)).containsEntry("dst", "b.example.com:54321");
    assertThat(between(1000)).containsEntry("dstqemu", "10.1.0.2");
  }

  @Test
  void bothHostsMustHaveAnAddressOfThatVersion() {
    End both = end("a", at("10.1.0.1", "fe80::1/64", "fd00::1/64"), 1000);
    End six = end("b", at("", "fe80::2/64", "fd00::2/64"), 1000);
    End none = end("c", at(""), 1000);
    End elsewhere = new End(new Host().address("d"), Report.NONE, Report.NONE);
    assertThat(between(both, six)).containsEntry("dstqemu", "fd00::2");
    assertThat(between(both, none)).doesNotContainKey("dstqemu");
    assertThat(between(none, both)).doesNotContainKey("dstqemu");
    assertThat(between(both, elsewhere)).doesNotContainKey("dstqemu");
    assertThat(between(both, both, MigrationNetwork.NONE, false)).doesNotContainKey("dstqemu");
  }

  @Test
  void theSlowerLinkIsSharedByTheMovesOfAHost() {
    assertThat(between(1000)).containsEntry("maxBandwidth", 59L);
    assertThat(between(0)).containsEntry("maxBandwidth", 5960L);
    assertThat(between(end("a", at("10.1.0.1"), 0), end("b", at("10.1.0.2"), 0)))
        .doesNotContainKey("maxBandwidth");
  }

  @Test
  void theQualityOfServiceOfTheNetworkCountsMoreThanTheLink() {
    MigrationNetwork shaped =
        new MigrationNetwork(
            Optional.of(new Network().name("moves")),
            Optional.of(new Qos().outboundAverageUpperlimit(500L)));
    assertThat(between(end("a", at(""), 1000), end("b", at(""), 1000), shaped, false))
        .containsEntry("maxBandwidth", 29L);
  }

  @Test
  void theClusterMaySayHowMuchOrLeaveItToTheHosts() {
    shared.bandwidth(
        new MigrationBandwidth()
            .assignmentMethod(MigrationBandwidthAssignmentMethod.CUSTOM)
            .customValue(256L));
    assertThat(between(1000)).containsEntry("maxBandwidth", 15L);
    shared.bandwidth(
        new MigrationBandwidth()
            .assignmentMethod(MigrationBandwidthAssignmentMethod.HYPERVISOR_DEFAULT));
    assertThat(between(1000)).doesNotContainKey("maxBandwidth");
  }

  @Test
  void theNumberOfConnectionsIsTheMachinesOrTheClusters() {
    assertThat(between(1000)).doesNotContainKey("parallel");
    shared.parallelMigrationsPolicy(ParallelMigrationsPolicy.AUTO);
    assertThat(between(1000)).doesNotContainKey("parallel");
    assertThat(between(40_000)).containsEntry("parallel", 2);
    shared.parallelMigrationsPolicy(ParallelMigrationsPolicy.AUTO_PARALLEL);
    own.parallelMigrationsPolicy(ParallelMigrationsPolicy.INHERIT);
    assertThat(between(1000)).containsEntry("parallel", 2);
    assertThat(between(100_000)).containsEntry("parallel", 5);
    own.parallelMigrationsPolicy(ParallelMigrationsPolicy.CUSTOM).customParallelMigrations(12L);
    assertThat(between(1000)).containsEntry("parallel", 12);
    vm.tunnelMigration(true);
    assertThat(between(1000)).doesNotContainKey("parallel").containsEntry("tunneled", true);
    vm.tunnelMigration(false);
    own.parallelMigrationsPolicy(ParallelMigrationsPolicy.DISABLED);
    assertThat(between(1000)).doesNotContainKey("parallel");
  }

  @Test
  void encryptionIsTheMachinesChoiceOrTheClusters() {
    assertThat(between(1000)).containsEntry("encrypted", false);
    shared.encrypted(InheritableBoolean.TRUE);
    assertThat(between(1000)).containsEntry("encrypted", true);
    own.encrypted(InheritableBoolean.INHERIT);
    assertThat(between(1000)).containsEntry("encrypted", true);
    own.encrypted(InheritableBoolean.FALSE);
    assertThat(between(1000)).containsEntry("encrypted", false);
  }

  /** It could not run over there while parts of its memory are missing. */
  @Test
  void aGuestThatStandsStillDoesNotGoOverBeforeItsMemory() {
    own.policy(new MigrationPolicy().id(POST_COPY));
    End from = end("a", at(""), 1000);
    assertThat(between(from, from, MOVES, false).get("convergenceSchedule").toString())
        .contains("postcopy");
    assertThat(between(from, from, MOVES, true).get("convergenceSchedule").toString())
        .contains("setDowntime")
        .doesNotContain("postcopy");
  }
}

package io.overt.scheduling.filters;

import static io.overt.scheduling.Clusters.host;
import static io.overt.scheduling.Clusters.machine;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.Trial;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Traits;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The selectable filters that ask for no processor, memory or affinity. */
class SelectableFiltersTest {
  private static final Machine PLAIN = machine("vm");

  // -- Emulated-Machine, Host-hooks ------------------------------------------------

  @Test
  void theEmulatedMachineIsOneOfTheHosts() {
    String q35 = Traits.emulatedMachine("pc-q35-rhel9.4.0");
    Trial trial =
        new Trial(
            host("a", h -> h.traits(q35, Traits.emulatedMachine("pc"))),
            host("b", h -> h.traits(Traits.emulatedMachine("pc"))),
            host("c"));
    Machine asking =
        machine(
            "vm",
            m ->
                m.needs(
                    new Machine.Needs(
                        Set.of(), Set.of(), Set.of(q35), Set.of(), Set.of(), Set.of(), Set.of())));
    assertThat(trial.kept("Emulated-Machine", asking)).isEqualTo("a");
    assertThat(trial.kept("Emulated-Machine", PLAIN)).isEqualTo("abc");
    // oVirt says nothing of a host that offers none at all.
    assertThat(trial.why("Emulated-Machine", "c", asking).text())
        .isEqualTo("does not offer the emulated machine pc-q35-rhel9.4.0");
    assertThat(trial.running("b", asking).kept("Emulated-Machine", asking)).isEqualTo("ab");
  }

  @Test
  void aMonitoredMachineNeedsTheHook() {
    String hook = Traits.hook("50_vhostmd");
    Machine sap =
        machine(
            "vm",
            m ->
                m.needs(
                    new Machine.Needs(
                        Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(hook), Set.of())));
    Trial trial =
        new Trial(
            host("a", h -> h.traits(hook)), host("b", h -> h.traits(Traits.hook("50_other"))));
    assertThat(trial.kept("Host-hooks", sap)).isEqualTo("a");
    assertThat(trial.kept("Host-hooks", PLAIN)).isEqualTo("ab");
    assertThat(trial.why("Host-hooks", "b", sap).text()).isEqualTo("lacks the hook 50_vhostmd");
  }

  // -- Network -----------------------------------------------------------------------

  @Test
  void allNetworksAreThere() {
    Trial trial =
        new Trial(
            host("a", h -> h.traits(Traits.network("red"), Traits.network("blue"))),
            host("b", h -> h.traits(Traits.network("red"))));
    Machine both = machine("vm", m -> m.networks(Traits.network("red"), Traits.network("blue")));
    assertThat(trial.kept("Network", both)).isEqualTo("a");
    assertThat(trial.kept("Network", machine("vm", m -> m.networks(Traits.network("red")))))
        .isEqualTo("ab");
    assertThat(trial.kept("Network", PLAIN)).isEqualTo("ab");
    assertThat(trial.kept("Network", machine("x", m -> m.networks(Traits.network("red"))), both))
        .isEqualTo("a");
    assertThat(trial.why("Network", "b", both).text()).isEqualTo("lacks the networks blue");
    assertThat(trial.running("b", both).kept("Network", both)).isEqualTo("ab");
  }

  @Test
  void theDisplayNetworkHasAnAddressEvenForAMachineWithoutInterfaces() {
    Machine vm = machine("vm", m -> m.networks(Traits.display("ovirtmgmt")));
    Trial trial =
        new Trial(
            host("a", h -> h.traits(Traits.network("ovirtmgmt"), Traits.display("ovirtmgmt"))),
            // on a NIC, but with no boot protocol
            host("b", h -> h.traits(Traits.network("ovirtmgmt"))));
    assertThat(trial.kept("Network", vm)).isEqualTo("a");
    assertThat(trial.why("Network", "b", vm).text())
        .isEqualTo("has no address on the display network ovirtmgmt");
    assertThat(trial.why("Network", "b", vm).code())
        .isEqualTo("VAR__DETAIL__DISPLAY_NETWORK_MISSING");
  }

  @Test
  void interfacesPassedThroughNeedAVirtualFunctionEach() {
    Trial trial =
        new Trial(
            host("a", h -> h.devices(Map.of(), Map.of("fast", 2), Map.of())),
            host("b", h -> h.devices(Map.of(), Map.of("fast", 1), Map.of())),
            host("c", h -> h.traits(Traits.network("fast"))));
    Machine one = machine("one", m -> m.functions("fast"));
    Machine two = machine("two", m -> m.functions("fast", "fast"));
    assertThat(trial.kept("Network", one)).isEqualTo("ab");
    assertThat(trial.kept("Network", two)).isEqualTo("a");
    assertThat(trial.kept("Network", one, machine("x", m -> m.functions("fast")))).isEqualTo("a");
    assertThat(trial.why("Network", "b", two).text())
        .isEqualTo("has 1 free virtual functions on the network fast, 2 are needed");
    // One on its way has a function that the host still reports as free.
    assertThat(trial.pending("b", machine("y", m -> m.functions("fast"))).kept("Network", one))
        .isEqualTo("a");
    assertThat(trial.running("b", one).kept("Network", one)).isEqualTo("ab");
  }

  // -- HA, HostedEngineSpares ----------------------------------------------------------

  private static final Machine ENGINE = machine("engine", m -> m.memory(1000, 0, 0).engine());

  @Test
  void theHostedEngineStartsWhereTheScoreIsPositive() {
    Trial trial =
        new Trial(
            host("a", h -> h.engine(3400)),
            host("b", h -> h.engine(1)),
            host("c", h -> h.engine(0)),
            host("d"));
    assertThat(trial.kept("HA", ENGINE)).isEqualTo("ab");
    assertThat(trial.kept("HA", PLAIN)).isEqualTo("abcd");
    assertThat(trial.why("HA", "c", ENGINE).text())
        .isEqualTo("has the hosted engine's score 0, more than 0 is needed");
  }

  @Test
  void theHostedEngineMovesToAHostThatIsNotMuchWorse() {
    // 3400 − 800 = 2600, which is not enough itself
    HostFacts[] others = {host("b", h -> h.engine(2601)), host("c", h -> h.engine(2600))};
    assertThat(
            new Trial(host("a", h -> h.engine(3400)), others[0], others[1])
                .running("a", ENGINE)
                .kept("HA", ENGINE))
        .isEqualTo("ab");
    // Nobody looks after it now.
    assertThat(
            new Trial(host("a", h -> h.engine(3400, false, true)), others[0], others[1])
                .running("a", ENGINE)
                .kept("HA", ENGINE))
        .isEqualTo("abc");
    // max(500 − 800, 0) = 0
    assertThat(
            new Trial(host("a", h -> h.engine(500)), host("b", h -> h.engine(1)))
                .running("a", ENGINE)
                .kept("HA", ENGINE))
        .isEqualTo("ab");
  }

  private static HostFacts spare(String id, long memory, int score) {
    return host(
        id,
        h ->
            h.memory(new HostFacts.Memory(memory, memory, 0, 65, 0, 0, 100))
                .engine(score, false, false));
  }

  /** 1000 + 65 for the engine, 500 + 65 for the machine: more than 1630 for both. */
  @Test
  void hostsAreKeptFreeForTheHostedEngine() {
    Machine vm = machine("vm", m -> m.memory(500, 0, 0));
    Trial trial =
        new Trial(
                spare("a", 9000, 3400),
                spare("b", 1630, 3400),
                spare("c", 1631, 3400),
                spare("d", 1065, 3400), // too small for the engine: no spare
                spare("e", 1600, 0))
            .running("a", ENGINE)
            .with("HeSparesCount", "2");
    // Two spares, b and c; b would not be one with the machine.
    assertThat(trial.kept("HostedEngineSpares", vm)).isEqualTo("acde");
    assertThat(trial.why("HostedEngineSpares", "b", vm).text())
        .isEqualTo("is kept free for the hosted engine (HeSparesCount 2)");
    // More than are needed: any of them may go.
    assertThat(trial.with("HeSparesCount", "1").kept("HostedEngineSpares", vm)).isEqualTo("abcde");
    assertThat(trial.with("HeSparesCount", "0").kept("HostedEngineSpares", vm)).isEqualTo("abcde");
    // Several machines count together: c's 1631 are 1 too few for 250 twice and two overheads.
    Machine half = machine("half", m -> m.memory(250, 0, 0));
    Machine rest = machine("rest", m -> m.memory(250, 0, 0));
    trial.with("HeSparesCount", "2");
    assertThat(trial.kept("HostedEngineSpares", half, rest)).isEqualTo("ade");
    // The engine itself goes anywhere.
    assertThat(trial.kept("HostedEngineSpares", ENGINE)).isEqualTo("abcde");
  }

  @Test
  void aMachineThatRunsOnASpareHostMayStay() {
    Machine vm = machine("vm", m -> m.memory(500, 0, 0));
    Trial trial =
        new Trial(spare("a", 9000, 3400), spare("b", 1900, 3400))
            .running("a", ENGINE)
            .running("b", vm)
            .with("HeSparesCount", "1");
    // 1900 − 565 = 1335 are left: enough for the engine, though not once more for the machine.
    assertThat(trial.kept("HostedEngineSpares", vm)).isEqualTo("ab");
    assertThat(trial.kept("HostedEngineSpares", machine("x", m -> m.memory(500, 0, 0))))
        .isEqualTo("a");
  }

  @Test
  void aHostInLocalMaintenanceIsNoSpareAndWithoutAnEngineNothingIsKept() {
    Machine vm = machine("vm", m -> m.memory(500, 0, 0));
    HostFacts idle =
        host(
            "b",
            h ->
                h.memory(new HostFacts.Memory(1600, 1600, 0, 65, 0, 0, 100))
                    .engine(3400, true, false));
    Trial trial = new Trial(spare("a", 9000, 3400), idle).with("HeSparesCount", "3");
    assertThat(trial.kept("HostedEngineSpares", vm)).isEqualTo("ab");
    assertThat(trial.running("a", ENGINE).kept("HostedEngineSpares", vm)).isEqualTo("ab");
    trial =
        new Trial(spare("a", 9000, 3400), spare("b", 1600, 3400))
            .running("a", ENGINE)
            .with("HeSparesCount", "3");
    assertThat(trial.kept("HostedEngineSpares", vm)).isEqualTo("a");
  }

  // -- migrations ------------------------------------------------------------------------

  @Test
  void theSameHostUnderAnotherIdIsNoDestination() {
    Trial trial =
        new Trial(
            host("a", h -> h.named("node1").traits(Traits.address("192.0.2.1"))),
            host("b", h -> h.named("node1")),
            host("c", h -> h.named("node3").traits(Traits.address("192.0.2.1"))),
            host("d", h -> h.named("node4").traits(Traits.address("192.0.2.4"))));
    assertThat(trial.kept("Migration", PLAIN)).isEqualTo("abcd");
    // The current host itself is kept.
    assertThat(trial.running("a", PLAIN).kept("Migration", PLAIN)).isEqualTo("ad");
    assertThat(trial.why("Migration", "c", PLAIN).text())
        .isEqualTo("is the one on which the machine already runs");
  }

  @Test
  void theTimeStampCounterIsTheSameWithin250PartsPerMillion() {
    // int(2 400 000 001 · 250 / 1 000 000) = int(600 000.00025) = 600 000
    long frequency = 2_400_000_001L;
    Machine vm = machine("vm", m -> m.tsc(frequency));
    Trial trial =
        new Trial(
            host("a", h -> h.tsc(frequency, false)),
            host("b", h -> h.tsc(frequency + 600_000, false)),
            host("c", h -> h.tsc(frequency + 600_001, false)),
            host("d", h -> h.tsc(frequency - 600_000, false)),
            host("e", h -> h.tsc(frequency - 600_001, false)),
            host("f", h -> h.tsc(1, true)),
            host("g"));
    assertThat(trial.kept("Migration-Tsc-Frequency", vm)).isEqualTo("abcdefg");
    trial.running("a", vm);
    assertThat(trial.kept("Migration-Tsc-Frequency", vm)).isEqualTo("abdf");
    assertThat(trial.why("Migration-Tsc-Frequency", "g", vm).text())
        .isEqualTo("has a time stamp counter of 0 Hz, the machine runs with 2400000001");
    assertThat(trial.running("b", PLAIN).kept("Migration-Tsc-Frequency", PLAIN))
        .isEqualTo("abcdefg");
  }

  @Test
  void onlyHighlyAvailableMachinesStartInAMaintainedCluster() {
    Trial trial = new Trial(host("a"), host("b"));
    assertThat(trial.kept("ClusterInMaintenance", PLAIN)).isEmpty();
    assertThat(trial.kept("ClusterInMaintenance", machine("vm", m -> m.ha()))).isEqualTo("ab");
    assertThat(trial.running("a", PLAIN).kept("ClusterInMaintenance", PLAIN)).isEqualTo("ab");
  }

  @Test
  void neverToAnOlderSystem() {
    Trial trial =
        new Trial(
            host("a", h -> h.system("rhel", 8, 6)),
            host("b", h -> h.system("rhel", 8, 2)),
            host("c", h -> h.system("rhel", 9, 0)),
            host("d", h -> h.system("rhel", 7, 9)),
            host("e", h -> h.system("fedora", 40, 0)),
            host("f"));
    assertThat(trial.kept("InClusterUpgrade", PLAIN)).isEqualTo("abcdef");
    assertThat(trial.running("a", PLAIN).kept("InClusterUpgrade", PLAIN)).isEqualTo("abc");
    assertThat(trial.running("f", PLAIN).kept("InClusterUpgrade", PLAIN)).isEqualTo("abcdef");
    trial.running("a", PLAIN);
    assertThat(trial.why("InClusterUpgrade", "f", PLAIN).text())
        .isEqualTo("runs an older or unknown system than the machine's host");
  }
}

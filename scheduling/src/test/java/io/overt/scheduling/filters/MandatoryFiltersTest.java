package io.overt.scheduling.filters;

import static io.overt.scheduling.Clusters.host;
import static io.overt.scheduling.Clusters.machine;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.Trial;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Migratability;
import io.overt.scheduling.state.Traits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MandatoryFiltersTest {
  private static final Machine PLAIN = machine("vm");

  private static Machine needing(Machine.Needs needs) {
    return machine("vm", m -> m.needs(needs));
  }

  @Test
  void theyRunInAFixedOrder() {
    assertThat(Filters.MANDATORY)
        .hasToString(
            "[PinToHost, Compatibility-Version, CPU-Level, CPUTopology, CpuPinning, VM leases"
                + " ready, HostDevice, MDevice]");
  }

  @Test
  void aCustomCompatibilityVersionMustBeOneOfTheHosts() {
    Trial trial =
        new Trial(
            host("a", h -> h.traits(Traits.compatibility("4.6"), Traits.compatibility("4.7"))),
            host("b", h -> h.traits(Traits.compatibility("4.6"))));
    Machine custom =
        needing(
            new Machine.Needs(
                Set.of(Traits.compatibility("4.7")),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of()));
    assertThat(trial.kept("Compatibility-Version", custom)).isEqualTo("a");
    assertThat(trial.kept("Compatibility-Version", PLAIN)).isEqualTo("ab");
    assertThat(trial.why("Compatibility-Version", "b", custom).text())
        .isEqualTo("does not support the compatibility version 4.7");
    assertThat(trial.running("b", custom).kept("Compatibility-Version", custom)).isEqualTo("ab");
  }

  @Test
  void noFlagOfTheProcessorMayBeMissing() {
    Trial trial =
        new Trial(
            host("a", h -> h.traits(Traits.cpuFlag("vmx"), Traits.cpuFlag("model_Nehalem"))),
            host("b", h -> h.traits(Traits.cpuFlag("vmx"))),
            host("c"));
    Machine typed =
        needing(
            new Machine.Needs(
                Set.of(),
                Set.of(Traits.cpuFlag("vmx"), Traits.cpuFlag("model_Nehalem")),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of()));
    assertThat(trial.kept("CPU-Level", typed)).isEqualTo("a");
    assertThat(trial.kept("CPU-Level", PLAIN)).isEqualTo("abc");
    // A reason where 3.4 gave none: the host whose processor is not known at all.
    assertThat(trial.why("CPU-Level", "c", typed).text())
        .isEqualTo("lacks the CPU flags model_Nehalem, vmx");
    // Where it runs it has what it needs.
    assertThat(trial.running("c", typed).kept("CPU-Level", typed)).isEqualTo("ac");
  }

  @Test
  void onlyTheHostsOfAMachineThatMayNotMove() {
    Trial trial = new Trial(host("a"), host("b"), host("c"));
    Machine pinned =
        machine("vm", m -> m.migratability(Migratability.PINNED).dedicatedTo("a", "c"));
    assertThat(trial.kept("PinToHost", pinned)).isEqualTo("ac");
    // Preferred hosts alone are a wish.
    assertThat(trial.kept("PinToHost", machine("vm", m -> m.dedicatedTo("a")))).isEqualTo("abc");
    assertThat(trial.kept("PinToHost", pinned, machine("other"))).isEqualTo("ac");
  }

  @Test
  void aMachineThatMayNotMoveAndNamesNoHostStartsAnywhereAndThenStays() {
    Trial trial = new Trial(host("a"), host("b"));
    Machine pinned = machine("vm", m -> m.migratability(Migratability.PINNED));
    assertThat(trial.kept("PinToHost", pinned)).isEqualTo("ab");
    assertThat(trial.running("a", pinned).kept("PinToHost", pinned)).isEmpty();
  }

  @Test
  void leasesNeedTheirDomain() {
    Trial trial = new Trial(host("a", h -> h.traits(Traits.lease("d1"))), host("b"));
    Machine leased =
        needing(
            new Machine.Needs(
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(Traits.lease("d1")),
                Set.of(),
                Set.of()));
    assertThat(trial.kept("VM leases ready", leased)).isEqualTo("a");
    assertThat(trial.kept("VM leases ready", PLAIN)).isEqualTo("ab");
    assertThat(trial.why("VM leases ready", "b", leased).code())
        .isEqualTo("VAR__DETAIL__NOT_READY_FOR_LEASES");
  }

  // -- devices ---------------------------------------------------------------

  private static final String DISK = Traits.device("scsi_0");

  @Test
  void devicesAreGivenOnTheOneHostToWhichAMachineIsPinned() {
    Trial trial = new Trial(host("a", h -> h.traits(DISK)), host("b", h -> h.traits(DISK)));
    assertThat(
            trial.kept("HostDevice", machine("vm", m -> m.dedicatedTo("a").devices(false, DISK))))
        .isEqualTo("a");
    assertThat(
            trial.kept(
                "HostDevice", machine("vm", m -> m.dedicatedTo("a", "b").devices(false, DISK))))
        .isEmpty();
    assertThat(trial.kept("HostDevice", machine("vm", m -> m.devices(false, DISK)))).isEmpty();
    assertThat(trial.kept("HostDevice", PLAIN)).isEqualTo("ab");
  }

  @Test
  void pciDevicesNeedAHostThatPassesThemThrough() {
    Machine machine = machine("vm", m -> m.dedicatedTo("a").devices(true, DISK));
    assertThat(new Trial(host("a", h -> h.traits(DISK))).kept("HostDevice", machine)).isEmpty();
    assertThat(
            new Trial(host("a", h -> h.traits(DISK).devices(Map.of(), Map.of(), Map.of(), true)))
                .kept("HostDevice", machine))
        .isEqualTo("a");
    assertThat(
            new Trial(host("a", h -> h.devices(Map.of(), Map.of(), Map.of(), true)))
                .why("HostDevice", "a", machine)
                .text())
        .isEqualTo("has not, or not free, the devices scsi_0");
  }

  private static Trial mediated() {
    return new Trial(
        host("a", h -> h.devices(Map.of(), Map.of(), Map.of("nvidia-11", List.of(1)))),
        host("b", h -> h.devices(Map.of(), Map.of(), Map.of("nvidia-11", List.of(1, 1)))),
        host("c", h -> h.devices(Map.of(), Map.of(), Map.of("nvidia-11", List.of(0, 4)))),
        host("d", h -> h.devices(Map.of(), Map.of(), Map.of("nvidia-12", List.of(4)))));
  }

  /** Two instances where one is free: oVirt lets this pass. */
  @Test
  void eachMediatedDeviceNeedsAnInstanceOfItsOwn() {
    Machine one = machine("vm", m -> m.mediated("nvidia-11"));
    Machine two = machine("vm", m -> m.mediated("nvidia-11", "nvidia-11"));
    assertThat(mediated().kept("MDevice", one)).isEqualTo("abc");
    assertThat(mediated().kept("MDevice", two)).isEqualTo("bc");
    assertThat(mediated().why("MDevice", "a", two).text())
        .isEqualTo("has 1 free mediated devices of type nvidia-11, 2 are needed");
  }

  @Test
  void mediatedDevicesOfTheGroupAndOfThoseOnTheirWayCount() {
    Machine one = machine("one", m -> m.mediated("nvidia-11"));
    Machine two = machine("two", m -> m.mediated("nvidia-11"));
    assertThat(mediated().kept("MDevice", one, two)).isEqualTo("bc");
    assertThat(
            mediated()
                .pending("b", machine("x", m -> m.mediated("nvidia-11")))
                .kept("MDevice", one, two))
        .isEqualTo("c");
    // What runs has its device: a's last one is for the other.
    assertThat(mediated().running("a", one).kept("MDevice", one, two)).isEqualTo("abc");
  }
}

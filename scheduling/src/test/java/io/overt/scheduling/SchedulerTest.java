package io.overt.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  private static final long GIB = 1L << 30;
  private final Scheduler scheduler = new Scheduler();

  @Test
  void choosesTheLeastLoadedHost() {
    Placement placement =
        scheduler.place(request(GIB), List.of(host("a", 8 * GIB, 4), host("b", 4 * GIB, 2)));
    assertThat(placement).isEqualTo(new Placement.Chosen("b", List.of()));
  }

  @Test
  void tiesGoToTheHostWithMoreMemoryThenToTheFirstName() {
    assertThat(
            scheduler.place(
                request(GIB), List.of(host("b", GIB, 0), host("a", GIB, 0), host("c", GIB, 1))))
        .isEqualTo(new Placement.Chosen("a", List.of()));
    assertThat(scheduler.place(request(GIB), List.of(host("a", GIB, 0), host("b", 2 * GIB, 0))))
        .isEqualTo(new Placement.Chosen("b", List.of()));
  }

  @Test
  void saysWhyEachHostWasRefused() {
    HostState down = new HostState("d", "d", false, 8 * GIB, 8, 0, Set.of());
    PlacementRequest request =
        new PlacementRequest("vm", 2 * GIB, 16, Set.of(), Set.of("x"), Set.of("n1"));
    HostState failed = new HostState("x", "x", true, 8 * GIB, 32, 0, Set.of("n1"));
    HostState offNetwork = new HostState("n", "n", true, 8 * GIB, 32, 0, Set.of());
    Placement placement =
        scheduler.place(
            request, List.of(down, host("m", GIB, 0), host("c", 4 * GIB, 0), failed, offNetwork));
    assertThat(((Placement.Refused) placement).explanation())
        .isEqualTo(
            "host d: Status: it is not up; host m: Memory: needs 2048 MiB, 1024 MiB left;"
                + " host c: CPU: needs 16 CPUs, the host has 8;"
                + " host x: Rerun: it has failed this start before;"
                + " host n: Network: it lacks the networks n1");
  }

  @Test
  void aPinnedMachineStaysOnItsHosts() {
    PlacementRequest pinned = new PlacementRequest("vm", GIB, 1, Set.of("b"), Set.of(), Set.of());
    assertThat(scheduler.place(pinned, List.of(host("a", 8 * GIB, 0), host("b", 2 * GIB, 7))))
        .isInstanceOfSatisfying(
            Placement.Chosen.class, chosen -> assertThat(chosen.hostId()).isEqualTo("b"));
  }

  private static PlacementRequest request(long memory) {
    return new PlacementRequest("vm", memory, 1, Set.of(), Set.of(), Set.of());
  }

  private static HostState host(String name, long memory, int virtualCpus) {
    return new HostState(name, name, true, memory, 8, virtualCpus, Set.of());
  }
}

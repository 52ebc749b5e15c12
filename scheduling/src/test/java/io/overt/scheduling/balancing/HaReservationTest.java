package io.overt.scheduling.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.state.Migratability;
import java.util.List;
import org.junit.jupiter.api.Test;

class HaReservationTest {
  private final Hosts hosts = new Hosts();

  @Test
  void aClusterOfOneHostIsNeverSafe() {
    assertThat(unsafe()).isEmpty();
    assertThat(hosts.host("a", 1)).isNotNull();
    assertThat(unsafe()).containsExactly("a");
  }

  /** b has 65,536 − 321 = 65,215 MiB to promise, of which 65 go with each machine. */
  @Test
  void machinesMustFindMemoryElsewhere() {
    hosts.host("a", 10).host("b", 10);
    runs("a", "one", 1, 10, 40_000);
    assertThat(unsafe()).isEmpty();
    runs("a", "two", 1, 10, 25_300);
    assertThat(unsafe()).containsExactly("a");
    assertThat(HaReservation.unsafe(hosts.state, machine -> 50)).containsExactly("a");
  }

  /** int(100·16/16) = 100 % of a host that has 90 % to spare. */
  @Test
  void machinesMustFindProcessorsElsewhere() {
    hosts.host("a", 10).host("b", 10).host("c", 60);
    runs("a", "vm", 16, 100, 1024);
    assertThat(unsafe()).containsExactly("a");
    runs("a", "vm", 16, 90, 1024);
    assertThat(unsafe()).isEmpty();
    runs("a", "another", 16, 41, 1024);
    assertThat(unsafe()).containsExactly("a");
    runs("a", "another", 16, 40, 1024);
    assertThat(unsafe()).isEmpty();
  }

  @Test
  void machinesThatMayStayDownNeedNoRoom() {
    hosts.host("a", 10).host("b", 99).runs("a", "vm", 16, 100, 60_000);
    assertThat(unsafe()).isEmpty();
  }

  private List<String> unsafe() {
    return HaReservation.unsafe(hosts.state, machine -> -1);
  }

  private void runs(String host, String id, int cpus, double usage, long memoryMb) {
    hosts.state.run(
        Hosts.with(Hosts.machine(id, cpus, usage, memoryMb), true, Migratability.MIGRATABLE), host);
  }
}

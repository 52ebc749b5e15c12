package io.overt.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.model.types.Cpu;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.Vm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageHistoryTest {
  private static final Instant START = Instant.parse("2026-11-22T06:00:00Z");
  private final UsageHistory history = new UsageHistory();

  private void add(int second, int cpu) {
    history.add("web1", START.plusSeconds(second), new MachineUsage(cpu, 50, 100));
  }

  @Test
  void aValueIsKeptForEveryHalfMinuteTheNewestFirst() {
    add(0, 1);
    add(15, 2);
    add(29, 3);
    add(45, 4);
    add(60, 100);
    assertThat(history.of("web1"))
        .containsExactly(
            new MachineUsage(100, 50, 100),
            new MachineUsage(3, 50, 100),
            new MachineUsage(1, 50, 100));
  }

  @Test
  void theOldestGoesWhenThereAreForty() {
    for (int sample = 0; sample < 50; sample++) {
      add(30 * sample, sample);
    }
    List<MachineUsage> kept = history.of("web1");
    assertThat(kept).hasSize(UsageHistory.KEPT);
    assertThat(kept.getFirst().cpu()).isEqualTo(49);
    assertThat(kept.getLast().cpu()).isEqualTo(10);
  }

  @Test
  void whatIsForgottenBeginsAnew() {
    add(0, 1);
    history.forget("web1");
    assertThat(history.of("web1")).isEmpty();
    add(1, 2);
    assertThat(history.of("web1")).hasSize(1);
  }

  /** Two of four processors, half of the memory, 25 of 100 megabits a second. */
  @Test
  void usageIsOfAllThatTheMachineHas() {
    Vm vm = new Vm().cpu(new Cpu().topology(new CpuTopology().sockets(2L).cores(2L)));
    Map<String, Object> nic = Map.of("speed", "100", "rxRate", "3125000", "txRate", "10");
    Report report =
        new Report(
            Map.of(
                "cpuUser", "150", "cpuSys", "50", "memUsage", "50", "network", Map.of("v0", nic)),
            START);
    assertThat(MachineUsage.of(vm, report)).contains(new MachineUsage(50, 50, 25));
    assertThat(MachineUsage.of(vm, new Report(Map.of("memUsage", "50"), START))).isEmpty();
  }
}

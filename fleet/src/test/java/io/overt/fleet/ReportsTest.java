package io.overt.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportsTest {
  @Test
  void listenersHearOfMachinesOfWhichSomethingNewIsReported() {
    Reports reports = new Reports();
    List<String> heard = new ArrayList<>();
    reports.onMachine(heard::add);
    reports.machine("web1", new Report(Map.of("cpuUser", "1.0"), Instant.EPOCH));
    reports.machine("web1", new Report(Map.of("cpuUser", "1.0"), Instant.EPOCH.plusSeconds(1)));
    reports.machine("web1", new Report(Map.of("cpuUser", "2.0"), Instant.EPOCH.plusSeconds(2)));
    assertThat(heard).containsExactly("web1", "web1");
  }
}

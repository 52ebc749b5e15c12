package io.overt.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.balancing.Balance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayTest {

  @Test
  void thePlannerComesNearerToBalanceWithFewerMovesThanOvirt34(@TempDir Path directory)
      throws Exception {
    Day day = Day.of(12, 260, 24 * 60, 7);
    Map<String, DayRun.Result> results = new LinkedHashMap<>();
    for (String name : new String[] {"oVirt 3.4's rules", "planner"}) {
      DayRun.Mover mover = Objects.requireNonNull(BalanceCommand.movers(7).get(name));
      results.put(name, new DayRun(day, BalanceCommand.policy(), mover).run());
    }
    DayRun.Result classic = Objects.requireNonNull(results.get("oVirt 3.4's rules"));
    DayRun.Result planner = Objects.requireNonNull(results.get("planner"));
    assertThat(planner.moves()).isBetween(1, classic.moves() - 1);
    assertThat(BalanceCommand.mean(planner, Balance::imbalance))
        .isLessThan(BalanceCommand.mean(classic, Balance::imbalance) * 0.9);
    assertThat(planner.unmet()).isLessThan(classic.unmet());
    assertThat(planner.again()).isZero();
    Path plot = DayPlot.write(directory.resolve("day.svg"), results);
    assertThat(Files.readString(plot)).contains("planner", "prefers-color-scheme:dark");
  }

  @Test
  void theSameSeedMakesTheSameDay() {
    assertThat(Day.of(4, 40, 60, 3)).isEqualTo(Day.of(4, 40, 60, 3));
    assertThat(Day.of(4, 40, 60, 3)).isNotEqualTo(Day.of(4, 40, 60, 4));
  }
}

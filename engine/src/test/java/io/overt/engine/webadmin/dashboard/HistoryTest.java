package io.overt.engine.webadmin.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private final History history = new History();

  private static Usage usage(double used) {
    return new Usage(
        used, 100, 0, new Usage.By(List.of(new Usage.Of("h", used, 100)), List.of(), List.of()));
  }

  private List<Object> values(Instant now) {
    return history.values("cpu", 50, now).stream().map(value -> value.get("value")).toList();
  }

  @Test
  void aDayIsKept() {
    history.add(NOON, Map.of("cpu", usage(10)));
    history.add(NOON.plus(Duration.ofHours(23)), Map.of("cpu", usage(20)));
    assertThat(values(NOON)).isEqualTo(List.of(10.0, 20.0, 50.0));
    history.add(NOON.plus(Duration.ofHours(25)), Map.of("cpu", usage(30)));
    assertThat(values(NOON)).isEqualTo(List.of(20.0, 30.0, 50.0));
  }

  @Test
  void trendsAreAgainstTheSampleBeforeTheLast() {
    Usage.Of host = new Usage.Of("h", 40, 100);
    assertThat(history.trend("cpu", host)).isEqualTo("same");
    history.add(NOON, Map.of("cpu", usage(30)));
    history.add(NOON.plusSeconds(300), Map.of("cpu", usage(40)));
    assertThat(history.trend("cpu", host)).isEqualTo("up");
    assertThat(history.trend("memory", host)).isEqualTo("same");
    assertThat(history.trend("cpu", new Usage.Of("h", 30.4, 100))).isEqualTo("same");
    assertThat(history.trend("cpu", new Usage.Of("h", 20, 100))).isEqualTo("down");
    assertThat(history.trend("cpu", new Usage.Of("other", 90, 100))).isEqualTo("same");
  }
}

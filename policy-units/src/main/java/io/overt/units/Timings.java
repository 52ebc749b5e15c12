package io.overt.units;

import io.overt.scheduling.external.ExternalUnit.Kind;
import io.overt.scheduling.external.UnitMetrics;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** What the calls of each unit took. */
final class Timings {
  private static final int LATEST = 1000;

  private record Key(String unit, Kind kind) {}

  private static final class Entry {
    private final long[] latest = new long[LATEST];
    private long calls;
    private long failures;

    synchronized void add(long nanos, boolean failed) {
      latest[(int) (calls++ % LATEST)] = nanos;
      failures += failed ? 1 : 0;
    }

    synchronized UnitMetrics metrics(Key key) {
      long[] sorted = Arrays.copyOf(latest, (int) Math.min(calls, LATEST));
      Arrays.sort(sorted);
      return new UnitMetrics(
          key.unit, key.kind, calls, failures, quantile(sorted, 50), quantile(sorted, 99));
    }

    private static Duration quantile(long[] sorted, int percent) {
      return sorted.length == 0
          ? Duration.ZERO
          : Duration.ofNanos(sorted[(sorted.length - 1) * percent / 100]);
    }
  }

  private final ConcurrentHashMap<Key, Entry> entries = new ConcurrentHashMap<>();

  void add(String unit, Kind kind, long nanos, boolean failed) {
    entries.computeIfAbsent(new Key(unit, kind), _ -> new Entry()).add(nanos, failed);
  }

  List<UnitMetrics> metrics() {
    return entries.entrySet().stream()
        .map(each -> each.getValue().metrics(each.getKey()))
        .sorted(Comparator.comparing(UnitMetrics::unit).thenComparing(UnitMetrics::kind))
        .toList();
  }
}

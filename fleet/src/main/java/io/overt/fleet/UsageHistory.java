package io.overt.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What machines used lately, one value in 30 seconds and 40 of them (oVirt: {@code
 * UsageHistoryLimit}); lost with the process.
 */
public final class UsageHistory {
  static final int KEPT = 40;

  /** A little less than 30 seconds: reports do not come to the millisecond. */
  private static final Duration APART = Duration.ofSeconds(28);

  private final Map<String, Track> tracks = new ConcurrentHashMap<>();

  /** Three bytes a value: ten thousand machines keep less than two megabytes. */
  private static final class Track {
    private final int[] ring = new int[KEPT];
    private int count;
    private Instant last = Instant.MIN;

    synchronized void add(Instant time, MachineUsage usage) {
      if (time.isBefore(last.plus(APART))) {
        return;
      }
      last = time;
      ring[count % KEPT] = usage.cpu() | usage.memory() << 8 | usage.network() << 16;
      count++;
    }

    synchronized List<MachineUsage> newestFirst() {
      List<MachineUsage> all = new ArrayList<>(KEPT);
      for (int at = count - 1; at >= Math.max(0, count - KEPT); at--) {
        int packed = ring[at % KEPT];
        all.add(new MachineUsage(packed & 0xff, packed >> 8 & 0xff, packed >> 16));
      }
      return all;
    }
  }

  /** The newest first; empty when the machine does not run. */
  public List<MachineUsage> of(String vmId) {
    Track track = tracks.get(vmId);
    return track == null ? List.of() : track.newestFirst();
  }

  void add(String vmId, Instant time, MachineUsage usage) {
    tracks.computeIfAbsent(vmId, id -> new Track()).add(time, usage);
  }

  void forget(String vmId) {
    tracks.remove(vmId);
  }
}

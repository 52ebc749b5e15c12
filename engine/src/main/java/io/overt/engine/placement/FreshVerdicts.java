package io.overt.engine.placement;

import io.overt.engine.placement.Outside.Offer;
import io.overt.engine.placement.Outside.Verdict;
import io.overt.scheduling.Policy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What units outside have just said in a cluster. A start is checked before its job is made, and
 * placed by the job a moment later: the units are asked once for both. An answer is used once, and
 * only while nothing else was placed in the cluster since they were asked.
 */
final class FreshVerdicts {
  private static final long TERM = Duration.ofSeconds(3).toNanos();

  /** Checks that nothing followed are forgotten together. */
  private static final int MOST = 100;

  private record Question(
      List<String> machines,
      List<String> hosts,
      List<String> filters,
      List<Policy.ExternalWeight> weights,
      Map<String, String> properties) {
    static Question of(Offer offer, List<String> machines) {
      return new Question(
          machines,
          offer.hosts(),
          offer.policy().externalFilters(),
          offer.policy().externalWeights(),
          offer.policy().properties().values());
    }
  }

  private record Kept(long nanos, Verdict verdict) {}

  private final Map<Question, Kept> kept = new HashMap<>();
  private long placements;

  /** How much was placed so far, to be told with an answer that is asked for from now on. */
  synchronized long placements() {
    return placements;
  }

  synchronized void keep(Offer offer, List<String> machines, Verdict verdict, long asked) {
    if (kept.size() >= MOST) {
      kept.clear();
    }
    if (asked == placements) {
      kept.put(Question.of(offer, machines), new Kept(System.nanoTime(), verdict));
    }
  }

  synchronized @Nullable Verdict take(Offer offer, List<String> machines) {
    Kept known = kept.remove(Question.of(offer, machines));
    return known == null || System.nanoTime() - known.nanos() > TERM ? null : known.verdict();
  }

  /** What was said may no longer be so. */
  synchronized void placed() {
    placements++;
    kept.clear();
  }
}

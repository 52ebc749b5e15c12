package io.overt.scheduling.replay;

import io.overt.scheduling.Catalogue;
import io.overt.scheduling.Explanation;
import io.overt.scheduling.Placement;
import io.overt.scheduling.Policy;
import io.overt.scheduling.Request;
import io.overt.scheduling.Scheduler;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.unit.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decides recorded cases and counts what agrees. */
public final class Replay {
  private static final String MEMORY = "schedulable memory of hosts";
  private static final String PASSED = "hosts that pass";
  private static final String CHOICE = "choice";

  private final Map<String, int[]> agreement = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();
  private int decisions;

  /**
   * How often something agreed.
   *
   * @param subject a unit's name, or what else is compared
   */
  public record Agreement(String subject, int equal, int all) {}

  /** Decides a case under each of its policies. */
  public void decide(RecordedCase recorded) {
    for (RecordedCase.Decided decided : recorded.decisions()) {
      decisions++;
      Policy policy =
          Catalogue.policy(decided.policy(), decided.properties())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "there is no policy '%s' (case %s)"
                              .formatted(decided.policy(), recorded.name())));
      decide(recorded, decided, policy);
    }
  }

  private void decide(RecordedCase recorded, RecordedCase.Decided decided, Policy policy) {
    ClusterState state = new ClusterState(recorded.rules());
    recorded.hosts().forEach(state::put);
    Scheduler scheduler = new Scheduler(state, Settings.DEFAULT);
    Request request = Request.of(recorded.machine(), 1);
    String where = "case %s, policy %s".formatted(recorded.name(), decided.policy());
    for (HostFacts host : recorded.hosts()) {
      Double expected = recorded.schedulable().get(host.id());
      if (expected != null) {
        compare(
            MEMORY,
            where + ", host " + host.id(),
            expected,
            (double) state.schedulableMb(state.index(host.id())));
      }
    }
    Explanation explanation = scheduler.explain(policy, request);
    Set<String> passed = new HashSet<>();
    Map<String, Map<String, Integer>> scores = new HashMap<>();
    for (Explanation.HostVerdict host : explanation.hosts()) {
      if (host.filters().isEmpty()) {
        passed.add(host.hostId());
        for (Explanation.WeightVerdict weight : host.weights()) {
          scores
              .computeIfAbsent(weight.unit(), unit -> new HashMap<>())
              .put(host.hostId(), weight.score());
        }
      }
    }
    compare(PASSED, where, decided.passed(), passed);
    for (RecordedCase.Scores weight : decided.weights()) {
      compare(weight.unit(), where, weight.scores(), scores.getOrDefault(weight.unit(), Map.of()));
    }
    String chosen =
        scheduler.find(policy, request) instanceof Placement.Chosen host ? host.hostId() : null;
    compareChoice(where, decided, chosen);
  }

  /** Several hosts may be equally good: ours must be one of them. */
  private void compareChoice(String where, RecordedCase.Decided decided, @Nullable String chosen) {
    Set<String> best = best(decided);
    boolean agrees = chosen == null ? decided.selected() == null : best.contains(chosen);
    count(CHOICE, agrees);
    if (!agrees) {
      differences.add(
          "%s: chosen %s, expected %s"
              .formatted(where, chosen, decided.selected() == null ? "none" : best));
    }
  }

  /** The hosts with the greatest sum of factor × rank, by the recorded scores. */
  private static Set<String> best(RecordedCase.Decided decided) {
    if (decided.weights().isEmpty()) {
      return decided.selected() == null ? Set.of() : Set.of(decided.selected());
    }
    Map<String, Long> totals = new HashMap<>();
    for (RecordedCase.Scores weight : decided.weights()) {
      for (String host : decided.passed()) {
        int own = weight.scores().getOrDefault(host, 0);
        long better =
            decided.passed().stream()
                .filter(other -> weight.scores().getOrDefault(other, 0) < own)
                .count();
        totals.merge(host, weight.factor() * (decided.passed().size() - 1 - better), Long::sum);
      }
    }
    long most = totals.values().stream().mapToLong(Long::longValue).max().orElse(0);
    Set<String> best = new HashSet<>();
    totals.forEach(
        (host, total) -> {
          if (total == most) {
            best.add(host);
          }
        });
    return best;
  }

  private void compare(String subject, String where, Object expected, Object actual) {
    boolean equal = expected.equals(actual);
    count(subject, equal);
    if (!equal) {
      differences.add("%s: %s is %s, expected %s".formatted(where, subject, actual, expected));
    }
  }

  private void count(String subject, boolean equal) {
    int[] counts = agreement.computeIfAbsent(subject, name -> new int[2]);
    counts[0] += equal ? 1 : 0;
    counts[1]++;
  }

  public int decisions() {
    return decisions;
  }

  public List<Agreement> agreements() {
    return agreement.entrySet().stream()
        .map(entry -> new Agreement(entry.getKey(), entry.getValue()[0], entry.getValue()[1]))
        .toList();
  }

  /** What did not agree, in words. */
  public List<String> differences() {
    return List.copyOf(differences);
  }
}

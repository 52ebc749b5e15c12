package io.overt.engine.placement;

import io.overt.scheduling.Policy;
import io.overt.scheduling.Request;
import io.overt.scheduling.external.BalanceAnswer;
import io.overt.scheduling.external.ExternalScheduler;
import io.overt.scheduling.external.FilterAnswer;
import io.overt.scheduling.external.ScoreAnswer;
import io.overt.scheduling.external.UnitCall;
import io.overt.scheduling.external.UnitProblem;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Objection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks units outside the engine, on the thread of whoever wants a placement: after the own filters,
 * about the hosts that passed them, once for each machine.
 */
public final class Outside {
  /** No units outside. */
  public static final Outside NONE = new Outside(Optional::empty, Duration.ZERO, problems -> {});

  static final Objection NOT_ACCEPTED =
      new Objection("VAR__DETAIL__EXTERNAL", "is not accepted by this external unit");

  private final Supplier<Optional<ExternalScheduler>> scheduler;
  private final Duration deadline;
  private final Consumer<List<UnitProblem>> problems;

  /**
   * @param scheduler empty while no units are to be asked
   * @param deadline of one call
   * @param problems is told what went wrong
   */
  public Outside(
      Supplier<Optional<ExternalScheduler>> scheduler,
      Duration deadline,
      Consumer<List<UnitProblem>> problems) {
    this.scheduler = scheduler;
    this.deadline = deadline;
    this.problems = problems;
  }

  /**
   * What units outside are asked.
   *
   * @param hosts ids of those that passed the own filters
   */
  record Offer(List<String> hosts, Policy policy) {}

  /**
   * What they said.
   *
   * @param kept ids of the hosts that every filter accepts
   * @param removed for each other host, the filters that did not accept it
   */
  record Verdict(
      Set<String> kept, Map<String, String> removed, List<Request.ExternalScores> scores) {}

  Verdict ask(Offer offer, List<Machine> machines) {
    ExternalScheduler units = scheduler.get().orElse(null);
    Set<String> kept = new HashSet<>(offer.hosts());
    Map<String, String> removed = new LinkedHashMap<>();
    Map<String, Map<String, Integer>> sums = new LinkedHashMap<>();
    if (units == null) {
      return new Verdict(kept, removed, List.of());
    }
    for (Machine machine : machines) {
      filter(units, offer, machine, kept, removed);
    }
    for (Machine machine : kept.isEmpty() ? List.<Machine>of() : machines) {
      score(units, offer, machine, kept, sums);
    }
    return new Verdict(kept, removed, scores(offer.policy(), sums));
  }

  private void filter(
      ExternalScheduler units,
      Offer offer,
      Machine machine,
      Set<String> kept,
      Map<String, String> removed) {
    List<String> names = offer.policy().externalFilters();
    if (names.isEmpty() || kept.isEmpty()) {
      return;
    }
    FilterAnswer answer = units.filter(names, call(offer, machine, kept));
    tell(answer.problems());
    Set<String> left = new HashSet<>(answer.keep(List.copyOf(kept)));
    for (String host : kept) {
      if (!left.contains(host)) {
        removed.put(host, removers(answer, host, names));
      }
    }
    kept.retainAll(left);
  }

  /** The bracketed names of all units of the call when the answer does not say which it was. */
  private static String removers(FilterAnswer answer, String host, List<String> names) {
    Set<String> removers = new TreeSet<>();
    for (FilterAnswer.Accepted accepted : answer.accepted()) {
      if (!accepted.hosts().contains(host)) {
        if (accepted.unit() == null) {
          return names.size() == 1 ? names.getFirst() : names.toString();
        }
        removers.add(accepted.unit());
      }
    }
    return String.join(", ", removers);
  }

  private void score(
      ExternalScheduler units,
      Offer offer,
      Machine machine,
      Set<String> kept,
      Map<String, Map<String, Integer>> sums) {
    List<ExternalScheduler.WeightedUnit> weights =
        offer.policy().externalWeights().stream()
            .map(weight -> new ExternalScheduler.WeightedUnit(weight.name(), weight.factor()))
            .toList();
    if (weights.isEmpty()) {
      return;
    }
    ScoreAnswer answer = units.score(weights, call(offer, machine, kept));
    tell(answer.problems());
    for (ScoreAnswer.Scores scores : answer.scores()) {
      String unit = scores.unit() == null ? "" : scores.unit();
      Map<String, Integer> sum = sums.computeIfAbsent(unit, name -> new LinkedHashMap<>());
      scores.byHost().forEach((host, score) -> sum.merge(host, score, Integer::sum));
    }
  }

  private static List<Request.ExternalScores> scores(
      Policy policy, Map<String, Map<String, Integer>> sums) {
    List<Request.ExternalScores> scores = new ArrayList<>();
    sums.forEach(
        (unit, byHost) -> {
          int factor =
              policy.externalWeights().stream()
                  .filter(weight -> weight.name().equals(unit))
                  .mapToInt(Policy.ExternalWeight::factor)
                  .findFirst()
                  .orElse(1);
          scores.add(new Request.ExternalScores(unit.isEmpty() ? null : unit, factor, byHost));
        });
    return scores;
  }

  /** What the policy's balancer outside wants to be done; the machine and the hosts are checked. */
  public Optional<BalanceAnswer.Move> balance(Policy policy, List<String> hosts) {
    ExternalScheduler units = scheduler.get().orElse(null);
    if (units == null) {
      return Optional.empty();
    }
    BalanceAnswer answer =
        units.balance(
            policy.balancing().name(),
            new UnitCall(hosts, "", policy.properties().values(), deadline));
    tell(answer.problems());
    return answer.move();
  }

  private UnitCall call(Offer offer, Machine machine, Set<String> hosts) {
    return new UnitCall(
        offer.hosts().stream().filter(hosts::contains).toList(),
        machine.id(),
        offer.policy().properties().values(),
        deadline);
  }

  private void tell(List<UnitProblem> found) {
    if (!found.isEmpty()) {
      problems.accept(found);
    }
  }
}

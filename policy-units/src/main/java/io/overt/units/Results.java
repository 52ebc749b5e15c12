package io.overt.units;

import io.overt.scheduling.external.BalanceAnswer.Move;
import io.overt.units.Outcome.Answered;
import io.overt.units.Outcome.Failed;
import io.overt.units.Outcome.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a process says that a unit said, made sure of: ids that were offered and whole numbers. */
final class Results {
  private Results() {}

  /** Of a list of texts, in their order, those that were offered. */
  static Set<String> accepted(List<?> value, Set<String> offered, List<String> notes) {
    Set<String> hosts = new LinkedHashSet<>();
    int strange = 0;
    for (Object each : value) {
      if (each instanceof String host && offered.contains(host)) {
        hosts.add(host);
      } else {
        strange++;
      }
    }
    note(strange, notes);
    return hosts;
  }

  /** Of a list of pairs of host and number; several of one host add up. */
  static Map<String, Integer> scores(List<?> value, Set<String> offered, List<String> notes) {
    Map<String, Integer> scores = new LinkedHashMap<>();
    int strange = 0;
    for (Object each : value) {
      if (each instanceof List<?> pair
          && pair.size() >= 2
          && pair.getFirst() instanceof String host
          && pair.get(1) instanceof Number number
          && offered.contains(host)) {
        scores.merge(host, rounded(number), (a, b) -> clamped((long) a + b));
      } else {
        strange++;
      }
    }
    note(strange, notes);
    return scores;
  }

  /**
   * Of a machine's id and a list of hosts.
   *
   * @return empty when there is nothing to do
   */
  static Optional<Move> move(@Nullable Object value, Set<String> offered, List<String> notes) {
    if (value instanceof List<?> pair
        && pair.size() == 2
        && pair.getFirst() instanceof String vm
        && !vm.isEmpty()
        && pair.get(1) instanceof List<?> list) {
      Set<String> hosts = accepted(list, offered, notes);
      return hosts.isEmpty() ? Optional.empty() : Optional.of(new Move(vm, List.copyOf(hosts)));
    }
    return Optional.empty();
  }

  static Outcome outcome(
      FoundUnit.Method method, @Nullable Object value, Set<String> offered, List<String> notes) {
    List<String> all = new ArrayList<>(notes);
    if (method == FoundUnit.Method.DO_BALANCE) {
      return new Answered(new Result.Balanced(move(value, offered, all)), all);
    }
    if (!(value instanceof List<?> list)) {
      return new Failed("left no result");
    }
    return method == FoundUnit.Method.DO_FILTER
        ? new Answered(new Result.Accepted(accepted(list, offered, all)), all)
        : new Answered(new Result.Scored(scores(list, offered, all)), all);
  }

  private static int rounded(Number number) {
    return number instanceof Integer whole ? whole : clamped(Math.round(number.doubleValue()));
  }

  static int clamped(long number) {
    return Math.clamp(number, -Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  private static void note(int strange, List<String> notes) {
    if (strange > 0) {
      notes.add("named hosts that were not offered, which are left out: " + strange);
    }
  }
}

package io.overt.units;

import io.overt.scheduling.external.BalanceAnswer.Move;
import io.overt.scheduling.external.UnitProblem;
import io.overt.scheduling.external.UnitProblem.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy answers: a struct with result, code and messages, or with old proxies the result.
 *
 * @param problems what it says of units that it could not use
 */
record ProxyAnswer(List<?> result, List<UnitProblem> problems) {

  /** An answer that cannot be understood; the message says why. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  static ProxyAnswer of(@Nullable Object answer) throws Malformed {
    if (answer instanceof List<?> list) {
      return new ProxyAnswer(list, List.of());
    }
    Map<?, ?> struct = struct(answer);
    if (!(struct.get("result") instanceof List<?> result)) {
      throw new Malformed("the proxy's answer has no list 'result'");
    }
    List<UnitProblem> problems = new ArrayList<>();
    if (!(struct.get("result_code") instanceof Integer code) || code != 0) {
      if (struct.get("plugin_errors") instanceof Map<?, ?> errors) {
        errors.forEach(
            (unit, messages) ->
                messages(messages)
                    .forEach(
                        text ->
                            problems.add(
                                new UnitProblem(String.valueOf(unit), text, Effect.IGNORED))));
      }
      messages(struct.get("errors"))
          .forEach(text -> problems.add(new UnitProblem(null, text, Effect.IGNORED)));
    }
    return new ProxyAnswer(result, problems);
  }

  static Map<?, ?> struct(@Nullable Object answer) throws Malformed {
    if (answer instanceof Map<?, ?> struct) {
      return struct;
    }
    throw new Malformed("the proxy answered neither a struct nor a list: " + shown(answer));
  }

  private static List<String> messages(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().map(ProxyAnswer::shown).toList()
        : List.of();
  }

  private static String shown(@Nullable Object value) {
    String text = String.valueOf(value).replaceAll("\\s+", " ");
    return text.length() <= 200 ? text : text.substring(0, 197) + "...";
  }

  /** As a filter's result; ids that were not offered are left out. */
  Set<String> hosts(List<String> offered, List<UnitProblem> problems) throws Malformed {
    if (!result.stream().allMatch(String.class::isInstance)) {
      throw new Malformed("the proxy's list of hosts holds other things than texts");
    }
    List<String> notes = new ArrayList<>();
    Set<String> hosts = Results.accepted(result, Set.copyOf(offered), notes);
    notes.forEach(note -> problems.add(new UnitProblem(null, note, Effect.USED)));
    return hosts;
  }

  /** As weights' result: host, number and perhaps the unit. */
  List<List<?>> scores() throws Malformed {
    List<List<?>> scores = new ArrayList<>();
    for (Object each : result) {
      if (each instanceof List<?> entry
          && (entry.size() == 2 || (entry.size() == 3 && entry.get(2) instanceof String))
          && entry.getFirst() instanceof String
          && entry.get(1) instanceof Number) {
        scores.add(entry);
      } else {
        throw new Malformed("the proxy's scores hold " + shown(each));
      }
    }
    return scores;
  }

  /** As a balancer's result; an empty list and an empty id are nothing to do. */
  Optional<Move> move(List<String> offered, List<UnitProblem> problems) throws Malformed {
    if (result.isEmpty()) {
      return Optional.empty();
    }
    if (result.size() != 2 || !(result.get(1) instanceof List<?>)) {
      throw new Malformed("the proxy's balance is " + shown(result));
    }
    List<String> notes = new ArrayList<>();
    Optional<Move> move = Results.move(result, Set.copyOf(offered), notes);
    notes.forEach(note -> problems.add(new UnitProblem(null, note, Effect.USED)));
    return move;
  }
}

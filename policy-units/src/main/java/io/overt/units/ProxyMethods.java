package io.overt.units;

import io.overt.scheduling.external.BalanceAnswer.Move;
import io.overt.scheduling.external.ExternalUnit.Kind;
import io.overt.scheduling.external.UnitCall;
import io.overt.units.Outcome.Answered;
import io.overt.units.Outcome.Failed;
import io.overt.units.Outcome.Result;
import io.overt.units.Outcome.TimedOut;
import io.overt.units.Outcome.Unknown;
import io.overt.units.PythonUnits.Called;
import io.overt.units.SchedulerProxy.Answers;
import io.overt.units.xmlrpc.XmlRpc.Call;
import io.overt.units.xmlrpc.XmlRpc.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The methods of oVirt's scheduler proxy. */
final class ProxyMethods {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyMethods.class);

  /** In the order in which they are listed; each with its help. */
  private static final Map<String, String> METHODS =
      new TreeMap<>(
          Map.of(
              "discover", "",
              "runFilters", "",
              "runCostFunctions", "",
              "runLoadBalancing", "",
              "system.listMethods", "Returns the names of all methods.",
              "system.methodHelp", "Returns what is known of the method of a name.",
              "system.methodSignature", "Signatures are not supported."));

  private final PythonUnits units;
  private final Duration deadline;
  private final Answers answers;

  ProxyMethods(PythonUnits units, Duration deadline, Answers answers) {
    this.units = units;
    this.deadline = deadline;
    this.answers = answers;
  }

  /** An argument that is not what the method expects. */
  private static final class WrongArgument extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongArgument(String message) {
      super(message);
    }
  }

  Response call(Call call) {
    List<@Nullable Object> arguments = call.parameters();
    try {
      Object value =
          switch (call.method()) {
            case "discover" -> {
              expect(call, 0);
              yield discover();
            }
            case "runFilters" -> runFilters(expect(call, 4));
            case "runCostFunctions" -> runCostFunctions(expect(call, 4));
            case "runLoadBalancing" -> runLoadBalancing(expect(call, 3));
            case "system.listMethods" -> List.copyOf(METHODS.keySet());
            case "system.methodHelp" ->
                METHODS.getOrDefault(
                    String.valueOf(arguments.isEmpty() ? "" : arguments.get(0)), "");
            case "system.methodSignature" -> "signatures not supported";
            default -> throw new WrongArgument("method \"" + call.method() + "\" is not supported");
          };
      return new Response.Value(value);
    } catch (WrongArgument e) {
      return new Response.Fault(1, String.valueOf(e.getMessage()));
    }
  }

  private static List<@Nullable Object> expect(Call call, int count) {
    if (call.parameters().size() != count) {
      throw new WrongArgument(
          "%s takes %d arguments, not %d"
              .formatted(call.method(), count, call.parameters().size()));
    }
    return call.parameters();
  }

  private Map<String, Object> discover() {
    units.discover();
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("filters", declarations(Kind.FILTER));
    found.put("scores", declarations(Kind.WEIGHT));
    found.put("balance", declarations(Kind.LOAD_BALANCING));
    return found;
  }

  private Map<String, Object> declarations(Kind kind) {
    Map<String, Object> found = new TreeMap<>();
    units
        .state()
        .units()
        .forEach(
            (key, entry) -> {
              if (key.kind() == kind) {
                FoundUnit unit = entry.unit();
                found.put(key.name(), List.of(unit.rawDescription(), unit.rawProperties()));
              }
            });
    return found;
  }

  private Map<String, Object> runFilters(List<@Nullable Object> arguments) {
    List<String> names = texts(arguments.get(0), "the names of filters");
    UnitCall call = call(arguments.get(1), arguments.get(2), arguments.get(3));
    List<Called> outcomes = units.call(Kind.FILTER, names, call);
    Answer answer = new Answer();
    List<String> kept = new ArrayList<>(call.hosts());
    boolean usable = false;
    for (Called each : outcomes) {
      if (each.outcome() instanceof Answered(Result.Accepted(var hosts), _)) {
        kept.retainAll(hosts);
        usable = true;
      }
      answer.add(each, "plugin not found: '%s'");
    }
    if (!usable) {
      answer.errors.add("all filters failed");
    }
    return answer.with(kept);
  }

  private Map<String, Object> runCostFunctions(List<@Nullable Object> arguments) {
    List<String> names = new ArrayList<>();
    List<Integer> factors = new ArrayList<>();
    for (Object each : list(arguments.get(0), "pairs of a unit's name and its factor")) {
      if (each instanceof List<?> pair
          && pair.size() == 2
          && pair.get(0) instanceof String name
          && pair.get(1) instanceof Integer factor) {
        names.add(name);
        factors.add(factor);
      } else {
        throw new WrongArgument(each + " is no pair of a unit's name and its factor");
      }
    }
    UnitCall call = call(arguments.get(1), arguments.get(2), arguments.get(3));
    List<Called> outcomes = units.call(Kind.WEIGHT, names, call);
    Answer answer = new Answer();
    Map<String, Integer> sums = new LinkedHashMap<>();
    List<Object> perUnit = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      Called each = outcomes.get(i);
      int factor = factors.get(i);
      if (each.outcome() instanceof Answered(Result.Scored(var byHost), _)) {
        byHost.forEach(
            (host, score) -> {
              perUnit.add(List.of(host, score, each.unit()));
              int product = Results.clamped((long) factor * score);
              sums.merge(host, product, (a, b) -> Results.clamped((long) a + b));
            });
      }
      answer.add(each, "plugin not found: '%s'");
    }
    if (outcomes.stream().anyMatch(each -> each.outcome() instanceof TimedOut)) {
      answer.errors.add("Waiting on score functions timed out");
    }
    return answer.with(
        answers == Answers.PER_UNIT
            ? perUnit
            : sums.entrySet().stream()
                .map(each -> List.of(each.getKey(), each.getValue()))
                .toList());
  }

  private Map<String, Object> runLoadBalancing(List<@Nullable Object> arguments) {
    if (!(arguments.get(0) instanceof String name)) {
      throw new WrongArgument(arguments.get(0) + " is no name of a balancer");
    }
    UnitCall call = call(arguments.get(1), "", arguments.get(2));
    Called called = units.call(Kind.LOAD_BALANCING, List.of(name), call).getFirst();
    Answer answer = new Answer();
    answer.add(called, "Load balance requested but was not found: %s");
    if (called.outcome() instanceof Unknown) {
      return answer.with(List.of());
    }
    Optional<Move> move =
        called.outcome() instanceof Answered(Result.Balanced(Optional<Move> wanted), _)
            ? wanted
            : Optional.empty();
    return answer.with(
        List.of(move.map(Move::vm).orElse(""), move.map(Move::hosts).orElse(List.of())));
  }

  private UnitCall call(@Nullable Object hosts, @Nullable Object vm, @Nullable Object properties) {
    if (!(properties instanceof Map<?, ?> map)) {
      throw new WrongArgument(properties + " is no struct of properties");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
    return new UnitCall(
        texts(hosts, "the ids of hosts"), vm == null ? "" : String.valueOf(vm), texts, deadline);
  }

  private static List<?> list(@Nullable Object value, String what) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new WrongArgument(value + " is no list of " + what);
  }

  private static List<String> texts(@Nullable Object value, String what) {
    List<String> texts = new ArrayList<>();
    for (Object each : list(value, what)) {
      if (!(each instanceof String text)) {
        throw new WrongArgument(each + " is none of " + what);
      }
      texts.add(text);
    }
    return texts;
  }

  /** The struct that every method answers. */
  private final class Answer {
    private final Map<String, List<String>> pluginErrors = new LinkedHashMap<>();
    private final List<String> errors = new ArrayList<>();

    /** A unit that failed is only logged, unless the engine is known to understand more. */
    void add(Called called, String notFound) {
      switch (called.outcome()) {
        case Unknown _ -> error(called, notFound.formatted(called.unit()));
        case Failed failed -> failure(called, failed.message());
        case TimedOut late -> failure(called, late.message());
        case Answered answered -> answered.notes().forEach(note -> failure(called, note));
      }
    }

    private void failure(Called called, String message) {
      LOG.warn("{}: {}", called.unit(), message);
      if (answers == Answers.PER_UNIT) {
        error(called, message);
      }
    }

    private void error(Called called, String message) {
      pluginErrors.computeIfAbsent(called.unit(), _ -> new ArrayList<>()).add(message);
    }

    Map<String, Object> with(List<?> result) {
      Map<String, Object> struct = new LinkedHashMap<>();
      struct.put("result_code", pluginErrors.isEmpty() && errors.isEmpty() ? 0 : 1);
      struct.put("result", result);
      if (!pluginErrors.isEmpty()) {
        struct.put("plugin_errors", pluginErrors);
      }
      if (!errors.isEmpty()) {
        struct.put("errors", errors);
      }
      return struct;
    }
  }
}

package io.overt.units;

import io.overt.scheduling.external.BalanceAnswer;
import io.overt.scheduling.external.BalanceAnswer.Move;
import io.overt.scheduling.external.Discovery;
import io.overt.scheduling.external.ExternalScheduler;
import io.overt.scheduling.external.ExternalUnit;
import io.overt.scheduling.external.ExternalUnit.Kind;
import io.overt.scheduling.external.FilterAnswer;
import io.overt.scheduling.external.FilterAnswer.Accepted;
import io.overt.scheduling.external.ScoreAnswer;
import io.overt.scheduling.external.ScoreAnswer.Scores;
import io.overt.scheduling.external.UnitCall;
import io.overt.scheduling.external.UnitProblem;
import io.overt.scheduling.external.UnitProblem.Effect;
import io.overt.units.ProxyAnswer.Malformed;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The units behind an oVirt scheduler proxy. Accepts what proxies of every version answer, the bare
 * list of the old ones included; what cannot be understood or reached leaves the hosts as they are.
 */
public final class ProxyClient implements ExternalScheduler {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyClient.class);

  /**
   * How to reach a proxy.
   *
   * @param connect how long to wait for a connection
   * @param response how long to wait for an answer; a call's own deadline may be shorter
   * @param look how often to look for changes, once somebody wants to know
   * @param failClosed filters that must take part: if they fail, no host is accepted
   */
  public record Settings(
      URI address, Duration connect, Duration response, Duration look, Set<String> failClosed) {
    public static final URI LOCAL = URI.create("http://localhost:" + SchedulerProxy.PORT + "/");

    public Settings {
      failClosed = Set.copyOf(failClosed);
    }

    /** With the limits that oVirt's engine has. */
    public static Settings of(URI address) {
      return new Settings(
          address,
          Duration.ofMillis(100),
          Duration.ofSeconds(120),
          Duration.ofSeconds(60),
          Set.of());
    }
  }

  private final Settings settings;
  private final ProxyConnection connection;
  private final List<Consumer<Discovery>> listeners = new CopyOnWriteArrayList<>();
  private final ScheduledThreadPoolExecutor clock;
  private @Nullable Discovery told;

  public ProxyClient(Settings settings) {
    this.settings = settings;
    connection = new ProxyConnection(settings.address(), settings.connect());
    clock =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("scheduler-proxy-look").unstarted(task));
  }

  @Override
  public Discovery discover() {
    Discovery now = ask();
    if (!clock.isShutdown()) {
      clock.execute(() -> tell(now));
    }
    return now;
  }

  private Discovery ask() {
    try {
      return discovery(connection.call("discover", List.of(), settings.response()));
    } catch (ProxyConnection.Unreachable e) {
      return Discovery.unavailable(unreachable(e));
    } catch (Malformed e) {
      return Discovery.unavailable(
          new UnitProblem(null, "discover: " + e.getMessage(), Effect.UNREACHABLE));
    }
  }

  @Override
  public void onChange(Consumer<Discovery> listener) {
    synchronized (this) {
      if (listeners.isEmpty()) {
        long pause = settings.look().toMillis();
        var _ =
            clock.scheduleWithFixedDelay(() -> tell(ask()), pause, pause, TimeUnit.MILLISECONDS);
      }
      listeners.add(listener);
    }
  }

  /** Runs on the clock's thread alone. */
  private void tell(Discovery now) {
    if (now.equals(told)) {
      return;
    }
    told = now;
    for (Consumer<Discovery> each : listeners) {
      try {
        each.accept(now);
      } catch (RuntimeException e) {
        LOG.error("a listener to changes of scheduling units failed", e);
      }
    }
  }

  private static Discovery discovery(@Nullable Object answer) throws Malformed {
    Map<?, ?> found = ProxyAnswer.struct(answer);
    List<ExternalUnit> units = new ArrayList<>();
    Map.of(
            "filters", Kind.FILTER,
            "scores", Kind.WEIGHT,
            "balance", Kind.LOAD_BALANCING)
        .forEach(
            (key, kind) -> {
              if (found.get(key) instanceof Map<?, ?> declared) {
                declared.forEach(
                    (name, terms) -> units.add(unit(String.valueOf(name), kind, terms)));
              }
            });
    units.sort(Comparator.comparing(ExternalUnit::name).thenComparing(ExternalUnit::kind));
    return new Discovery(true, units, List.of());
  }

  private static ExternalUnit unit(String name, Kind kind, @Nullable Object terms) {
    List<?> list = terms instanceof List<?> values ? values : List.of();
    String description = list.isEmpty() ? "" : String.valueOf(list.getFirst()).strip();
    if (list.size() > 1 && !(list.get(1) instanceof String)) {
      return new ExternalUnit(
          name, kind, description, Map.of(), Optional.of("properties_validation is no text"));
    }
    PropertiesValidation properties =
        PropertiesValidation.parse(list.size() > 1 ? String.valueOf(list.get(1)) : "");
    return new ExternalUnit(name, kind, description, properties.byName(), properties.problem());
  }

  private static UnitProblem unreachable(ProxyConnection.Unreachable e) {
    return new UnitProblem(null, String.valueOf(e.getMessage()), Effect.UNREACHABLE);
  }

  /** An answer, or what is wrong with it. */
  private record Reply(
      Optional<ProxyAnswer> answer, List<UnitProblem> problems, Duration elapsed) {}

  private Reply call(String method, List<?> arguments, Duration deadline) {
    long start = System.nanoTime();
    Duration limit = deadline.compareTo(settings.response()) < 0 ? deadline : settings.response();
    List<UnitProblem> problems = new ArrayList<>();
    Optional<ProxyAnswer> answer = Optional.empty();
    try {
      answer = Optional.of(ProxyAnswer.of(connection.call(method, arguments, limit)));
      problems.addAll(answer.get().problems());
    } catch (ProxyConnection.Unreachable e) {
      problems.add(unreachable(e));
    } catch (Malformed e) {
      problems.add(new UnitProblem(null, method + ": " + e.getMessage(), Effect.IGNORED));
    }
    return new Reply(answer, problems, Duration.ofNanos(System.nanoTime() - start));
  }

  @Override
  public FilterAnswer filter(List<String> units, UnitCall call) {
    if (units.isEmpty()) {
      return new FilterAnswer(List.of(), List.of(), Duration.ZERO);
    }
    Reply reply =
        call(
            "runFilters",
            List.of(units, call.hosts(), call.vm(), call.properties()),
            call.deadline());
    List<Accepted> accepted = new ArrayList<>();
    List<UnitProblem> problems = new ArrayList<>(reply.problems);
    Optional<Set<String>> hosts = Optional.empty();
    if (reply.answer.isPresent()) {
      try {
        hosts = Optional.of(reply.answer.get().hosts(call.hosts(), problems));
      } catch (Malformed e) {
        problems.add(new UnitProblem(null, "runFilters: " + e.getMessage(), Effect.IGNORED));
      }
    }
    hosts.ifPresent(each -> accepted.add(new Accepted(null, each)));
    Set<String> failed = new HashSet<>();
    problems.stream()
        .filter(each -> each.effect() != Effect.USED)
        .forEach(each -> failed.addAll(each.unit() == null ? units : List.of(each.unit())));
    failed.retainAll(settings.failClosed());
    units.stream()
        .filter(failed::contains)
        .forEach(each -> accepted.add(new Accepted(each, Set.of())));
    return new FilterAnswer(
        accepted, problems.stream().map(each -> refusing(each, failed)).toList(), reply.elapsed);
  }

  private static UnitProblem refusing(UnitProblem problem, Set<String> failed) {
    return problem.unit() != null && failed.contains(problem.unit())
        ? new UnitProblem(problem.unit(), problem.message(), Effect.REFUSED)
        : problem;
  }

  @Override
  public ScoreAnswer score(List<WeightedUnit> units, UnitCall call) {
    if (units.isEmpty()) {
      return new ScoreAnswer(List.of(), List.of(), Duration.ZERO);
    }
    List<List<Object>> pairs =
        units.stream().map(each -> List.<Object>of(each.name(), each.factor())).toList();
    Reply reply =
        call(
            "runCostFunctions",
            List.of(pairs, call.hosts(), call.vm(), call.properties()),
            call.deadline());
    List<UnitProblem> problems = new ArrayList<>(reply.problems);
    Map<String, List<List<?>>> byUnit = new LinkedHashMap<>();
    List<Scores> scores = new ArrayList<>();
    Set<String> offered = Set.copyOf(call.hosts());
    if (reply.answer.isPresent()) {
      try {
        for (List<?> each : reply.answer.get().scores()) {
          String unit = each.size() > 2 ? String.valueOf(each.get(2)) : "";
          byUnit.computeIfAbsent(unit, _ -> new ArrayList<>()).add(each);
        }
        byUnit.forEach(
            (unit, list) -> {
              List<String> notes = new ArrayList<>();
              scores.add(
                  new Scores(unit.isEmpty() ? null : unit, Results.scores(list, offered, notes)));
              notes.forEach(
                  note ->
                      problems.add(
                          new UnitProblem(unit.isEmpty() ? null : unit, note, Effect.USED)));
            });
      } catch (Malformed e) {
        problems.add(new UnitProblem(null, "runCostFunctions: " + e.getMessage(), Effect.IGNORED));
      }
    }
    return new ScoreAnswer(scores, problems, reply.elapsed);
  }

  @Override
  public BalanceAnswer balance(String unit, UnitCall call) {
    Reply reply =
        call("runLoadBalancing", List.of(unit, call.hosts(), call.properties()), call.deadline());
    List<UnitProblem> problems = new ArrayList<>(reply.problems);
    Optional<Move> move = Optional.empty();
    if (reply.answer.isPresent()) {
      try {
        move = reply.answer.get().move(call.hosts(), problems);
      } catch (Malformed e) {
        problems.add(new UnitProblem(unit, "runLoadBalancing: " + e.getMessage(), Effect.IGNORED));
      }
    }
    return new BalanceAnswer(move, problems, reply.elapsed);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    connection.close();
  }
}

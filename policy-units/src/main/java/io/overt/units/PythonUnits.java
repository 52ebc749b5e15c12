package io.overt.units;

import io.overt.scheduling.external.BalanceAnswer;
import io.overt.scheduling.external.Discovery;
import io.overt.scheduling.external.ExternalScheduler;
import io.overt.scheduling.external.ExternalUnit.Kind;
import io.overt.scheduling.external.FilterAnswer;
import io.overt.scheduling.external.FilterAnswer.Accepted;
import io.overt.scheduling.external.ScoreAnswer;
import io.overt.scheduling.external.ScoreAnswer.Scores;
import io.overt.scheduling.external.UnitCall;
import io.overt.scheduling.external.UnitMetrics;
import io.overt.scheduling.external.UnitProblem;
import io.overt.scheduling.external.UnitProblem.Effect;
import io.overt.units.Outcome.Answered;
import io.overt.units.Outcome.Failed;
import io.overt.units.Outcome.Result;
import io.overt.units.Outcome.TimedOut;
import io.overt.units.Outcome.Unknown;
import io.overt.units.Worker.Arguments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The units of a directory, run in processes of our own. */
public final class PythonUnits implements ExternalScheduler {
  private static final Logger LOG = LoggerFactory.getLogger(PythonUnits.class);

  /** How one unit of a call fared. */
  record Called(String unit, Outcome outcome) {}

  private final UnitSettings settings;
  private final ScheduledThreadPoolExecutor clock;
  private final Catalogue catalogue;
  private final DirectoryWatch watch;
  private final Semaphore pool;
  private final Timings timings = new Timings();
  private final List<Consumer<Discovery>> listeners = new CopyOnWriteArrayList<>();
  private Discovery told = new Discovery(true, List.of(), List.of());

  private PythonUnits(UnitSettings settings) throws IOException {
    this.settings = settings;
    clock =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("unit-clock").unstarted(task));
    clock.setRemoveOnCancelPolicy(true);
    PluginDirectory directory = new PluginDirectory(settings.directory());
    catalogue = new Catalogue(settings, directory, clock);
    pool = new Semaphore(settings.limits().pool(), true);
    watch = new DirectoryWatch(directory, this::look);
  }

  /** Opens a directory; its files are loaded when they are first asked for, or change. */
  public static PythonUnits open(UnitSettings settings) {
    try {
      return new PythonUnits(settings);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot watch " + settings.directory(), e);
    }
  }

  @Override
  public Discovery discover() {
    return tell(catalogue.refresh(true).discovery());
  }

  @Override
  public void onChange(Consumer<Discovery> listener) {
    listeners.add(listener);
  }

  private void look() {
    tell(catalogue.refresh(false).discovery());
  }

  /** Tells on the clock's thread, in the order in which it was found. */
  private synchronized Discovery tell(Discovery now) {
    if (!now.equals(told)) {
      told = now;
      if (!clock.isShutdown()) {
        clock.execute(() -> listeners.forEach(each -> tell(each, now)));
      }
    }
    return now;
  }

  private static void tell(Consumer<Discovery> listener, Discovery now) {
    try {
      listener.accept(now);
    } catch (RuntimeException e) {
      LOG.error("a listener to changes of scheduling units failed", e);
    }
  }

  /** What the processes of units could not be kept from; empty when everything was done. */
  public List<String> isolationGaps() {
    return catalogue.state().missing();
  }

  /** Whom units run as; empty while none was loaded. */
  public String user() {
    return catalogue.state().user();
  }

  @Override
  public List<UnitMetrics> metrics() {
    return timings.metrics();
  }

  Catalogue.State state() {
    return catalogue.state();
  }

  @Override
  public FilterAnswer filter(List<String> units, UnitCall call) {
    long start = System.nanoTime();
    List<Accepted> accepted = new ArrayList<>();
    List<UnitProblem> problems = new ArrayList<>();
    for (Called each : call(Kind.FILTER, units.stream().distinct().toList(), call)) {
      if (each.outcome instanceof Answered(Result.Accepted(Set<String> hosts), _)) {
        accepted.add(new Accepted(each.unit, hosts));
      } else if (settings.failClosed().contains(each.unit)) {
        accepted.add(new Accepted(each.unit, Set.of()));
      }
      addProblems(each, Kind.FILTER, problems);
    }
    return new FilterAnswer(accepted, problems, since(start));
  }

  @Override
  public ScoreAnswer score(List<WeightedUnit> units, UnitCall call) {
    long start = System.nanoTime();
    List<Scores> scores = new ArrayList<>();
    List<UnitProblem> problems = new ArrayList<>();
    List<String> names = units.stream().map(WeightedUnit::name).distinct().toList();
    for (Called each : call(Kind.WEIGHT, names, call)) {
      if (each.outcome instanceof Answered(Result.Scored(Map<String, Integer> byHost), _)) {
        scores.add(new Scores(each.unit, byHost));
      }
      addProblems(each, Kind.WEIGHT, problems);
    }
    return new ScoreAnswer(scores, problems, since(start));
  }

  @Override
  public BalanceAnswer balance(String unit, UnitCall call) {
    long start = System.nanoTime();
    List<UnitProblem> problems = new ArrayList<>();
    Called called = call(Kind.LOAD_BALANCING, List.of(unit), call).getFirst();
    addProblems(called, Kind.LOAD_BALANCING, problems);
    return new BalanceAnswer(
        called.outcome instanceof Answered(Result.Balanced(Optional<BalanceAnswer.Move> move), _)
            ? move
            : Optional.empty(),
        problems,
        since(start));
  }

  private void addProblems(Called called, Kind kind, List<UnitProblem> problems) {
    Effect effect =
        kind == Kind.FILTER && settings.failClosed().contains(called.unit)
            ? Effect.REFUSED
            : Effect.IGNORED;
    switch (called.outcome) {
      case Answered answered ->
          answered
              .notes()
              .forEach(note -> problems.add(new UnitProblem(called.unit, note, Effect.USED)));
      case Failed failed -> problems.add(new UnitProblem(called.unit, failed.message(), effect));
      case TimedOut late -> problems.add(new UnitProblem(called.unit, late.message(), effect));
      case Unknown _ ->
          problems.add(
              new UnitProblem(
                  called.unit,
                  "there is no %s of this name in %s".formatted(kind.text(), settings.directory()),
                  effect));
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Calls units, all at a time; as many outcomes as names, in their order. */
  List<Called> call(Kind kind, List<String> names, UnitCall call) {
    long end = System.nanoTime() + call.deadline().toNanos();
    Arguments arguments =
        new Arguments(
            kind == Kind.LOAD_BALANCING
                ? List.of(call.hosts(), call.properties())
                : List.of(call.hosts(), call.vm(), call.properties()),
            call.hosts());
    Optional<Catalogue.State> state = catalogue.state(call.deadline());
    if (state.isEmpty()) {
      Outcome loading = new Failed("is still being loaded");
      return names.stream().map(name -> new Called(name, loading)).toList();
    }
    List<FutureTask<Outcome>> tasks = new ArrayList<>();
    for (String name : names) {
      FutureTask<Outcome> task =
          new FutureTask<>(() -> call(state.get(), new Catalogue.Key(kind, name), arguments, end));
      tasks.add(task);
      if (names.size() == 1) {
        task.run();
      } else {
        Thread.ofVirtual().name("unit-" + name).start(task);
      }
    }
    List<Called> outcomes = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      outcomes.add(new Called(names.get(i), outcome(tasks.get(i), end)));
    }
    outcomes.forEach(each -> log(kind, each));
    return outcomes;
  }

  private static void log(Kind kind, Called called) {
    switch (called.outcome) {
      case Answered answered when answered.notes().isEmpty() -> {}
      case Answered answered -> LOG.debug("{} {}: {}", kind.text(), called.unit, answered.notes());
      case Failed failed -> LOG.debug("{} {}: {}", kind.text(), called.unit, failed.message());
      case TimedOut late -> LOG.debug("{} {}: {}", kind.text(), called.unit, late.message());
      case Unknown _ -> LOG.debug("{} {} is not there", kind.text(), called.unit);
    }
  }

  private static Outcome outcome(FutureTask<Outcome> task, long end) {
    try {
      // The task itself ends by then; this only bounds what cannot happen.
      return task.get(Math.max(0, end - System.nanoTime()) + 5_000_000_000L, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failed("the call was interrupted");
    } catch (TimeoutException e) {
      return new Failed("its process does not end");
    } catch (ExecutionException e) {
      LOG.error("calling a scheduling unit", e.getCause());
      return new Failed("could not be called: " + e.getCause());
    }
  }

  private Outcome call(Catalogue.State state, Catalogue.Key key, Arguments arguments, long end) {
    Catalogue.Entry entry = state.units().get(key);
    if (entry == null) {
      return new Unknown();
    }
    long start = System.nanoTime();
    Outcome outcome = call(entry.source(), key, arguments, end);
    timings.add(key.name(), key.kind(), System.nanoTime() - start, !(outcome instanceof Answered));
    return outcome;
  }

  private Outcome call(Source source, Catalogue.Key key, Arguments arguments, long end) {
    boolean admitted = false;
    try {
      admitted = pool.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (!admitted) {
        return new Failed(
            "waited in vain for one of " + settings.limits().pool() + " processes to be free");
      }
      Worker worker = source.take();
      try {
        Duration rest = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
        return worker.call(key.name(), FoundUnit.Method.of(key.kind()), arguments, rest);
      } finally {
        source.release(worker);
      }
    } catch (WorkerFailure e) {
      return new Failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failed("the call was interrupted");
    } finally {
      if (admitted) {
        pool.release();
      }
    }
  }

  @Override
  public void close() {
    watch.close();
    catalogue.close();
    clock.shutdown();
  }
}

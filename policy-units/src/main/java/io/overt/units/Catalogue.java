package io.overt.units;

import io.overt.scheduling.external.Discovery;
import io.overt.scheduling.external.ExternalUnit;
import io.overt.scheduling.external.ExternalUnit.Kind;
import io.overt.scheduling.external.UnitProblem;
import io.overt.scheduling.external.UnitProblem.Effect;
import io.overt.units.Source.Starter;
import io.overt.units.Worker.Analysis;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which units the directory holds. A file is loaded again only when it or what it imports changed.
 */
final class Catalogue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);
  private static final Duration IDLE = Duration.ofMinutes(5);

  record Key(Kind kind, String name) {}

  record Entry(Source source, FoundUnit unit) {}

  /** What is known at one moment. */
  record State(Map<Key, Entry> units, Discovery discovery, List<String> missing, String user) {}

  private final UnitSettings settings;
  private final PluginDirectory directory;
  private final ScheduledExecutorService clock;
  private final Map<String, Source> sources = new TreeMap<>();
  private @Nullable Path python;
  private volatile @Nullable State state;

  Catalogue(UnitSettings settings, PluginDirectory directory, ScheduledExecutorService clock) {
    this.settings = settings;
    this.directory = directory;
    this.clock = clock;
  }

  /** What was last seen; the first time it is looked for. */
  State state() {
    State known = state;
    return known == null ? firstLook() : known;
  }

  private synchronized State firstLook() {
    State known = state;
    return known == null ? refresh(false) : known;
  }

  /** The same, but only if that does not take longer; it goes on all the same. */
  Optional<State> state(Duration deadline) {
    State known = state;
    if (known != null) {
      return Optional.of(known);
    }
    FutureTask<State> first = new FutureTask<>(this::state);
    Thread.ofVirtual().name("unit-first-look").start(first);
    try {
      return Optional.of(first.get(deadline.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the units of {} are not loaded yet", settings.directory());
    }
    return Optional.empty();
  }

  /**
   * Looks again.
   *
   * @param again whether files that did not load are tried again though they have not changed
   */
  synchronized State refresh(boolean again) {
    State now;
    try {
      loadChanged(directory.files(), again);
      now = assemble();
    } catch (IOException e) {
      now = unavailable("cannot list " + settings.directory() + ": " + e);
    } catch (WorkerFailure e) {
      now = unavailable(e.getMessage());
    }
    sources.values().forEach(source -> source.trim(IDLE));
    report(state, now);
    state = now;
    return now;
  }

  private static State unavailable(@Nullable String message) {
    UnitProblem problem = new UnitProblem(null, String.valueOf(message), Effect.UNREACHABLE);
    return new State(Map.of(), Discovery.unavailable(problem), List.of(), "");
  }

  private void loadChanged(List<String> files, boolean again) throws WorkerFailure {
    sources
        .values()
        .removeIf(
            source -> {
              boolean gone = !files.contains(source.file());
              if (gone) {
                source.close();
              }
              return gone;
            });
    List<String> changed = files.stream().filter(file -> changed(file, again)).toList();
    if (changed.isEmpty()) {
      return;
    }
    if (python == null) {
      python = Python.find(settings.python());
    }
    Starter starter = new Starter(settings, python, directory, clock);
    for (Source loaded : load(starter, changed)) {
      Source before = sources.put(loaded.file(), loaded);
      if (before != null) {
        before.close();
      }
    }
  }

  private boolean changed(String file, boolean again) {
    Source source = sources.get(file);
    return source == null || (again && source.failed()) || source.changed();
  }

  private List<Source> load(Starter starter, List<String> files) {
    Semaphore permits = new Semaphore(settings.limits().pool());
    List<Source> loaded = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (String file : files) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                permits.acquireUninterruptibly();
                try {
                  Source source = load(starter, file);
                  synchronized (loaded) {
                    loaded.add(source);
                  }
                } finally {
                  permits.release();
                }
              }));
    }
    for (Thread thread : threads) {
      // Each ends by the limit for loading.
      joinUninterruptibly(thread);
    }
    return loaded;
  }

  private static void joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Source load(Starter starter, String file) {
    Path path = settings.directory().resolve(file);
    for (int attempt = 0; ; attempt++) {
      String before = directory.fingerprint(List.of(path));
      Analysis analysis;
      Worker worker = null;
      try {
        worker = starter.start(file);
        analysis = worker.analysis();
      } catch (WorkerFailure e) {
        analysis =
            new Analysis(String.valueOf(e.getMessage()), List.of(), List.of(), "", "", List.of());
      }
      // Changed while it was read: what was loaded may be half of it.
      if (attempt < 3 && !before.equals(directory.fingerprint(List.of(path)))) {
        if (worker != null) {
          worker.close();
        }
        continue;
      }
      return new Source(file, analysis, starter, worker);
    }
  }

  private State assemble() {
    Map<Key, Entry> units = new HashMap<>();
    List<UnitProblem> problems = new ArrayList<>();
    Set<String> missing = new LinkedHashSet<>();
    String user = "";
    for (Source source : sources.values()) {
      Analysis analysis = source.analysis();
      missing.addAll(analysis.missing());
      user = analysis.user().isEmpty() ? user : analysis.user();
      if (source.failed()) {
        problems.add(
            new UnitProblem(source.file(), "does not load: " + analysis.error(), Effect.IGNORED));
      } else if (!analysis.stderr().isBlank()) {
        problems.add(
            new UnitProblem(
                source.file(),
                "wrote to stderr while it was imported: " + Worker.last(analysis.stderr()),
                Effect.USED));
      }
      for (FoundUnit unit : analysis.units()) {
        add(units, new Entry(source, unit), problems);
      }
    }
    List<ExternalUnit> found =
        units.values().stream()
            .map(each -> each.unit().unit())
            .sorted(Comparator.comparing(ExternalUnit::name).thenComparing(ExternalUnit::kind))
            .toList();
    return new State(
        Map.copyOf(units), new Discovery(true, found, problems), List.copyOf(missing), user);
  }

  /** Of two of one name the later file's counts, but a file's own class before an imported one. */
  private static void add(Map<Key, Entry> units, Entry entry, List<UnitProblem> problems) {
    Key key = new Key(entry.unit().unit().kind(), entry.unit().unit().name());
    Entry before = units.get(key);
    if (before == null || entry.unit().own() || !before.unit().own()) {
      units.put(key, entry);
    }
    if (before != null && before.unit().own() && entry.unit().own()) {
      problems.add(
          new UnitProblem(
              before.source().file(),
              "its %s is not used: %s has one as well".formatted(key.name(), entry.source().file()),
              Effect.IGNORED));
    }
  }

  private void report(@Nullable State before, State now) {
    if (before != null && before.discovery().equals(now.discovery())) {
      return;
    }
    LOG.info(
        "{} holds the units {}",
        settings.directory(),
        now.discovery().units().stream()
            .map(each -> each.name() + "/" + each.kind().text())
            .toList());
    now.discovery().problems().forEach(each -> LOG.warn("{}: {}", each.unit(), each.message()));
    if (!now.missing().isEmpty() && (before == null || !before.missing().equals(now.missing()))) {
      LOG.warn("units are not fully isolated: {}", String.join("; ", now.missing()));
    }
  }

  @Override
  public synchronized void close() {
    sources.values().forEach(Source::close);
    sources.clear();
  }
}

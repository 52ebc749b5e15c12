package io.overt.units;

import io.overt.units.Worker.Analysis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One state of a file of units, and the processes that have it loaded. */
final class Source implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Source.class);

  /** After a call a process needs a moment until it is ready for the next. */
  private static final Duration REST = Duration.ofMillis(10);

  /** So many take turns when calls come one upon another. */
  private static final int TURNS = 3;

  private final String file;
  private final Set<Path> files;
  private final String fingerprint;
  private final Analysis analysis;
  private final Starter starter;
  private final Deque<Worker> idle = new ArrayDeque<>();
  private int inUse;
  private boolean starting;
  private boolean closed;

  /** How processes are started. */
  record Starter(
      UnitSettings settings,
      Path python,
      PluginDirectory directory,
      ScheduledExecutorService clock) {
    Worker start(String file) throws WorkerFailure {
      return Worker.start(settings, python, file, clock);
    }
  }

  /**
   * @param first a process that has it loaded; null if that failed
   */
  Source(String file, Analysis analysis, Starter starter, @Nullable Worker first) {
    this.file = file;
    this.analysis = analysis;
    this.starter = starter;
    files = new LinkedHashSet<>(analysis.files());
    files.add(starter.settings.directory().resolve(file));
    fingerprint = starter.directory.fingerprint(files);
    if (first != null) {
      keep(first);
    }
  }

  String file() {
    return file;
  }

  /** Whether it, or what it imports, is another one now. */
  boolean changed() {
    return !fingerprint.equals(starter.directory.fingerprint(files));
  }

  Analysis analysis() {
    return analysis;
  }

  boolean failed() {
    return !analysis.error().isEmpty();
  }

  /** A process for one call: an idle one, else a new one. */
  Worker take() throws WorkerFailure {
    Worker worker = takeIdle();
    if (worker != null) {
      return worker;
    }
    try {
      Worker started = starter.start(file);
      if (changed()) {
        // It is of what is there now, which is not known yet: good for this call alone.
        started.retire();
      }
      return started;
    } catch (WorkerFailure e) {
      synchronized (this) {
        inUse--;
      }
      throw e;
    }
  }

  /** The last that was used, so that others are not kept for long; unless it is not ready yet. */
  private synchronized @Nullable Worker takeIdle() {
    inUse++;
    while (!idle.isEmpty()) {
      Worker worker = rested(idle.peekFirst()) ? idle.pollFirst() : idle.pollLast();
      if (!worker.usable()) {
        worker.close();
        continue;
      }
      if (!rested(worker)) {
        startAnother();
      }
      return worker;
    }
    return null;
  }

  private static boolean rested(Worker worker) {
    return System.nanoTime() - worker.idleSince > REST.toNanos();
  }

  /** The call that needs it does not wait for it: it is for those to come. */
  private synchronized void startAnother() {
    if (starting || closed || inUse + idle.size() >= TURNS) {
      return;
    }
    starting = true;
    Thread.ofVirtual().name("unit-worker-start").start(this::another);
  }

  private void another() {
    Worker worker = null;
    try {
      worker = starter.start(file);
    } catch (WorkerFailure e) {
      LOG.debug("{}: {}", file, e.getMessage());
    }
    synchronized (this) {
      starting = false;
    }
    if (worker != null) {
      if (changed()) {
        worker.retire();
      }
      keep(worker);
    }
  }

  void release(Worker worker) {
    synchronized (this) {
      inUse--;
    }
    keep(worker);
  }

  private void keep(Worker worker) {
    synchronized (this) {
      // A file without units is not called.
      if (!closed && worker.usable() && !analysis.units().isEmpty()) {
        idle.addFirst(worker);
        return;
      }
    }
    worker.close();
  }

  /** One process waits for the next call as long as it takes; more only for a while. */
  synchronized void trim(Duration period) {
    long before = System.nanoTime() - period.toNanos();
    while (idle.size() > 1 && idle.peekLast().idleSince < before) {
      idle.removeLast().close();
    }
  }

  /** Processes that run a call end with it. */
  @Override
  public synchronized void close() {
    closed = true;
    List.copyOf(idle).forEach(Worker::close);
    idle.clear();
  }
}

package io.overt.units;

import io.overt.units.Worker.Analysis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** One state of a file of units, and the processes that have it loaded. */
final class Source implements AutoCloseable {
  private final String file;
  private final String fingerprint;
  private final Analysis analysis;
  private final Starter starter;
  private final Deque<Worker> idle = new ArrayDeque<>();
  private boolean closed;

  /** How processes are started. */
  record Starter(UnitSettings settings, Path python, ScheduledExecutorService clock) {
    Worker start(String file) throws WorkerFailure {
      return Worker.start(settings, python, file, clock);
    }
  }

  /**
   * @param first a process that has it loaded; null if that failed
   */
  Source(
      String file, String fingerprint, Analysis analysis, Starter starter, @Nullable Worker first) {
    this.file = file;
    this.fingerprint = fingerprint;
    this.analysis = analysis;
    this.starter = starter;
    if (first != null) {
      release(first);
    }
  }

  String file() {
    return file;
  }

  String fingerprint() {
    return fingerprint;
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
    return worker == null ? starter.start(file) : worker;
  }

  private synchronized @Nullable Worker takeIdle() {
    for (Worker worker = idle.pollFirst(); worker != null; worker = idle.pollFirst()) {
      if (worker.usable()) {
        return worker;
      }
      worker.close();
    }
    return null;
  }

  void release(Worker worker) {
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

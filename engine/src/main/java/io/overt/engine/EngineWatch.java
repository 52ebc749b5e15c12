package io.overt.engine;

import io.overt.events.EngineRuns;
import io.overt.inventory.Inventory;
import io.overt.operations.Nodes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the events of this engine's start and stop, and of the end of others. */
final class EngineWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EngineWatch.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final Inventory inventory;
  private final EngineRuns runs;
  private final Nodes nodes;
  private final CountDownLatch closed = new CountDownLatch(1);

  EngineWatch(Inventory inventory, EngineRuns runs, Nodes nodes) {
    this.inventory = inventory;
    this.runs = runs;
    this.nodes = nodes;
  }

  /**
   * Begins.
   *
   * @param others whether there may be other engines on this database
   */
  void open(boolean others) {
    runs.started();
    if (!others) {
      return;
    }
    Thread.ofVirtual().name("engine-watch").start(this::run);
  }

  private void run() {
    try {
      while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      runs.miss(nodes::alive);
    } catch (RuntimeException e) {
      LOG.debug("which engines are at work is not known", e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      if (inventory.database().answers()) {
        runs.stopped();
      }
    } catch (RuntimeException e) {
      LOG.warn("the stop of this engine is no event: {}", e.getMessage());
    }
  }
}

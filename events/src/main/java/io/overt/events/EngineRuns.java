package io.overt.events;

import io.overt.inventory.Inventory;
import io.overt.model.types.LogSeverity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Events of engines' starts and ends. An engine that ends without a word is missed by the next life
 * of its node, or earlier by another node.
 */
public final class EngineRuns {
  private static final String START = "VDC_START";
  private static final String STOP = "VDC_STOP";
  private static final int ATTEMPTS = 5;

  private static final String ENTER =
      """
      insert into engine_run (node, epoch, running) values (:node, :epoch, true)
      on conflict (node) do update set epoch = excluded.epoch, running = true
      where engine_run.epoch = :knownEpoch and engine_run.running = :knownRunning
      """;
  private static final String LEAVE =
      """
      update engine_run set running = false where node = :node and epoch = :epoch and running
      """;

  private record Run(String node, long epoch, boolean running) {}

  /** Somebody else wrote of the same run at the same time. */
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final Inventory inventory;
  private final EventLog events;
  private final String node;
  private final long epoch;

  /**
   * @param node name of this engine's node
   * @param epoch grows with each start of it
   */
  public EngineRuns(Inventory inventory, EventLog events, String node, long epoch) {
    this.inventory = inventory;
    this.events = events;
    this.node = node;
    this.epoch = epoch;
  }

  /** This engine is at work; if it died before, that is written first. */
  public void started() {
    for (int attempt = 1; ; attempt++) {
      try {
        enter();
        return;
      } catch (Overtaken e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void enter() {
    Optional<Run> known = runs().stream().filter(run -> run.node().equals(node)).findFirst();
    inventory.change(
        transaction -> {
          transaction.sql(handle -> enter(handle, known));
          known
              .filter(Run::running)
              .ifPresent(run -> events.append(transaction, STOP, LogSeverity.ERROR, died(node)));
          events.append(transaction, START, About.nothing());
        });
  }

  private void enter(Handle handle, Optional<Run> known) {
    int rows =
        handle
            .createUpdate(ENTER)
            .bind("node", node)
            .bind("epoch", epoch)
            .bind("knownEpoch", known.map(Run::epoch).orElse(-1L))
            .bind("knownRunning", known.map(Run::running).orElse(false))
            .execute();
    if (rows == 0) {
      throw new Overtaken();
    }
  }

  /** This engine stops because somebody wants it to. */
  public void stopped() {
    leave(new Run(node, epoch, true), LogSeverity.WARNING, About.nothing());
  }

  /**
   * Writes of the engines that are gone without a word.
   *
   * @param alive nodes that may be at work; asked only if others were
   */
  public void miss(Supplier<Set<String>> alive) {
    List<Run> others =
        runs().stream().filter(run -> run.running() && !run.node().equals(node)).toList();
    if (others.isEmpty()) {
      return;
    }
    Set<String> living = alive.get();
    for (Run run : others) {
      if (!living.contains(run.node())) {
        leave(run, LogSeverity.ERROR, died(run.node()));
      }
    }
  }

  private void leave(Run run, LogSeverity severity, About about) {
    try {
      inventory.change(
          transaction -> {
            transaction.sql(
                handle -> {
                  int rows =
                      handle
                          .createUpdate(LEAVE)
                          .bind("node", run.node())
                          .bind("epoch", run.epoch())
                          .execute();
                  if (rows == 0) {
                    throw new Overtaken();
                  }
                });
            events.append(transaction, STOP, severity, about);
          });
    } catch (Overtaken e) {
      // It has been written already, or that node is at work again.
      return;
    }
  }

  private static About died(String node) {
    return About.nothing()
        .with("OptionalReason", " Its node " + node + " ended without saying so.");
  }

  private List<Run> runs() {
    return inventory
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select node, epoch, running from engine_run")
                    .map(
                        (row, context) ->
                            new Run(
                                row.getString("node"),
                                row.getLong("epoch"),
                                row.getBoolean("running")))
                    .list());
  }
}

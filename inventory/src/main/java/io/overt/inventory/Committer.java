package io.overt.inventory;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the writes of this node, those that wait together in one database transaction: while one
 * batch is being made durable the next gathers. A lost connection is ridden out until the writes'
 * deadlines; a commit without an answer is looked up before anything is repeated.
 */
final class Committer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Wakes the thread so that it sees that it is to end. */
  private static final PendingWrite STOP =
      new PendingWrite(
          new Transaction(Snapshot.EMPTY, name -> 0), new CompletableFuture<>(), Long.MAX_VALUE);

  private final DataSource dataSource;
  private final Published published;
  private final int batchLimit;
  private final BlockingQueue<PendingWrite> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile CommitCompanion companion = (connection, sets) -> {};
  private volatile boolean closed;

  Committer(DataSource dataSource, Published published, int batchLimit) {
    this.dataSource = dataSource;
    this.published = published;
    this.batchLimit = batchLimit;
    this.thread = Thread.ofVirtual().name("inventory-committer").start(this::run);
  }

  void accompany(CommitCompanion newCompanion) {
    companion = newCompanion;
  }

  void submit(PendingWrite write) {
    queue.add(write);
    if (closed) {
      failQueued();
    }
  }

  /** Takes back a write; false when it is being committed already. */
  boolean withdraw(PendingWrite write) {
    return queue.remove(write);
  }

  private void run() {
    List<PendingWrite> waiting = new ArrayList<>();
    while (!closed) {
      try {
        waiting.add(queue.take());
        queue.drainTo(waiting, batchLimit - 1);
        waiting.remove(STOP);
        commitAll(waiting);
      } catch (InterruptedException closing) {
        break;
      } catch (RuntimeException | Error e) {
        LOG.error("A batch of writes failed unexpectedly", e);
        waiting.forEach(write -> write.committed().completeExceptionally(e));
      } finally {
        waiting.clear();
      }
    }
    failQueued();
  }

  /** Until each write is committed, refused or given up. */
  private void commitAll(List<PendingWrite> writes) throws InterruptedException {
    List<PendingWrite> left = new ArrayList<>(writes);
    boolean together = true;
    while (!left.isEmpty()) {
      List<PendingWrite> part = together ? left : left.subList(0, 1);
      Batch batch = new Batch(UUID.randomUUID(), List.copyOf(part), published, companion);
      try {
        attempt(batch);
        part.clear();
      } catch (SQLException e) {
        if (SqlFailure.connectionLost(e)) {
          giveUpExpired(left, e);
          if (!left.isEmpty()) {
            Thread.sleep(PAUSE);
          }
        } else if (part.size() > 1) {
          LOG.warn("A batch of {} writes was refused; trying each alone", part.size(), e);
          together = false;
        } else {
          batch.fail(refusal(e));
          part.clear();
        }
      } catch (StaleEntity e) {
        if (part.size() > 1) {
          together = false;
        } else {
          batch.fail(e);
          part.clear();
        }
      }
    }
  }

  private static RuntimeException refusal(SQLException failure) {
    InventoryException guard = SqlFailure.guard(failure);
    return guard != null
        ? guard
        : new IllegalStateException("the database refused a write: " + failure, failure);
  }

  private void attempt(Batch batch) throws SQLException, InterruptedException {
    SQLException unanswered;
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      boolean finished = false;
      try {
        batch.write(connection);
        unanswered = commit(connection);
        finished = true;
      } finally {
        if (!finished) {
          rollback(connection);
        }
      }
    }
    if (unanswered != null && !lookUp(batch, unanswered)) {
      throw unanswered;
    }
    batch.succeed();
  }

  /** The failure, if the connection was lost and so the outcome is not known. */
  private static @Nullable SQLException commit(Connection connection) throws SQLException {
    try {
      connection.commit();
      return null;
    } catch (SQLException e) {
      if (SqlFailure.connectionLost(e)) {
        return e;
      }
      throw e;
    }
  }

  /** Whether the batch was committed; the feed's lock is free once its transaction has ended. */
  private boolean lookUp(Batch batch, SQLException unanswered) throws InterruptedException {
    LOG.warn("No answer to a commit; looking up its outcome", unanswered);
    while (!closed) {
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(false);
        try {
          Feed.Head head = Feed.lock(connection);
          boolean committed = Feed.contains(connection, batch.id());
          Feed.catchUp(connection, head, published);
          return committed;
        } finally {
          rollback(connection);
        }
      } catch (SQLException e) {
        batch.failExpired(
            new InventoryUnavailable(
                "the connection was lost during the commit, and the database has not been back"
                    + " since to tell the outcome",
                true,
                e));
        Thread.sleep(PAUSE);
      }
    }
    batch.fail(new InventoryUnavailable("this node stops; the outcome is unknown", true));
    return false;
  }

  private static void giveUpExpired(List<PendingWrite> writes, SQLException cause) {
    writes.removeIf(
        write -> {
          boolean expired = write.expired();
          if (expired) {
            write.committed().completeExceptionally(SqlFailure.unavailable("writing", cause));
          }
          return expired;
        });
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.debug("Nothing to roll back on a lost connection", e);
    }
  }

  private void failQueued() {
    for (PendingWrite write = queue.poll(); write != null; write = queue.poll()) {
      write.committed().completeExceptionally(new InventoryUnavailable("this node stops", false));
    }
  }

  @Override
  public void close() {
    closed = true;
    queue.add(STOP);
    try {
      if (!thread.join(Duration.ofSeconds(5))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}

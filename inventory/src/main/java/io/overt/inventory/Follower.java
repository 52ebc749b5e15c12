package io.overt.inventory;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies what other nodes commit: woken by notifications, and looking by itself now and then in
 * case one was lost.
 */
final class Follower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final Duration PRUNE_INTERVAL = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Database database;
  private final Published published;
  private final InventoryConfig config;
  private final Thread thread;
  private long pruneAt = System.nanoTime() + PRUNE_INTERVAL.toNanos();
  private boolean complained;
  private volatile boolean closed;

  Follower(Database database, Published published, InventoryConfig config) {
    this.database = database;
    this.published = published;
    this.config = config;
    this.thread = Thread.ofVirtual().name("inventory-follower").start(this::run);
  }

  private void run() {
    while (!closed) {
      try (Connection connection = database.connectAlone()) {
        follow(connection);
      } catch (SQLException | RuntimeException e) {
        if (!closed) {
          complain(e);
          pause();
        }
      }
    }
  }

  private void follow(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + Feed.CHANNEL);
    }
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    PGConnection postgres = connection.unwrap(PGConnection.class);
    int timeout = Math.toIntExact(Math.max(1, config.pollInterval().toMillis()));
    long known = Long.MAX_VALUE;
    while (!closed) {
      if (known > published.snapshot().position()) {
        catchUp(connection);
        complained = false;
      }
      pruneNowAndThen(connection);
      known = newest(postgres.getNotifications(timeout));
    }
  }

  /** The position that the notifications tell of; at a timeout, one that makes us look. */
  private static long newest(PGNotification[] notifications) {
    if (notifications == null || notifications.length == 0) {
      return Long.MAX_VALUE;
    }
    return Long.parseLong(notifications[notifications.length - 1].getParameter());
  }

  private void catchUp(Connection connection) throws SQLException {
    try {
      Feed.catchUp(connection, Feed.head(connection), published);
    } finally {
      connection.rollback();
    }
  }

  private void pruneNowAndThen(Connection connection) throws SQLException {
    if (System.nanoTime() - pruneAt < 0) {
      return;
    }
    pruneAt = System.nanoTime() + PRUNE_INTERVAL.toNanos();
    // Repeatable read would let two nodes that prune at once fail; the loser just comes again.
    Feed.prune(connection, config.changeRetention());
    connection.commit();
  }

  private void complain(Exception failure) {
    if (complained) {
      LOG.debug("The change feed is still out of reach", failure);
    } else {
      LOG.warn("The change feed is out of reach; retrying", failure);
      complained = true;
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.overt.inventory;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Writes that share one database transaction, each with a position of its own. */
final class Batch {
  /** Also what a batch is found by when nobody answered its commit. */
  private final UUID id;

  private final List<PendingWrite> writes;
  private final Published published;
  private final CommitCompanion companion;
  private final List<ChangeSet> sets = new ArrayList<>();
  private final Map<PendingWrite, Long> positions = new LinkedHashMap<>();
  private final Map<PendingWrite, Throwable> refused = new LinkedHashMap<>();

  Batch(UUID id, List<PendingWrite> writes, Published published, CommitCompanion companion) {
    this.id = id;
    this.writes = writes;
    this.published = published;
    this.companion = companion;
  }

  UUID id() {
    return id;
  }

  /** Everything but the commit. */
  void write(Connection connection) throws SQLException {
    Feed.Head head = Feed.lock(connection);
    Feed.catchUp(connection, head, published);
    Snapshot base = published.snapshot();
    if (base.position() != head.position()) {
      throw new IllegalStateException(
          "the snapshot is at " + base.position() + " while the feed is at " + head.position());
    }
    Snapshot reached = base;
    Numbers numbers = new Numbers(connection);
    for (PendingWrite write : writes) {
      reached = apply(connection, write, reached, numbers);
    }
    if (sets.isEmpty()) {
      return;
    }
    numbers.flush();
    companion.accompany(connection, List.copyOf(sets));
    new Flush(connection).write(net(base), sets, id);
    Feed.advance(connection, reached.position());
    if (writes.size() == 1) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("set constraints all immediate");
      }
    }
  }

  private Snapshot apply(
      Connection connection, PendingWrite write, Snapshot before, Numbers numbers)
      throws SQLException {
    Transaction transaction = write.transaction();
    Savepoint savepoint = transaction.sqlWork().isEmpty() ? null : connection.setSavepoint();
    try {
      if (savepoint != null) {
        runSql(connection, transaction);
      }
      long position = before.position() + 1;
      Numbers.Draft draft = numbers.draft();
      Applying applying = transaction.applyTo(before, position, draft::next);
      List<Change> changes = applying.changes();
      Snapshot after = before.with(changes, position);
      draft.keep();
      sets.add(new ChangeSet(position, changes, after));
      positions.put(write, position);
      return after;
    } catch (RuntimeException e) {
      SQLException cause = sqlCause(e);
      if (cause != null && (e instanceof Numbers.Failure || SqlFailure.connectionLost(cause))) {
        throw cause;
      }
      refused.put(write, e);
      if (savepoint != null) {
        connection.rollback(savepoint);
      }
      return before;
    }
  }

  private static @Nullable SQLException sqlCause(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }

  private static void runSql(Connection connection, Transaction transaction) {
    try (Handle handle = Jdbi.create(connection).open()) {
      transaction.sqlWork().forEach(work -> work.run(handle));
    }
  }

  /** What becomes of each entity over all the sets. */
  private List<Change> net(Snapshot base) {
    Map<Key, Change> net = new LinkedHashMap<>();
    for (ChangeSet set : sets) {
      for (Change change : set.changes()) {
        net.put(change.key(), new Change(change.key(), base.get(change.key()), change.after()));
      }
    }
    return net.values().stream()
        .filter(change -> change.before() != null || change.after() != null)
        .toList();
  }

  /** After the commit: shows the changes, then lets the writers go on. */
  void succeed() {
    published.publish(sets);
    positions.forEach((write, position) -> write.committed().complete(position));
    refused.forEach((write, failure) -> write.committed().completeExceptionally(failure));
  }

  void fail(RuntimeException failure) {
    writes.forEach(write -> write.committed().completeExceptionally(failure));
  }

  void failExpired(RuntimeException failure) {
    writes.stream()
        .filter(PendingWrite::expired)
        .forEach(write -> write.committed().completeExceptionally(failure));
  }

  @Override
  public String toString() {
    return "Batch[" + id + ", " + writes.size() + " writes]";
  }
}

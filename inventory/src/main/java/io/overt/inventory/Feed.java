package io.overt.inventory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The change feed in the database. */
final class Feed {
  static final String CHANNEL = "overt_feed";
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private static final String LOCK =
      """
      select position, incarnation from feed for update
      """;
  private static final String HEAD =
      """
      select position, incarnation from feed
      """;
  private static final String ENTRIES =
      """
      select entry.position, change.kind, change.id, change.owner_kind, change.owner_id,
        change.internals, change.document
      from feed_entry entry left join change on change.position = entry.position
      where entry.position > ?
      order by entry.position, change.ordinal
      """;
  private static final String BATCH_EXISTS =
      """
      select exists (select from feed_entry where batch = ?)
      """;
  private static final String ADVANCE =
      """
      with moved as (update feed set position = ? returning position)
      select pg_notify('overt_feed', position::text) from moved
      """;
  private static final String PRUNE =
      """
      delete from feed_entry where at < now() - make_interval(secs => ?)
      """;

  /** Where the feed stands, and which database this is. */
  record Head(long position, UUID incarnation) {}

  private Feed() {}

  /** Waits for other writers; nobody else commits until this transaction ends. */
  static Head lock(Connection connection) throws SQLException {
    return head(connection, LOCK);
  }

  static Head head(Connection connection) throws SQLException {
    return head(connection, HEAD);
  }

  private static Head head(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        throw new SQLException("the table feed has lost its row");
      }
      return new Head(rows.getLong(1), rows.getObject(2, UUID.class));
    }
  }

  static boolean contains(Connection connection, UUID batch) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BATCH_EXISTS)) {
      statement.setObject(1, batch);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  static void advance(Connection connection, long position) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
      statement.setLong(1, position);
      statement.execute();
    }
  }

  static int prune(Connection connection, Duration age) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PRUNE)) {
      statement.setDouble(1, age.toMillis() / 1000.0);
      return statement.executeUpdate();
    }
  }

  /**
   * Brings the node up to the head, by the entries that it lacks, or anew when they are pruned or
   * the database is another one. The transaction must see one state (repeatable read), or hold the
   * lock.
   */
  static void catchUp(Connection connection, Head head, Published published) throws SQLException {
    Snapshot snapshot = published.snapshot();
    boolean same = head.incarnation().equals(published.incarnation()) && !snapshot.broken();
    if (same && head.position() <= snapshot.position()) {
      return;
    }
    List<ChangeSet> missed = same ? entries(connection, snapshot) : List.of();
    long reached = missed.isEmpty() ? -1 : missed.getLast().position();
    if (reached >= head.position()) {
      published.publish(missed);
      return;
    }
    LOG.info(
        "Loading everything at position {}: what is shown, of position {}, {}",
        head.position(),
        snapshot.position(),
        snapshot.broken() ? "was not loaded whole" : "cannot be continued from the feed");
    published.replace(Loader.load(connection, head.position()), head.incarnation());
  }

  /** Entries after the snapshot's position; none when the next one is missing. */
  private static List<ChangeSet> entries(Connection connection, Snapshot after)
      throws SQLException {
    List<ChangeSet> sets = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    Snapshot snapshot = after;
    long position = after.position();
    Interner interner = new Interner();
    try (PreparedStatement statement = connection.prepareStatement(ENTRIES)) {
      statement.setLong(1, after.position());
      statement.setFetchSize(1_000);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          long next = rows.getLong("position");
          if (next != position) {
            if (next != position + 1) {
              return List.of();
            }
            if (position != after.position()) {
              snapshot = close(snapshot, position, changes, sets);
            }
            position = next;
          }
          String kindName = rows.getString("kind");
          if (kindName != null) {
            changes.add(change(rows, Kinds.named(kindName), next, snapshot, interner));
          }
        }
      }
    }
    if (position != after.position()) {
      close(snapshot, position, changes, sets);
    }
    return sets;
  }

  private static Snapshot close(
      Snapshot snapshot, long position, List<Change> changes, List<ChangeSet> sets) {
    Snapshot next = snapshot.with(changes, position);
    sets.add(new ChangeSet(position, changes, next));
    changes.clear();
    return next;
  }

  private static Change change(
      ResultSet rows, Kind<?> kind, long position, Snapshot snapshot, Interner interner)
      throws SQLException {
    Key key = new Key(kind.name(), rows.getString("id"));
    Entity<?> after =
        rows.getString("document") == null
            ? null
            : Rows.entity(kind, rows, position, null, interner);
    return new Change(key, snapshot.get(key), after);
  }
}

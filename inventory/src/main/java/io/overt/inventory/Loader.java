package io.overt.inventory;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads the whole inventory. */
final class Loader {
  private static final String ALL =
      """
      select kind, id, version, owner_kind, owner_id, internals, document from entity
      """;
  private static final int FETCH_SIZE = 1_000;

  private Loader() {}

  /**
   * All entities; the caller's transaction must see one state of the database, of which {@code
   * position} is the position.
   */
  static Snapshot load(Connection connection, long position) throws SQLException {
    Interner interner = new Interner();
    List<Change> changes = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_SIZE);
      try (ResultSet rows = statement.executeQuery(ALL)) {
        while (rows.next()) {
          Kind<?> kind = Kinds.named(rows.getString("kind"));
          Entity<?> entity = Rows.entity(kind, rows.getLong("version"), rows, interner);
          changes.add(new Change(new Key(kind.name(), rows.getString("id")), null, entity));
        }
      }
    }
    return Snapshot.EMPTY.with(changes, position);
  }
}

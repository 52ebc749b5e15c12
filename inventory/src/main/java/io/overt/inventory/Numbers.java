package io.overt.inventory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The numbers that a batch gives to appended entities, from the counter of their kind. */
final class Numbers {
  private static final String RAISE =
      """
      insert into counter (name, value) values (?, ?)
      on conflict (name) do update set value = counter.value + excluded.value
      returning value
      """;

  private final Connection connection;
  private final Map<String, Long> start = new HashMap<>();
  private final Map<String, Long> kept = new HashMap<>();

  Numbers(Connection connection) {
    this.connection = connection;
  }

  /** Raises a counter, which starts at 0, and returns what it is then. */
  static long raise(Connection connection, String name, long by) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RAISE)) {
      statement.setString(1, name);
      statement.setLong(2, by);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  Draft draft() {
    return new Draft();
  }

  /** Writes the counters; until then their rows are only locked. */
  void flush() throws SQLException {
    for (Map.Entry<String, Long> entry : kept.entrySet()) {
      raise(connection, entry.getKey(), entry.getValue());
    }
  }

  private long last(String name) {
    return start.computeIfAbsent(name, this::locked) + kept.getOrDefault(name, 0L);
  }

  private long locked(String name) {
    try {
      return raise(connection, name, 0);
    } catch (SQLException e) {
      throw new Failure(e);
    }
  }

  /** Numbers of one transaction, which count only if it is found good. */
  final class Draft {
    private final Map<String, Long> taken = new HashMap<>();

    private Draft() {}

    long next(Kind<?> kind) {
      return last(kind.name()) + taken.merge(kind.name(), 1L, Long::sum);
    }

    void keep() {
      taken.forEach((name, count) -> kept.merge(name, count, Long::sum));
    }
  }

  /** Carries the failure of the counter's statement through code that cannot throw it. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(SQLException cause) {
      super(cause);
    }
  }
}

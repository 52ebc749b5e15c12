package io.overt.operations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Membership of the engine processes on one database, by leases in the database's own time.
 *
 * <p>A node that cannot renew in time stops working on jobs before others take them over: it counts
 * its lease from before the renewal was sent, others count from the database's answer.
 */
public final class Nodes {
  /** How long a node may be silent before others take over. */
  public static final Duration LEASE = Duration.ofSeconds(10);

  static final Duration RENEWAL = Duration.ofSeconds(2);

  private final DataSource database;
  private final Node self;
  private volatile long validUntilNanos;

  /** Until then the others get the time to come back from what this node came back from. */
  private volatile long patientUntilNanos = System.nanoTime();

  private Nodes(DataSource database, Node self, long validUntilNanos) {
    this.database = database;
    this.self = self;
    this.validUntilNanos = validUntilNanos;
  }

  /** Joins under a stable id, in a new epoch. */
  public static Nodes join(DataSource database, String id) {
    long asked = System.nanoTime();
    String sql =
        """
        INSERT INTO engine_node (id, epoch, alive_until)
        VALUES (?, 1, now() + make_interval(secs => ?))
        ON CONFLICT (id) DO UPDATE
          SET epoch = engine_node.epoch + 1, alive_until = excluded.alive_until
        RETURNING epoch
        """;
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, id);
      statement.setDouble(2, (double) LEASE.toSeconds());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return new Nodes(database, new Node(id, rows.getLong(1)), asked + LEASE.toNanos());
      }
    } catch (SQLException e) {
      throw new NodesUnavailable("cannot join as engine node " + id, e);
    }
  }

  public Node self() {
    return self;
  }

  /** True while this node's lease surely holds. */
  public boolean holds() {
    return validUntilNanos - System.nanoTime() > 0;
  }

  /**
   * Renews the lease.
   *
   * @throws NodesUnavailable when the database does not answer
   * @return false when a later life of this node has started: this process must stop
   */
  boolean renew() {
    long asked = System.nanoTime();
    String sql =
        """
        UPDATE engine_node SET alive_until = now() + make_interval(secs => ?)
        WHERE id = ? AND epoch = ?
        """;
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setDouble(1, (double) LEASE.toSeconds());
      statement.setString(2, self.id());
      statement.setLong(3, self.epoch());
      if (statement.executeUpdate() == 0) {
        validUntilNanos = asked;
        return false;
      }
      if (!holds()) {
        patientUntilNanos = System.nanoTime() + LEASE.toNanos();
      }
      validUntilNanos = asked + LEASE.toNanos();
      return true;
    } catch (SQLException e) {
      throw new NodesUnavailable("cannot renew the lease of engine node " + self.id(), e);
    }
  }

  /**
   * Ids of the nodes whose work nobody may take over: those whose lease holds, this one included.
   * Where this node could not renew its own lease, because the database was away or the machine
   * stood still, others could not either, so all count for one more lease.
   */
  public Set<String> alive() {
    boolean patient = patientUntilNanos - System.nanoTime() > 0;
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT id FROM engine_node WHERE alive_until > now() OR ?")) {
      statement.setBoolean(1, patient);
      Set<String> ids = new HashSet<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
      }
      return ids;
    } catch (SQLException e) {
      throw new NodesUnavailable("cannot list the engine nodes", e);
    }
  }

  /** Gives the lease up, so that others need not wait for it to end. */
  void leave() {
    validUntilNanos = System.nanoTime();
    String sql = "UPDATE engine_node SET alive_until = now() WHERE id = ? AND epoch = ?";
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, self.id());
      statement.setLong(2, self.epoch());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new NodesUnavailable("cannot give up the lease of engine node " + self.id(), e);
    }
  }
}

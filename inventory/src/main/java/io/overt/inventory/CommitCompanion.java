package io.overt.inventory;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Port: rows of another module that follow from what is committed, and so must be committed with
 * it. Unlike {@link SqlWork} it sees every change of every transaction of this node, with the
 * numbers that appended entities have got.
 */
@FunctionalInterface
public interface CommitCompanion {
  /**
   * Called under the lock of the change feed, right before the changes are written: be quick. It
   * may be called again with the same changes when the database was away in between.
   *
   * @param connection to write to; not to be committed, rolled back or closed
   * @param sets what is about to be committed, in order; never empty
   * @throws SQLException when the changes must not be committed
   */
  void accompany(Connection connection, List<ChangeSet> sets) throws SQLException;
}

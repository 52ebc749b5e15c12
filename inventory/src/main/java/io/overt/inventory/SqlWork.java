package io.overt.inventory;

import org.jdbi.v3.core.Handle;

/**
 * Statements on tables of another module that commit together with the entities of a transaction.
 * They run when the transaction commits, under the lock of the change feed: keep them short. What
 * they throw makes the whole transaction fail with it.
 */
@FunctionalInterface
public interface SqlWork {
  void run(Handle handle);
}

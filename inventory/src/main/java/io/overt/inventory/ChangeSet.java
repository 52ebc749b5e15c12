package io.overt.inventory;

import java.util.List;

/**
 * The changes of one committed transaction.
 *
 * @param snapshot the inventory right after it
 */
public record ChangeSet(long position, List<Change> changes, Snapshot snapshot) {
  public ChangeSet {
    changes = List.copyOf(changes);
  }
}

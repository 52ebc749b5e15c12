package io.overt.inventory;

/** Learns of every committed change, in order, on a thread of its own. */
public interface ChangeListener {
  void changed(ChangeSet changes);

  /**
   * Changes were left out, because this listener was too slow for its queue or the node had to
   * reload everything: start again from {@code snapshot}; later changes follow without a gap.
   */
  void resync(Snapshot snapshot);
}

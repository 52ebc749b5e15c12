package io.overt.events.notifier;

import java.util.Set;

/** Port: this engine node among those that share the database. */
public interface Peers {
  /** Stays the same over restarts. */
  String id();

  /** Grows with each start. */
  long epoch();

  /** True while this node's own lease surely holds. */
  boolean holds();

  /**
   * Ids of the nodes that may be at work.
   *
   * @throws RuntimeException when the database does not answer
   */
  Set<String> alive();
}

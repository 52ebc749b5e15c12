package io.overt.fleet;

import io.overt.inventory.Entity;
import io.overt.model.types.Host;

/** What a feature does with a host each time it connects, before it counts as up. */
public interface HostPreparation {
  /**
   * Prepares the host, such as connecting its storage.
   *
   * @throws RuntimeException when the host cannot be used: it becomes non-operational
   */
  void prepare(Entity<Host> host, HostCalls calls);
}

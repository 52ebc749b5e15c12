package io.overt.agent.vms;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Remembers, across restarts of the agent, which virtual machines the engine was promised and has
 * not released: a transient domain that dies while the agent is away leaves no trace in the
 * hypervisor, and a launch that the agent died in would be forgotten. It never says what runs; the
 * hypervisor does.
 */
public interface Journal {

  /** A launch was accepted; recorded before the hypervisor is asked. */
  void launched(UUID vm, String name);

  /**
   * It is on its way.
   *
   * @param way where from or to, in its owner's words; empty when it has arrived or stayed
   */
  void transit(UUID vm, String way);

  /** It ended this way; kept until the engine destroys it. */
  void ended(UUID vm, VmExit exit);

  /** The engine released it. */
  void forget(UUID vm);

  /** Everything that is not released. */
  Map<UUID, Entry> entries();

  /**
   * @param exit empty while it was last seen alive
   * @param transit as noted last, or empty
   */
  record Entry(String name, Optional<VmExit> exit, String transit) {}
}

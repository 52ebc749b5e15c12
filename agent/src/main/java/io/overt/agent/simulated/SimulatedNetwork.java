package io.overt.agent.simulated;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which simulated hosts of this process can move guests to each other: those that share one. */
public final class SimulatedNetwork {

  private final Map<String, SimulatedHypervisor> hosts = new ConcurrentHashMap<>();

  /**
   * From now on the host is found at its agent's address.
   *
   * @param agent {@code host:port}
   */
  public void connect(String agent, SimulatedHypervisor host) {
    hosts.put(agent, host);
  }

  /** Nobody reaches the host there any more. */
  public void disconnect(String agent) {
    hosts.remove(agent);
  }

  Optional<SimulatedHypervisor> find(String agent) {
    return Optional.ofNullable(hosts.get(agent));
  }
}

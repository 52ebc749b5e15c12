package io.overt.agent.vms;

import java.util.Optional;

/**
 * What the engine asks of a move.
 *
 * @param destination the other host's agent, {@code host:port}
 * @param data the other host's address for the guest's memory, empty for that of its agent
 * @param bandwidth MiB a second, 0 for no limit
 * @param parallel connections, 0 for a plain one
 * @param downtime milliseconds at most, to begin with; 0 leaves the hypervisor's default
 * @param console the address of consoles over there, empty for that host's own choice
 */
public record MigrationRequest(
    String destination,
    String data,
    boolean tunnelled,
    boolean abortOnError,
    boolean autoConverge,
    boolean compressed,
    boolean encrypted,
    Optional<Long> bandwidth,
    int parallel,
    long downtime,
    String console,
    Optional<Integer> incomingLimit,
    Optional<Integer> outgoingLimit,
    boolean guestEvents,
    ConvergenceSchedule schedule) {

  /** The other host without its agent's port. */
  String host() {
    int colon = destination.lastIndexOf(':');
    String host = colon < 0 ? destination : destination.substring(0, colon);
    return host.replaceAll("^\\[(.*)]$", "$1");
  }
}

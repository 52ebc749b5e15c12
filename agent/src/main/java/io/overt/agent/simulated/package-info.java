/**
 * Hosts that exist in memory only: the agent itself, in front of a hypervisor and a storage that
 * take the time and make the mistakes they are told to. Made for programs that need many hosts, or
 * hosts that fail on demand.
 *
 * <p>Starting points: {@link io.overt.agent.simulated.SimulatedHosts}, {@link
 * io.overt.agent.simulated.SimulatedHypervisor}, {@link io.overt.agent.simulated.Faults}.
 */
@NullMarked
package io.overt.agent.simulated;

import org.jspecify.annotations.NullMarked;

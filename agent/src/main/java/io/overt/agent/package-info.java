/**
 * The agent of a host: speaks VDSM's verbs and events to the engine and runs virtual machines.
 *
 * <p>Starting points: {@link io.overt.agent.AgentMain}, {@link io.overt.agent.Agent}, {@link
 * io.overt.agent.AgentSettings}; for hosts that exist in memory only, {@link
 * io.overt.agent.SimulatedHostsMain}.
 */
@NullMarked
package io.overt.agent;

import org.jspecify.annotations.NullMarked;

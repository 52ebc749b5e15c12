/**
 * The engine's side of the hosts: one connection each, what they report, and the state machines of
 * hosts and virtual machines.
 *
 * <p>Reports live in memory ({@link io.overt.fleet.Reports}); only transitions are written to the
 * inventory, each with its event.
 *
 * <p>Starting points: {@link io.overt.fleet.Fleet}, {@link io.overt.fleet.HostWatch}, {@link
 * io.overt.fleet.VmStateMachine}.
 */
@NullMarked
package io.overt.fleet;

import org.jspecify.annotations.NullMarked;

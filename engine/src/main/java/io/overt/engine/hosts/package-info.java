/**
 * Hosts: registering them, switching them on and off, and what they report of themselves.
 *
 * <p>This writes what the user wants; connecting and watching is {@link io.overt.fleet.Fleet}'s.
 *
 * <p>Starting points: {@link io.overt.engine.hosts.Hosts}, {@link
 * io.overt.engine.hosts.AgentProbe}.
 */
@NullMarked
package io.overt.engine.hosts;

import org.jspecify.annotations.NullMarked;

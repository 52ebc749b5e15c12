/**
 * Moving machines that run: oVirt's load balancers, one machine a round; the enforcement of
 * affinity; whether highly available machines would find room; and plans of several moves, beyond
 * oVirt. Everything here reads a state and answers with data; nobody is moved.
 *
 * <p>Starting points: {@link io.overt.scheduling.balancing.Balancers}, {@link
 * io.overt.scheduling.balancing.Round}.
 */
@NullMarked
package io.overt.scheduling.balancing;

import org.jspecify.annotations.NullMarked;

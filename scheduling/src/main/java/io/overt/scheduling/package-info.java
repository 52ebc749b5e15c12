/**
 * Where a virtual machine runs: pure functions over the state of hosts, no input or output.
 *
 * <p>Starting points: {@link io.overt.scheduling.Scheduler}, {@link io.overt.scheduling.Placement}.
 */
@NullMarked
package io.overt.scheduling;

import org.jspecify.annotations.NullMarked;

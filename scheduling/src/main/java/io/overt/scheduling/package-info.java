/**
 * Where a virtual machine runs: pure functions over the state of a cluster's hosts, no input or
 * output.
 *
 * <p>Starting points: {@link io.overt.scheduling.Scheduler}, {@link
 * io.overt.scheduling.state.ClusterState}, {@link io.overt.scheduling.Policies}.
 */
@NullMarked
package io.overt.scheduling;

import org.jspecify.annotations.NullMarked;

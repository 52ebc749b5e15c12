/**
 * Brings what the inventory and the hosts' reports know before the scheduler.
 *
 * <p>Starting points: {@link io.overt.engine.placement.ClusterReader}, {@link
 * io.overt.engine.placement.PolicyReader}.
 */
@NullMarked
package io.overt.engine.placement;

import org.jspecify.annotations.NullMarked;

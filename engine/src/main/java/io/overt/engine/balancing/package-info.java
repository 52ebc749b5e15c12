/**
 * Moves running machines by the clusters' policies: rounds of the load balancers, of affinity and
 * of the check for highly available machines, and plans on demand.
 *
 * <p>Starting points: {@link io.overt.engine.balancing.BalancingRounds}, {@link
 * io.overt.engine.balancing.BalancePlans}.
 */
@NullMarked
package io.overt.engine.balancing;

import org.jspecify.annotations.NullMarked;

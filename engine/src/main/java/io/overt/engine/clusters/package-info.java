/**
 * {@code /clusters}: hosts that VMs can move between, with everything that VMs inherit from them.
 *
 * <p>Starting points: {@link io.overt.engine.clusters.Clusters}, {@link
 * io.overt.engine.clusters.ClusterDefaults}, {@link io.overt.engine.clusters.CpuTypes}.
 */
@NullMarked
package io.overt.engine.clusters;

import org.jspecify.annotations.NullMarked;

/**
 * Affinity: groups of VMs and hosts of a cluster that belong together or apart, and labels that
 * make such groups.
 *
 * <p>Starting points: {@link io.overt.engine.affinity.AffinityGroups}, {@link
 * io.overt.engine.affinity.AffinityLabels}, {@link
 * io.overt.engine.affinity.AssignedAffinityLabels}.
 */
@NullMarked
package io.overt.engine.affinity;

import org.jspecify.annotations.NullMarked;

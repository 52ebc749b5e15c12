/**
 * Snapshots of machines.
 *
 * <p>Starting points: {@link io.overt.engine.vms.snapshots.VmSnapshots}.
 */
@NullMarked
package io.overt.engine.vms.snapshots;

import org.jspecify.annotations.NullMarked;

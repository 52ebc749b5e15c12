/**
 * {@code /instancetypes}: sizes of VMs to choose from.
 *
 * <p>Starting points: {@link io.overt.engine.instancetypes.InstanceTypes}.
 */
@NullMarked
package io.overt.engine.instancetypes;

import org.jspecify.annotations.NullMarked;

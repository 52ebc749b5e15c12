/**
 * What a policy unit is: a filter or a weight, asked about the hosts of a cluster in one decision.
 *
 * <p>Starting points: {@link io.overt.scheduling.unit.Decision}, {@link
 * io.overt.scheduling.unit.HostFilter}, {@link io.overt.scheduling.unit.HostWeight}.
 */
@NullMarked
package io.overt.scheduling.unit;

import org.jspecify.annotations.NullMarked;

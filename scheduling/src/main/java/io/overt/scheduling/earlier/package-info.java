/**
 * Units as oVirt 3.4 had them, where they differ from those of today: one score for load, no ranks.
 * For those who compare, or whose thresholds were tuned then.
 *
 * <p>Starting points: {@link io.overt.scheduling.earlier.EarlierUnits}.
 */
@NullMarked
package io.overt.scheduling.earlier;

import org.jspecify.annotations.NullMarked;

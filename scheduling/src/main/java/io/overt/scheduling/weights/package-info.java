/**
 * The weights of oVirt's scheduling policies: each scores the hosts that the filters left, the
 * lower the better.
 *
 * <p>Starting points: {@link io.overt.scheduling.weights.Weights}.
 */
@NullMarked
package io.overt.scheduling.weights;

import org.jspecify.annotations.NullMarked;

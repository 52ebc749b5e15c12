/**
 * Scheduling policies as clients see and change them: which units a policy consists of, and the
 * properties that tune them.
 *
 * <p>Starting points: {@link io.overt.engine.policies.SchedulingPolicies}, {@link
 * io.overt.engine.policies.PolicyUnits}, {@link io.overt.engine.policies.PolicyProperties}.
 */
@NullMarked
package io.overt.engine.policies;

import org.jspecify.annotations.NullMarked;

/**
 * Pools of machines that are alike and that users take one of.
 *
 * <p>Starting points: {@link io.overt.engine.pools.VmPools}.
 */
@NullMarked
package io.overt.engine.pools;

import org.jspecify.annotations.NullMarked;

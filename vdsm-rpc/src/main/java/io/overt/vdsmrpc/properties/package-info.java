/**
 * What engine and agent must judge alike of the custom properties that the engine sends: which
 * names no script may get.
 *
 * <p>Starting points: {@link io.overt.vdsmrpc.properties.PropertyNames}.
 */
@NullMarked
package io.overt.vdsmrpc.properties;

import org.jspecify.annotations.NullMarked;

/**
 * The composition root: reads the configuration, starts the parts in order, wires the features into
 * the API's root.
 *
 * <p>Starting points: {@link io.overt.engine.Engine}, {@link io.overt.engine.Features}.
 */
@NullMarked
package io.overt.engine;

import org.jspecify.annotations.NullMarked;

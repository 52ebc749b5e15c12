/**
 * Turns the sources of the oVirt API model into the normalised schema, the typed facades over it
 * and {@code model.json}. Runs at build time only.
 *
 * <p>Starting points: {@link io.overt.model.generator.Generator} (the command), {@link
 * io.overt.model.generator.WireNames} (naming rules of model 4.6.1).
 */
@NullMarked
package io.overt.model.generator;

import org.jspecify.annotations.NullMarked;

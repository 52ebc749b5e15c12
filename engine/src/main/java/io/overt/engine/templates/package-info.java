/**
 * Templates: what machines are made of, in versions. Blank is there from the beginning and never
 * changes.
 *
 * <p>Starting points: {@link io.overt.engine.templates.Templates}, {@link
 * io.overt.engine.templates.CreateTemplate}.
 */
@NullMarked
package io.overt.engine.templates;

import org.jspecify.annotations.NullMarked;

/**
 * Tags: a tree of labels and their assignment to objects.
 *
 * <p>Starting points: {@link io.overt.engine.tags.Tags}, {@link io.overt.engine.tags.AssignedTags}.
 */
@NullMarked
package io.overt.engine.tags;

import org.jspecify.annotations.NullMarked;

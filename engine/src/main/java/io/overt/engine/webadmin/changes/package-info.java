/**
 * What changes, told to pages that show it: by the id of the object, at once, to those who may see
 * it. What it is now they ask for themselves.
 *
 * <p>Starting point: {@link io.overt.engine.webadmin.changes.Changes}.
 */
@NullMarked
package io.overt.engine.webadmin.changes;

import org.jspecify.annotations.NullMarked;

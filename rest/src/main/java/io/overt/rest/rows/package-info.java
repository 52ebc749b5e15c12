/**
 * Lists as tables: of any collection of the API the fields that are shown, sorted, a window at a
 * time.
 *
 * <p>Starting point: {@link io.overt.rest.rows.Rows}.
 */
@NullMarked
package io.overt.rest.rows;

import org.jspecify.annotations.NullMarked;

/**
 * Help with half-written searches.
 *
 * <p>Starting point: {@link io.overt.engine.webadmin.search.SearchHelp}.
 */
@NullMarked
package io.overt.engine.webadmin.search;

import org.jspecify.annotations.NullMarked;

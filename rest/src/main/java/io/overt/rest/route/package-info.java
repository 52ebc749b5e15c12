/**
 * Paths of the API: which service and operation a path means, what a path allows, and under which
 * path an object is found. All computed from the schema.
 *
 * <p>Starting points: {@link io.overt.rest.route.RouteTable}, {@link
 * io.overt.rest.route.Addresses}.
 */
@NullMarked
package io.overt.rest.route;

import org.jspecify.annotations.NullMarked;

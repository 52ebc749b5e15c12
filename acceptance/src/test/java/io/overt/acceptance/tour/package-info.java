/**
 * A tour over every operation that the engine implements, through its HTTP door, on simulated
 * hosts.
 *
 * <p><b>Starting points:</b> {@link io.overt.acceptance.tour.TourTest} is the itinerary; a class
 * {@code ...Stops} per feature area writes, {@link io.overt.acceptance.tour.Walk} reads everything
 * that can be reached by links, {@link io.overt.acceptance.tour.Performed} asks the engine's
 * metrics what succeeded.
 */
@NullMarked
package io.overt.acceptance.tour;

import org.jspecify.annotations.NullMarked;

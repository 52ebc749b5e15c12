package io.overt.acceptance.tour;

/**
 * A part of the tour.
 *
 * @param name what is shown there
 */
record Stop(String name, Runnable visit) {}

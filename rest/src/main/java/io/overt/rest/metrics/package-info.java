/**
 * What this door did, counted: requests by operation and status, their times, and the basics of the
 * JVM, in Prometheus' text format.
 *
 * <p>Starting points: {@link io.overt.rest.metrics.Metrics}.
 */
@NullMarked
package io.overt.rest.metrics;

import org.jspecify.annotations.NullMarked;

package io.overt.scheduling.external;

import java.time.Duration;

/**
 * What a unit took, as its caller sees it.
 *
 * @param calls since the start
 * @param failures of those, how many ended without an answer that could be used
 * @param p50 over the latest thousand calls
 * @param p99 over the latest thousand calls
 */
public record UnitMetrics(
    String unit, ExternalUnit.Kind kind, long calls, long failures, Duration p50, Duration p99) {}

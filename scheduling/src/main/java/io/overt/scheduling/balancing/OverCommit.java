package io.overt.scheduling.balancing;

import io.overt.scheduling.unit.PolicyProperties;

/** Since when a host has been outside the limits of its load. */
public final class OverCommit {
  private OverCommit() {}

  /**
   * What to remember of a new report.
   *
   * @param before what was remembered: milliseconds since 1970, or 0
   * @param load percent of its processors that are busy; negative when that is not known
   * @return since when the load is out of the limits; 0 when it is within
   */
  public static long since(
      long before, double load, PolicyProperties properties, Thresholds thresholds, long now) {
    double high = properties.number("HighUtilization", thresholds.highEven());
    double low = properties.number("LowUtilization", thresholds.lowEven());
    if (load < 0 || (load < high && load > low)) {
      return 0;
    }
    return before > 0 ? before : now;
  }
}

package io.overt.scheduling.weights;

import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostWeight;

/**
 * A score whose range is stretched to 1 … {@code MaxSchedulerWeight}, so that units are comparable;
 * a host without a raw value gets the worst.
 */
abstract class StretchedWeight extends HostWeight {
  StretchedWeight(String id, String name) {
    super(id, name);
  }

  @Override
  public final void finish(
      Decision decision,
      int[] hosts,
      double[] raw,
      int first,
      int last,
      double least,
      double greatest,
      int[] scores) {
    int worst = decision.settings().maxWeight();
    double range = greatest - least;
    if (range > 0 && last - first > 1 && !anyUnknown(raw, first, last)) {
      for (int i = first; i < last; i++) {
        scores[i] = (int) Math.floor(1 + (raw[i] - least) / range * (worst - 1) + 0.5);
      }
      return;
    }
    for (int i = first; i < last; i++) {
      double value = raw[i];
      if (Double.isNaN(value)) {
        scores[i] = worst;
      } else if (range == 0) {
        scores[i] = 1;
      } else {
        scores[i] = (int) Math.floor(1 + (value - least) / range * (worst - 1) + 0.5);
      }
    }
  }

  private static boolean anyUnknown(double[] raw, int first, int last) {
    double sum = 0;
    for (int i = first; i < last; i++) {
      sum += raw[i];
    }
    return Double.isNaN(sum);
  }
}

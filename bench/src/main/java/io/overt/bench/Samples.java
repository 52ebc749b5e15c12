package io.overt.bench;

import java.util.Arrays;
import java.util.Collection;

/** Measured values, in ascending order. */
final class Samples {
  private final double[] sorted;

  private Samples(double[] sorted) {
    this.sorted = sorted;
  }

  /** Takes the array over. */
  static Samples of(double... values) {
    Arrays.sort(values);
    return new Samples(values);
  }

  static Samples of(Collection<Double> values) {
    return of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  int count() {
    return sorted.length;
  }

  /** The value below which that share of all is: 0.5 is the median of many. */
  double at(double share) {
    return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
  }

  double median() {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  double least() {
    return sorted[0];
  }

  double most() {
    return sorted[sorted.length - 1];
  }
}

package io.overt.scheduling.earlier;

import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostWeight;

/** A score that each host has by itself. */
abstract class EarlierWeight extends HostWeight {
  EarlierWeight(String id, String name) {
    super(id, name);
  }

  abstract int score(Decision decision, int host);

  @Override
  public int constant(Decision decision) {
    return -1;
  }

  @Override
  public final void raw(Decision decision, int[] hosts, int first, int last, double[] raw) {
    for (int i = first; i < last; i++) {
      raw[i] = score(decision, hosts[i]);
    }
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
    for (int i = first; i < last; i++) {
      scores[i] = (int) raw[i];
    }
  }
}

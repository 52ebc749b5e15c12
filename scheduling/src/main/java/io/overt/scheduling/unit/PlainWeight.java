package io.overt.scheduling.unit;

/** A score that is the raw value itself. */
public abstract class PlainWeight extends HostWeight {
  protected PlainWeight(String id, String name) {
    super(id, name);
  }

  protected abstract int score(Decision decision, int host);

  @Override
  public void raw(Decision decision, int[] hosts, int first, int last, double[] raw) {
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

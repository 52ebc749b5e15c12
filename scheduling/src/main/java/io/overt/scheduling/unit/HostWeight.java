package io.overt.scheduling.unit;

/**
 * Scores hosts: the lower, the better. A score is found in two steps, so that one changed host does
 * not cost the work of all: what the host alone contributes, and what the range of all
 * contributions makes of it. Has no state of its own.
 */
public abstract class HostWeight {
  private final String id;
  private final String name;

  protected HostWeight(String id, String name) {
    this.id = id;
    this.name = name;
  }

  /** The policy unit's id. */
  public final String id() {
    return id;
  }

  /** The policy unit's name. */
  public final String name() {
    return name;
  }

  /** The score that every host gets, when it is the same for all; −1 when hosts differ. */
  public abstract int constant(Decision decision);

  /** Whether a host's raw value depends on that host alone. */
  public boolean local() {
    return true;
  }

  /**
   * What hosts contribute: {@code raw[i]} for {@code hosts[i]}, from first to last. {@link
   * Double#NaN} is left out of the range.
   */
  public abstract void raw(Decision decision, int[] hosts, int first, int last, double[] raw);

  /** The scores that follow from the contributions, their least and their greatest. */
  public abstract void finish(
      Decision decision,
      int[] hosts,
      double[] raw,
      int first,
      int last,
      double least,
      double greatest,
      int[] scores);

  @Override
  public final String toString() {
    return name;
  }
}

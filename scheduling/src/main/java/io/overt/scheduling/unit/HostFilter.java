package io.overt.scheduling.unit;

import io.overt.scheduling.state.HostSet;
import org.jspecify.annotations.Nullable;

/** Removes the hosts that cannot run the machines of a decision. Has no state of its own. */
public abstract class HostFilter {
  private final String id;
  private final String name;

  protected HostFilter(String id, String name) {
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

  /** Whether the machines ask for something that this filter looks at; otherwise it is not run. */
  public abstract boolean concerns(Decision decision);

  /** Why the host cannot run the machines; null when it can. */
  public abstract @Nullable Objection objection(Decision decision, int host);

  /** Whether what it says of a host depends on that host alone, and on the machines. */
  public boolean local() {
    return true;
  }

  /**
   * Removes every candidate that {@link #objection} would object to. Filters that nearly every
   * decision runs do so without asking host by host.
   */
  public void narrow(Decision decision, HostSet candidates) {
    for (int host = candidates.nextSetBit(0); host >= 0; host = candidates.nextSetBit(host + 1)) {
      if (objection(decision, host) != null) {
        candidates.clear(host);
      }
    }
  }

  @Override
  public final String toString() {
    return name;
  }
}

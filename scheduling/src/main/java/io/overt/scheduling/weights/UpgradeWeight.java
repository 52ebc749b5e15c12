package io.overt.scheduling.weights;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.OperatingSystem;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.PlainWeight;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** While a cluster is upgraded, prefers hosts with a newer system. */
final class UpgradeWeight extends PlainWeight {
  private static final int OLDER = 1_000_000;
  private static final int SAME = 100_000;

  UpgradeWeight() {
    super("84e6ddee-ab0d-42dd-82f0-c298889db568", "InClusterUpgrade");
  }

  @Override
  public int constant(Decision decision) {
    return reference(decision) == null ? 0 : -1;
  }

  /** The system of the machine's host, or for a start the newest of the cluster. */
  private static @Nullable OperatingSystem reference(Decision decision) {
    ClusterState state = decision.state();
    int current = decision.hostOf(0);
    if (current >= 0) {
      return state.facts(current).special().system();
    }
    Set<String> families = new HashSet<>();
    OperatingSystem newest = null;
    for (int host = state.up().nextSetBit(0); host >= 0; host = state.up().nextSetBit(host + 1)) {
      OperatingSystem system = state.facts(host).special().system();
      if (system != null) {
        families.add(system.family());
        newest = newest == null || BY_MAJOR.compare(system, newest) > 0 ? system : newest;
      }
    }
    return families.size() == 1 ? newest : null;
  }

  private static final Comparator<OperatingSystem> BY_MAJOR =
      Comparator.comparingInt(OperatingSystem::major);

  @Override
  public void raw(Decision decision, int[] hosts, int first, int last, double[] raw) {
    OperatingSystem reference = reference(decision);
    for (int i = first; i < last; i++) {
      raw[i] = score(decision, reference, hosts[i]);
    }
  }

  @Override
  protected int score(Decision decision, int host) {
    return score(decision, reference(decision), host);
  }

  private static int score(Decision decision, @Nullable OperatingSystem reference, int host) {
    OperatingSystem system = decision.state().facts(host).special().system();
    if (reference == null) {
      return 0;
    }
    if (system == null
        || !system.family().equals(reference.family())
        || system.major() < reference.major()) {
      return OLDER;
    }
    return system.major() == reference.major() && decision.hostOf(0) >= 0 ? SAME : 0;
  }
}

package io.overt.scheduling.weights;

import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostWeight;

/** Spreads highly available machines, where the cluster keeps room for those of a failed host. */
final class HaReservationWeight extends HostWeight {
  HaReservationWeight() {
    super("7f262d70-6cac-11e3-981f-0800200c9a66", "OptimalForHaReservation");
  }

  @Override
  public int constant(Decision decision) {
    if (decision.state().rules().haReservation()) {
      for (Machine machine : decision.machines()) {
        if (machine.ha()) {
          return -1;
        }
      }
    }
    return 0;
  }

  @Override
  public void raw(Decision decision, int[] hosts, int first, int last, double[] raw) {
    for (int i = first; i < last; i++) {
      raw[i] = decision.state().haMachines(hosts[i]);
    }
  }

  @Override
  public void finish(
      Decision decision,
      int[] hosts,
      double[] raw,
      int first,
      int last,
      double least,
      double greatest,
      int[] scores) {
    double scale = Math.max(1, decision.properties().number("ScaleDown", 1));
    for (int i = first; i < last; i++) {
      double percent = greatest == 0 ? 0 : Math.floor(raw[i] / greatest * 100 + 0.5);
      scores[i] = (int) Math.ceil(percent / scale);
    }
  }
}

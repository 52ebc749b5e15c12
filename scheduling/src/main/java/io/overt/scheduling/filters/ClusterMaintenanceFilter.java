package io.overt.scheduling.filters;

import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.Objection;
import org.jspecify.annotations.Nullable;

/** While a cluster is maintained, only machines that are highly available start. */
final class ClusterMaintenanceFilter extends EachMachineFilter {
  ClusterMaintenanceFilter() {
    super("0bd8fef9-bcb4-4250-9998-410f01608d9b", "ClusterInMaintenance");
  }

  @Override
  boolean concerns(Machine machine) {
    return !machine.ha() && !machine.running();
  }

  @Override
  @Nullable Objection objection(Decision decision, Machine machine, int host) {
    return new Objection(
        "VAR__DETAIL__CLUSTER_IN_MAINTENANCE",
        "takes only highly available machines while the cluster is maintained");
  }
}

package io.overt.engine.balancing;

import io.overt.engine.placement.ClusterView;
import io.overt.engine.placement.Placements;
import io.overt.engine.resource.Platform;
import io.overt.engine.vms.run.VmMigrations;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.scheduling.balancing.Plan;
import io.overt.scheduling.balancing.Planner;
import io.overt.scheduling.unit.Settings;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Evens out clusters by plans, some moves in each round. Plans are made on a copy of the cluster's
 * state, and each move is decided again when it starts. Which machines rest after a move is known
 * to this engine only.
 */
final class PlannedMoves {
  private static final Planner.Options OPTIONS = Planner.Options.DEFAULT;

  /** Machines that move from or to one host at a time. */
  private static final int OF_HOST = 2;

  private final Platform platform;
  private final Placements placements;
  private final VmMigrations migrations;
  private final Map<String, Long> moved = new ConcurrentHashMap<>();

  PlannedMoves(Platform platform, Placements placements, VmMigrations migrations) {
    this.platform = platform;
    this.placements = placements;
    this.migrations = migrations;
  }

  void round(String clusterId, String reason) {
    long now = platform.clock().millis();
    moved.values().removeIf(when -> now - when > OPTIONS.rest().toMillis());
    ClusterMachines machines = ClusterMachines.of(platform.snapshot(), clusterId);
    int moving = (int) machines.all().stream().filter(ClusterMachines::moving).count();
    if (moving >= OPTIONS.moves()) {
      return;
    }
    ClusterView view = placements.view(clusterId);
    Planner planner =
        new Planner(
            view.policy(), Settings.DEFAULT, OPTIONS.atMost(OPTIONS.moves() - moving, OF_HOST));
    Plan plan =
        planner.plan(new Planner.Situation(view.state(), machines.busy(), Map.copyOf(moved), now));
    for (Plan.Move move : plan.moves()) {
      // What comes later counts on it; the next round sees how things are then.
      if (!start(move, reason)) {
        return;
      }
      moved.put(move.machineId(), now);
    }
  }

  private boolean start(Plan.Move move, String reason) {
    return isThere(platform.snapshot(), move)
        && migrations.moveIfBetter(move.machineId(), Set.of(move.toId()), reason).isPresent();
  }

  private static boolean isThere(Snapshot snapshot, Plan.Move move) {
    return snapshot
        .find(Kinds.VM, move.machineId())
        .map(vm -> vm.value().host())
        .filter(host -> move.fromId().equals(host.id()))
        .isPresent();
  }
}

package io.overt.engine.balancing;

import io.overt.engine.placement.ClusterView;
import io.overt.engine.placement.Placements;
import io.overt.engine.resource.Platform;
import io.overt.engine.vms.run.VmMigrations;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.types.Cluster;
import io.overt.operations.JobRequest;
import io.overt.operations.Operation;
import io.overt.operations.Operations;
import io.overt.operations.Step;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import io.overt.scheduling.balancing.Plan;
import io.overt.scheduling.balancing.Planner;
import io.overt.scheduling.unit.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The job that evens out a cluster: a few moves at a time, each time by a new plan, as the cluster
 * does not stand still. No machine is moved twice, so that it comes to an end.
 */
public final class BalanceCluster {
  private static final String NAME = "BalanceCluster";
  private static final String CLUSTER = "cluster";
  private static final String MOVED = "moved";
  private static final String REASON = "Load balancing";

  /** Machines that move at a time. */
  private static final int AT_ONCE = 4;

  /** Of those, from or to one host. */
  private static final int OF_HOST = 2;

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Platform platform;
  private final Placements placements;
  private final Supplier<Operations> operations;
  private final VmMigrations migrations;

  public BalanceCluster(
      Platform platform,
      Placements placements,
      Supplier<Operations> operations,
      VmMigrations migrations) {
    this.platform = platform;
    this.placements = placements;
    this.operations = operations;
    this.migrations = migrations;
  }

  public Operation operation() {
    return new Operation(NAME, List.of(new Moves()));
  }

  String start(
      Transaction transaction,
      Entity<Cluster> cluster,
      String userId,
      @Nullable String correlationId) {
    return operations
        .get()
        .start(
            transaction,
            new JobRequest(
                NAME,
                "Balancing Cluster " + cluster.value().name(),
                userId,
                correlationId,
                Map.of(CLUSTER, cluster.id())));
  }

  /** What would be done, if nothing else happened meanwhile. */
  Plan plan(String clusterId) {
    return plan(clusterId, Set.of(), Planner.Options.DEFAULT.thorough());
  }

  private Plan plan(String clusterId, Set<String> except, Planner.Options options) {
    Set<String> busy = new HashSet<>(ClusterMachines.of(platform.snapshot(), clusterId).busy());
    busy.addAll(except);
    ClusterView view = placements.view(clusterId);
    return new Planner(view.policy(), Settings.DEFAULT, options)
        .plan(new Planner.Situation(view.state(), busy, Map.of(), platform.clock().millis()));
  }

  private final class Moves implements Step {
    @Override
    public String name() {
      return "moves";
    }

    @Override
    public String description(StepContext context) {
      return "Migrating machines to hosts with less to do";
    }

    @Override
    public StepOutcome run(StepContext context) {
      String clusterId = context.get(CLUSTER);
      Set<String> moved = read(context);
      while (true) {
        Snapshot snapshot = platform.snapshot();
        if (snapshot.find(Kinds.CLUSTER, clusterId).isEmpty()) {
          return StepOutcome.failed("The cluster does not exist any more");
        }
        long moving =
            moved.stream()
                .flatMap(id -> snapshot.find(Kinds.VM, id).stream())
                .filter(ClusterMachines::moving)
                .count();
        int free = (int) (AT_ONCE - moving);
        if (free > 0) {
          List<Plan.Move> moves =
              plan(clusterId, moved, Planner.Options.DEFAULT.thorough().atMost(free, OF_HOST))
                  .moves();
          if (moves.isEmpty() && moving == 0) {
            return StepOutcome.done();
          }
          for (Plan.Move move : moves) {
            moved.add(move.machineId());
            context.put(MOVED, String.join(" ", moved));
            var _ = migrations.moveIfBetter(move.machineId(), Set.of(move.toId()), REASON);
          }
        }
        pause();
      }
    }
  }

  private static Set<String> read(StepContext context) {
    String moved = context.find(MOVED);
    return moved == null ? new HashSet<>() : new HashSet<>(Arrays.asList(moved.split(" ")));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a cluster is balanced", e);
    }
  }
}

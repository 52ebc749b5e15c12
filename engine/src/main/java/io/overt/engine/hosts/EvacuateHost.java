package io.overt.engine.hosts;

import io.overt.engine.placement.Placements;
import io.overt.engine.resource.Platform;
import io.overt.engine.vms.run.VmMigrations;
import io.overt.events.About;
import io.overt.fleet.MovingMachines;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.model.types.Vm;
import io.overt.operations.JobRequest;
import io.overt.operations.Operation;
import io.overt.operations.Operations;
import io.overt.operations.Step;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import io.overt.scheduling.balancing.Evacuation;
import io.overt.scheduling.unit.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The job that moves all machines away from a host, and the host to maintenance when none is left.
 * What does not leave is tried again until somebody activates the host.
 */
public final class EvacuateHost {
  private static final String NAME = "EvacuateHost";
  private static final String HOST = "host";
  private static final String USER_NAME = "user_name";

  /** What the machines' events give as reason. */
  private static final String REASON = "Host preparing for maintenance";

  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Before a machine that did not leave is tried again; each time twice as long. */
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);

  /** oVirt: every 300 s. */
  private static final Duration LAST_RETRY = Duration.ofMinutes(5);

  private final Platform platform;
  private final Placements placements;
  private final Supplier<Operations> operations;
  private final VmMigrations migrations;

  public EvacuateHost(
      Platform platform,
      Placements placements,
      Supplier<Operations> operations,
      VmMigrations migrations) {
    this.placements = placements;
    this.platform = platform;
    this.operations = operations;
    this.migrations = migrations;
  }

  public Operation operation() {
    return new Operation(NAME, List.of(new Evacuate()));
  }

  /** Begins, in the transaction that makes the host prepare for maintenance. */
  String start(
      Transaction transaction,
      Entity<Host> host,
      String userId,
      String userName,
      @Nullable String correlationId) {
    return operations
        .get()
        .start(
            transaction,
            new JobRequest(
                NAME,
                "Moving Host " + host.value().name() + " to Maintenance",
                userId,
                correlationId,
                Map.of(HOST, host.id(), USER_NAME, userName)));
  }

  /** One machine that is to leave. */
  private static final class Attempt {
    private long next = System.nanoTime();
    private Duration pause = FIRST_RETRY;

    boolean due() {
      return System.nanoTime() - next >= 0;
    }

    /** True when it is not the first. */
    boolean begin() {
      boolean again = pause.compareTo(FIRST_RETRY) > 0;
      next = System.nanoTime() + pause.toNanos();
      pause = pause.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : pause.multipliedBy(2);
      return again;
    }
  }

  private final class Evacuate implements Step {
    @Override
    public String name() {
      return "evacuate";
    }

    @Override
    public String description(StepContext context) {
      return "Migrating the machines of the host";
    }

    /** Ends when the host is empty, or is not to be left any more. */
    @Override
    public StepOutcome run(StepContext context) {
      String hostId = context.get(HOST);
      Map<String, Attempt> attempts = new HashMap<>();
      Map<String, String> targets = targets(hostId);
      List<String> order = List.copyOf(targets.keySet());
      boolean warned = false;
      while (true) {
        Snapshot snapshot = platform.snapshot();
        Entity<Host> host = snapshot.find(Kinds.HOST, hostId).orElse(null);
        if (host == null || host.value().status() == HostStatus.MAINTENANCE) {
          return StepOutcome.done();
        }
        if (!leaving(host)) {
          return StepOutcome.failed("The host was activated before all machines had left");
        }
        if (empty(snapshot, hostId)) {
          rest(context);
          continue;
        }
        List<Entity<Vm>> left = new ArrayList<>(snapshot.referrers(Kinds.VM, "host", hostId));
        left.sort(
            Comparator.comparingInt(
                vm -> targets.containsKey(vm.id()) ? order.indexOf(vm.id()) : order.size()));
        for (Entity<Vm> vm : left) {
          Attempt attempt = attempts.computeIfAbsent(vm.id(), id -> new Attempt());
          if (vm.internal(MovingMachines.JOB) == null && attempt.due()) {
            boolean again = attempt.begin();
            move(vm.id(), hostId, again ? null : targets.get(vm.id()), context);
            if (again && !warned) {
              warned = true;
              warn(host, context);
            }
          }
        }
        pause();
      }
    }
  }

  /** A host whose connection is lost for a while is still to be left. */
  private static boolean leaving(Entity<Host> host) {
    return Objects.equals(host.value().status(), HostStatus.PREPARING_FOR_MAINTENANCE);
  }

  /** No machine is there, and none is on its way to it. */
  private static boolean empty(Snapshot snapshot, String hostId) {
    return snapshot.referrers(Kinds.VM, "host", hostId).isEmpty()
        && snapshot.all(Kinds.VM).stream()
            .noneMatch(vm -> hostId.equals(MovingMachines.destination(vm)));
  }

  private void rest(StepContext context) {
    String hostId = context.get(HOST);
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.HOST, hostId)
                  .filter(EvacuateHost::leaving)
                  .filter(host -> empty(transaction.snapshot(), hostId))
                  .ifPresent(
                      host -> {
                        transaction.requireUnchanged(Kinds.VM);
                        transaction.update(
                            host,
                            host.value().copy().status(HostStatus.MAINTENANCE).statusDetail(null));
                        platform
                            .events()
                            .append(transaction, "VDS_MAINTENANCE", about(host, context));
                      });
              return hostId;
            });
  }

  /**
   * Where the machines are to go, the first to leave first: the largest, and those together that
   * must be. It is the first attempt that follows the plan; later ones take what there is by then.
   */
  private Map<String, String> targets(String hostId) {
    Map<String, String> targets = new LinkedHashMap<>();
    platform
        .snapshot()
        .find(Kinds.HOST, hostId)
        .map(host -> host.value().cluster())
        .map(cluster -> placements.view(cluster.requireId()))
        .filter(view -> view.state().index(hostId) >= 0)
        .map(
            view ->
                Evacuation.plan(
                    view.state(),
                    view.policy(),
                    Settings.DEFAULT,
                    hostId,
                    platform.clock().millis()))
        .ifPresent(
            plan -> plan.moves().forEach(move -> targets.put(move.machineId(), move.toId())));
    return targets;
  }

  private void move(String vmId, String hostId, @Nullable String target, StepContext context) {
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.VM, vmId)
                  .filter(vm -> vm.value().host() != null && hostId.equals(vm.value().host().id()))
                  .ifPresent(
                      vm -> {
                        var _ =
                            migrations.evacuate(
                                transaction, vm, target, REASON, context.correlationId());
                      });
              return vmId;
            });
  }

  private void warn(Entity<Host> host, StepContext context) {
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              platform
                  .events()
                  .append(
                      transaction, "USER_VDS_MAINTENANCE_MIGRATION_FAILED", about(host, context));
              return host.id();
            });
  }

  private static About about(Entity<Host> host, StepContext context) {
    return About.object(host.value())
        .with("UserName", context.get(USER_NAME))
        .correlated(context.correlationId());
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a host is being left", e);
    }
  }
}

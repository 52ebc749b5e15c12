package io.overt.engine.vms.run;

import io.overt.engine.placement.Placements;
import io.overt.engine.resource.Platform;
import io.overt.events.About;
import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostUnreachable;
import io.overt.fleet.MovingMachines;
import io.overt.fleet.Reports;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.operations.Operation;
import io.overt.operations.Step;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import io.overt.scheduling.Explanation;
import io.overt.scheduling.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The job that moves a running machine to another host: place, begin, await, finish. The hosts move
 * it by themselves; the fleet notices when it has left. A move that failed leaves it where it is,
 * and is tried with another host unless the user named one.
 */
final class MigrateVm {
  static final String NAME = "MigrateVm";

  /** Keys of the job's data: the machine, who asked for it, and what for. */
  static final String VM = "vm";

  static final String USER = "user";
  static final String USER_NAME = "user_name";

  /** The only host to be considered. */
  static final String REQUESTED = "requested";

  /** The hosts to be considered, separated by blanks; absent for all. */
  static final String ALLOWED = "allowed";

  /** Set when its host is to be left by all. */
  static final String LEAVING = "leaving";

  static final String CLUSTER = "cluster";

  /** Set when the machines that must be with it migrate too. */
  static final String TOGETHER = "together";

  /** Why the engine itself asked for it; absent when a user did. */
  static final String REASON = "reason";

  /** Private attribute of a machine whose move is not wanted any more. */
  static final String CANCELLED = "migration_cancelled";

  private static final String SOURCE = "source";
  private static final String DESTINATION = "destination";
  private static final String EXCLUDED = "excluded";
  private static final String FAULT = "fault";
  private static final String BEGAN = "began";
  private static final String TRIED = "tried";

  /** For how many milliseconds the guest stood still. */
  private static final String DOWNTIME = "downtime";

  /** oVirt: MaxRerunVmOnVdsCount. */
  private static final int ATTEMPTS = 3;

  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final MigrationEvents events;
  private final SourceHost source;
  private final Placing placing;

  MigrateVm(Platform platform, Supplier<Fleet> fleet, Placements placements) {
    this.platform = platform;
    this.placing = new Placing(placements, platform.clock());
    this.fleet = fleet;
    this.events = new MigrationEvents(platform);
    this.source = new SourceHost(fleet);
  }

  Operation operation() {
    return new Operation(NAME, List.of(new Place(), new Begin(), new Await(), new Finish()));
  }

  /** What placement would say now, without placing. */
  Placement preview(
      Snapshot snapshot, List<Entity<Vm>> vms, @Nullable String host, @Nullable String cluster) {
    return placing.find(
        snapshot,
        new Placing.Question(
            vms.stream().map(vm -> parts(snapshot, vm, cluster)).toList(),
            Set.of(hostOf(vms.getFirst())),
            host == null ? null : Set.of(host),
            false));
  }

  /** The hosts on which the machines could be together, the one that the first is on left out. */
  Set<String> targets(Snapshot snapshot, List<Entity<Vm>> vms) {
    Explanation explanation =
        placing.explain(
            snapshot,
            new Placing.Question(
                vms.stream().map(vm -> VmParts.of(snapshot, vm)).toList(),
                Set.of(hostOf(vms.getFirst())),
                null,
                false));
    return explanation.hosts().stream()
        .filter(host -> host.place() > 0)
        .map(Explanation.HostVerdict::hostId)
        .collect(Collectors.toSet());
  }

  /** Where the machine would best be, its own host included if that is one of them. */
  Placement best(Snapshot snapshot, Entity<Vm> vm, Set<String> hosts) {
    return placing.find(
        snapshot, new Placing.Question(List.of(VmParts.of(snapshot, vm)), Set.of(), hosts, false));
  }

  private static VmParts parts(Snapshot snapshot, Entity<Vm> vm, @Nullable String cluster) {
    VmParts parts = VmParts.of(snapshot, vm);
    return cluster == null
        ? parts
        : snapshot.find(Kinds.CLUSTER, cluster).map(other -> parts.in(other.value())).orElse(parts);
  }

  private static String hostOf(Entity<Vm> vm) {
    Host host = vm.value().host();
    return host == null ? "" : host.requireId();
  }

  private static VmStatus statusOf(Entity<Vm> vm) {
    return Objects.requireNonNullElse(vm.value().status(), VmStatus.DOWN);
  }

  /** The machine, as long as this job may move it. */
  private Optional<Entity<Vm>> own(Optional<Entity<Vm>> vm, StepContext context) {
    return vm.filter(found -> context.jobId().equals(found.internal(MovingMachines.JOB)));
  }

  private Optional<Entity<Vm>> own(StepContext context) {
    return own(platform.snapshot().find(Kinds.VM, context.get(VM)), context);
  }

  private static StepOutcome failed(StepContext context, String message) {
    context.put(FAULT, message);
    return StepOutcome.failed(message);
  }

  private static boolean cancelled(Entity<Vm> vm) {
    return vm.internal(CANCELLED) != null;
  }

  private static @Nullable Set<String> allowed(StepContext context) {
    String hosts = context.find(ALLOWED);
    return hosts == null ? null : Set.of(hosts.split(" "));
  }

  /** The machine runs on the host that it was to go to. */
  private static boolean handedOver(Entity<Vm> vm, StepContext context) {
    return hostOf(vm).equals(context.find(DESTINATION));
  }

  private static StepOutcome ended(StepContext context) {
    return failed(context, "The machine stopped, or does not exist any more");
  }

  private final class Place implements Step {
    @Override
    public String name() {
      return "place";
    }

    @Override
    public String description(StepContext context) {
      return "Choosing a host";
    }

    @Override
    public StepOutcome run(StepContext context) {
      return placing.claiming(
          claims ->
              platform
                  .inventory()
                  .writeRetrying(transaction -> place(transaction, claims, context)));
    }

    private StepOutcome place(
        Transaction transaction, Placements.Claims claims, StepContext context) {
      Entity<Vm> vm = own(transaction.find(Kinds.VM, context.get(VM)), context).orElse(null);
      if (vm == null || statusOf(vm) == VmStatus.DOWN || vm.value().host() == null) {
        return ended(context);
      }
      if (cancelled(vm)) {
        return failed(context, "Migration canceled");
      }
      Set<String> excluded = new TreeSet<>(excluded(context));
      if (excluded.size() >= ATTEMPTS) {
        return failed(context, Objects.requireNonNullElse(context.find(FAULT), "Migration failed"));
      }
      excluded.add(hostOf(vm));
      String requested = context.find(REQUESTED);
      Placement placement =
          placing.claim(
              claims,
              transaction.snapshot(),
              new Placing.Question(
                  List.of(parts(transaction.snapshot(), vm, context.find(CLUSTER))),
                  excluded,
                  requested == null ? allowed(context) : Set.of(requested),
                  context.find(TOGETHER) != null));
      return switch (placement) {
        case Placement.Refused refused -> {
          String before = context.find(FAULT);
          yield failed(context, before == null ? refused.explanation() : before);
        }
        case Placement.Chosen chosen -> claim(transaction, vm, chosen.hostId(), context);
      };
    }

    private StepOutcome claim(
        Transaction transaction, Entity<Vm> vm, String destination, StepContext context) {
      Map<String, String> internals = new HashMap<>(vm.internals());
      internals.put(MovingMachines.DESTINATION, destination);
      transaction.update(vm, vm.value().copy().status(VmStatus.MIGRATING), internals);
      transaction.require(
          "host " + destination + " has room for machine " + vm.id(),
          newest -> placing.fits(newest, vm.id(), destination, context.find(TOGETHER) != null));
      context.put(SOURCE, hostOf(vm));
      context.put(DESTINATION, destination);
      if (context.find(BEGAN) == null) {
        context.put(BEGAN, platform.clock().instant().toString());
        events.begin(transaction, vm, moving(context));
      }
      return StepOutcome.done();
    }

    /** Whatever became of it, the machine belongs to nobody's job any more. */
    @Override
    public void compensate(StepContext context) {
      platform
          .inventory()
          .writeRetrying(
              transaction -> {
                own(transaction.find(Kinds.VM, context.get(VM)), context)
                    .ifPresent(vm -> giveUp(transaction, vm, context));
                return context.jobId();
              });
    }
  }

  private void giveUp(Transaction transaction, Entity<Vm> vm, StepContext context) {
    if (handedOver(vm, context)) {
      finish(transaction, vm, context);
      return;
    }
    Vm left = vm.value().copy();
    if (statusOf(vm) == VmStatus.MIGRATING) {
      String reported = fleet.get().reports().machine(vm.id()).text("status");
      left.status("Paused".equals(reported) ? VmStatus.PAUSED : VmStatus.UP);
    }
    transaction.update(vm, left, without(vm));
    events.failed(
        transaction, vm, moving(context), Objects.requireNonNullElse(context.find(FAULT), ""));
  }

  private static Map<String, String> without(Entity<Vm> vm) {
    Map<String, String> internals = new HashMap<>(vm.internals());
    internals.remove(MovingMachines.JOB);
    internals.remove(MovingMachines.DESTINATION);
    internals.remove(CANCELLED);
    return internals;
  }

  private void finish(Transaction transaction, Entity<Vm> vm, StepContext context) {
    Vm moved = vm.value().copy();
    String cluster = context.find(CLUSTER);
    if (cluster != null && transaction.find(Kinds.CLUSTER, cluster).isPresent()) {
      moved.cluster(new Cluster().id(cluster));
    }
    transaction.update(vm, moved, without(vm));
    String downtime = context.find(DOWNTIME);
    events.done(
        transaction,
        vm,
        moving(context),
        downtime == null
            ? fleet.get().reports().machine(vm.id()).number("migrationDowntime")
            : Long.valueOf(downtime));
  }

  private final class Begin implements Step {
    @Override
    public String name() {
      return "begin";
    }

    @Override
    public String description(StepContext context) {
      return "Asking host " + hostName(context.find(SOURCE)) + " to migrate the machine";
    }

    @Override
    public StepOutcome run(StepContext context) {
      Entity<Vm> vm = own(context).orElse(null);
      if (vm == null || statusOf(vm) == VmStatus.DOWN) {
        return ended(context);
      }
      if (handedOver(vm, context)) {
        return StepOutcome.done();
      }
      if (cancelled(vm)) {
        return failed(context, "Migration canceled");
      }
      Snapshot snapshot = platform.snapshot();
      Entity<Host> from = snapshot.find(Kinds.HOST, context.get(SOURCE)).orElse(null);
      Entity<Host> to = snapshot.find(Kinds.HOST, context.get(DESTINATION)).orElse(null);
      if (from == null || to == null) {
        return failed(context, "A host of the migration does not exist any more");
      }
      VmParts parts = parts(snapshot, vm, context.find(CLUSTER));
      try {
        source.migrate(
            from.id(), vm.id(), parameters(snapshot, parts, from, to), context.correlationId());
        return StepOutcome.done();
      } catch (HostCallFailed e) {
        return elsewhere(context, String.valueOf(e.getMessage()));
      } catch (HostUnreachable e) {
        // It may have heard the request: that is found out with its next word.
        return StepOutcome.done();
      }
    }
  }

  private Map<String, Object> parameters(
      Snapshot snapshot, VmParts parts, Entity<Host> from, Entity<Host> to) {
    Reports reports = fleet.get().reports();
    return new MigrationParameters(parts.vm().value(), parts.cluster())
        .between(
            new MigrationParameters.End(
                from.value(), reports.capabilities(from.id()), reports.host(from.id())),
            new MigrationParameters.End(
                to.value(), reports.capabilities(to.id()), reports.host(to.id())),
            MigrationNetwork.of(snapshot, parts.cluster().requireId()),
            "Paused".equals(reports.machine(parts.vm().id()).text("status")));
  }

  private final class Await implements Step {
    @Override
    public String name() {
      return "await";
    }

    @Override
    public String description(StepContext context) {
      return "Migrating the machine to host " + hostName(context.find(DESTINATION));
    }

    @Override
    public StepOutcome run(StepContext context) {
      Moving moving = moving(context);
      SourceHost.Watch watch = source.watch(moving.source(), context.get(VM), context::progress);
      while (true) {
        Entity<Vm> vm = own(context).orElse(null);
        if (vm == null || statusOf(vm) == VmStatus.DOWN) {
          return ended(context);
        }
        if (handedOver(vm, context)) {
          if (statusOf(vm) != VmStatus.MIGRATING) {
            return StepOutcome.done();
          }
          watch.pause();
          continue;
        }
        Optional<String> failure = watch.look(cancelled(vm));
        if (failure.isPresent()) {
          // What the other host reported meanwhile counts more.
          boolean gone = own(context).filter(now -> handedOver(now, context)).isPresent();
          if (!gone) {
            return cancelled(vm)
                ? failed(context, failure.get())
                : elsewhere(context, failure.get());
          }
        }
      }
    }
  }

  private final class Finish implements Step {
    @Override
    public String name() {
      return "finish";
    }

    @Override
    public String description(StepContext context) {
      return "Releasing the machine on host " + hostName(context.find(SOURCE));
    }

    /** A host that gives no answer is asked again with its next report. */
    @Override
    public StepOutcome run(StepContext context) {
      source
          .release(context.get(SOURCE), context.get(VM), context.correlationId())
          .or(() -> source.downtime(context.get(DESTINATION), context.get(VM)))
          .ifPresent(downtime -> context.put(DOWNTIME, downtime.toString()));
      platform
          .inventory()
          .writeRetrying(
              transaction -> {
                own(transaction.find(Kinds.VM, context.get(VM)), context)
                    .ifPresent(vm -> finish(transaction, vm, context));
                return context.jobId();
              });
      return StepOutcome.done();
    }
  }

  /** This host will not do; another one may, unless the user wanted this one. */
  private StepOutcome elsewhere(StepContext context, String reason) {
    context.put(FAULT, reason);
    if (context.find(REQUESTED) != null) {
      return StepOutcome.failed(reason);
    }
    Set<String> excluded = new TreeSet<>(excluded(context));
    excluded.add(context.get(DESTINATION));
    context.put(EXCLUDED, String.join(",", excluded));
    String tried = context.find(TRIED);
    if (!context.get(DESTINATION).equals(tried)) {
      context.put(TRIED, context.get(DESTINATION));
      platform
          .inventory()
          .writeRetrying(
              transaction -> {
                transaction
                    .find(Kinds.VM, context.get(VM))
                    .ifPresent(vm -> events.again(transaction, vm, moving(context), reason));
                return reason;
              });
    }
    return new StepOutcome.BackTo("place", reason);
  }

  private static Set<String> excluded(StepContext context) {
    String text = context.find(EXCLUDED);
    return text == null ? Set.of() : Set.of(text.split(","));
  }

  private String hostName(@Nullable String id) {
    return id == null
        ? "?"
        : platform.snapshot().find(Kinds.HOST, id).map(host -> host.value().name()).orElse(id);
  }

  /** The facts of a move that its events tell. */
  record Moving(
      @Nullable String source,
      @Nullable String destination,
      @Nullable String user,
      @Nullable String userName,
      @Nullable String reason,
      boolean requested,
      boolean leaving,
      @Nullable Instant began,
      @Nullable String correlationId) {

    Duration took(Instant now) {
      return began == null ? Duration.ZERO : Duration.between(began, now);
    }

    About by(About about) {
      return user == null || userName == null
          ? about.correlated(correlationId)
          : about.by(user, userName).correlated(correlationId);
    }
  }

  private static Moving moving(StepContext context) {
    String began = context.find(BEGAN);
    return new Moving(
        context.find(SOURCE),
        context.find(DESTINATION),
        context.find(USER),
        context.find(USER_NAME),
        context.find(REASON),
        context.find(REQUESTED) != null,
        context.find(LEAVING) != null,
        began == null ? null : Instant.parse(began),
        context.correlationId());
  }
}

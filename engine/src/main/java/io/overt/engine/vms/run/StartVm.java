package io.overt.engine.vms.run;

import io.overt.engine.disks.MemoryDisks;
import io.overt.engine.placement.Placements;
import io.overt.engine.resource.PatientCalls;
import io.overt.engine.resource.Platform;
import io.overt.events.About;
import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostUnreachable;
import io.overt.fleet.Report;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.operations.Operation;
import io.overt.operations.Operations;
import io.overt.operations.Step;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import io.overt.scheduling.Placement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The job that starts a machine: place, create, await. A host that fails is left out and another
 * one tried, up to {@link #ATTEMPTS} times; a host that falls silent in between keeps the machine,
 * in state unknown, since it may be running there.
 */
public final class StartVm {
  public static final String NAME = "StartVm";

  /** Key of the job's data: the machine's id. */
  public static final String VM = "vm";

  /** Keys of the job's data: who asked for it. */
  static final String USER = "user";

  static final String USER_NAME = "user_name";

  /** Private attribute of a machine while a job starts it: the job's id. */
  static final String START_JOB = "start_job";

  private static final String HOST = "host";
  private static final String EXCLUDED = "excluded";
  private static final String SILENT = "silent";

  /** Key of the job's data: why it did not work so far. */
  private static final String FAULT = "fault";

  /** VDSM's reasons of an end before the guest ran: error, not started, destroyed meanwhile. */
  private static final Set<Long> NEVER_RAN = Set.of(1L, 3L, 10L);

  /** oVirt: MaxRerunVmOnVdsCount. */
  private static final int ATTEMPTS = 3;

  private static final Duration CREATE_DEADLINE = Duration.ofSeconds(60);
  private static final Duration UP_DEADLINE = Duration.ofMinutes(3);

  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final Supplier<Operations> operations;
  private final Placing placing;

  public StartVm(
      Platform platform,
      Supplier<Fleet> fleet,
      Supplier<Operations> operations,
      Placements placements) {
    this.platform = platform;
    this.placing = new Placing(placements, platform.clock());
    this.fleet = fleet;
    this.operations = operations;
  }

  public Operation operation() {
    return new Operation(NAME, List.of(new Place(), new Create(), new AwaitUp()));
  }

  /** What placement would say now, without placing. */
  Placement preview(Snapshot snapshot, VmParts parts) {
    return placing.find(snapshot, Placing.Question.of(parts));
  }

  private Optional<Entity<Vm>> vm(StepContext context) {
    return platform.snapshot().find(Kinds.VM, context.get(VM));
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
      Set<String> excluded = excluded(context);
      if (excluded.size() >= ATTEMPTS) {
        return StepOutcome.failed("The machine failed to start on " + excluded.size() + " hosts");
      }
      return placing.claiming(
          claims ->
              platform
                  .inventory()
                  .writeRetrying(transaction -> place(transaction, claims, context, excluded)));
    }

    private StepOutcome place(
        Transaction transaction,
        Placements.Claims claims,
        StepContext context,
        Set<String> excluded) {
      Entity<Vm> vm = transaction.find(Kinds.VM, context.get(VM)).orElse(null);
      if (vm == null) {
        return StepOutcome.failed("The machine no longer exists");
      }
      Snapshot snapshot = transaction.snapshot();
      Placing.Question question = Placing.Question.of(VmParts.of(snapshot, vm)).excluding(excluded);
      return switch (placing.claim(claims, snapshot, question)) {
        case Placement.Refused refused -> refused(context, refused.explanation());
        case Placement.Chosen chosen -> claim(transaction, vm, chosen.hostId(), context);
      };
    }

    private static StepOutcome refused(StepContext context, String explanation) {
      String before = context.find(FAULT);
      String reason =
          "No host fits: " + explanation + (before == null ? "" : "\nBefore that: " + before);
      context.put(FAULT, reason);
      return StepOutcome.failed(reason);
    }

    /** Other nodes place too: what they claimed meanwhile must leave room. */
    private StepOutcome claim(
        Transaction transaction, Entity<Vm> vm, String hostId, StepContext context) {
      transaction.update(
          vm, vm.value().copy().status(VmStatus.WAIT_FOR_LAUNCH).host(new Host().id(hostId)));
      transaction.require(
          "host " + hostId + " has room for machine " + vm.id(),
          newest -> placing.fits(newest, vm.id(), hostId, false));
      context.put(HOST, hostId);
      return StepOutcome.done();
    }

    @Override
    public void compensate(StepContext context) {
      boolean silent = context.find(SILENT) != null;
      platform
          .inventory()
          .writeRetrying(
              transaction -> {
                transaction
                    .find(Kinds.VM, context.get(VM))
                    .filter(vm -> context.jobId().equals(vm.internal(START_JOB)))
                    .ifPresent(vm -> giveUp(transaction, vm, silent, context));
                return context.jobId();
              });
    }
  }

  private void giveUp(Transaction transaction, Entity<Vm> vm, boolean silent, StepContext context) {
    Vm stopped = vm.value().copy();
    Map<String, String> internals = without(vm.internals(), START_JOB);
    if (silent) {
      // The guest may have gone on from its memory, which then no longer fits its disks.
      internals = settled(transaction, vm, context);
      stopped.status(VmStatus.UNKNOWN);
    } else {
      boolean suspended =
          internals.containsKey(SuspendVm.MEMORY)
              && !internals.containsKey(SuspendVm.SNAPSHOT_MEMORY);
      stopped
          .status(suspended ? VmStatus.SUSPENDED : VmStatus.DOWN)
          .host(null)
          .startTime(null)
          .stopTime(platform.clock().instant());
    }
    transaction.update(vm, stopped, internals);
    String fault = context.find(FAULT);
    platform
        .events()
        .append(
            transaction,
            "USER_FAILED_RUN_VM",
            About.object(vm.value())
                .with("DueToError", fault == null ? "" : " due to an error: " + fault)
                .by(context.get(USER), context.get(USER_NAME))
                .correlated(context.correlationId()));
  }

  private final class Create implements Step {
    @Override
    public String name() {
      return "create";
    }

    @Override
    public String description(StepContext context) {
      return "Starting the machine on host " + hostName(context);
    }

    @Override
    public StepOutcome run(StepContext context) {
      Entity<Vm> vm = vm(context).orElse(null);
      if (vm == null) {
        return StepOutcome.failed("The machine no longer exists");
      }
      String host = context.get(HOST);
      VmParts parts = VmParts.of(platform.snapshot(), vm);
      String xml = DomainXml.of(parts, platform.customProperties(), Media.of(parts));
      fleet.get().reports().forgetMachine(vm.id());
      try {
        create(host, vm, xml, context);
        return StepOutcome.done();
      } catch (HostCallFailed e) {
        return e.code() == HostCallFailed.VM_EXISTS
            ? StepOutcome.done()
            : elsewhere(context, String.valueOf(e.getMessage()));
      } catch (HostUnreachable e) {
        return silent(context, String.valueOf(e.getMessage()));
      }
    }

    /** Asked twice, the host says that the machine exists. */
    private void create(String host, Entity<Vm> vm, String xml, StepContext context) {
      Map<String, Object> parameters = new HashMap<>();
      parameters.put("vmId", vm.id());
      parameters.put("xml", xml);
      String memory = vm.internal(SuspendVm.MEMORY);
      if (memory != null) {
        boolean snapshot = vm.internals().containsKey(SuspendVm.SNAPSHOT_MEMORY);
        parameters.put(
            snapshot ? "memoryDumpVolume" : "hiberVolHandle",
            MemoryDisks.handle(platform.snapshot(), memory));
      }
      new PatientCalls(fleet, host, CREATE_DEADLINE, context.correlationId())
          .call("VM.create", Map.of("vmID", vm.id(), "vmParams", parameters));
    }

    /** Only what is known not to run may be started again, so a silent host keeps its machine. */
    @Override
    public void compensate(StepContext context) {
      if (context.find(SILENT) == null && !released(context)) {
        context.put(SILENT, "true");
      }
    }
  }

  /** Makes sure that the host does not run the machine; false when it gives no answer. */
  private boolean released(StepContext context) {
    String host = context.find(HOST);
    if (host == null) {
      return true;
    }
    try {
      fleet
          .get()
          .host(host)
          .call(
              "VM.destroy",
              Map.of("vmID", context.get(VM)),
              CREATE_DEADLINE,
              context.correlationId());
      return true;
    } catch (HostCallFailed e) {
      return e.code() == HostCallFailed.NO_SUCH_VM;
    } catch (HostUnreachable e) {
      return false;
    }
  }

  private final class AwaitUp implements Step {
    @Override
    public String name() {
      return "up";
    }

    @Override
    public String description(StepContext context) {
      return "Waiting for the machine on host " + hostName(context);
    }

    @Override
    public StepOutcome run(StepContext context) {
      String vmId = context.get(VM);
      Optional<Report> report =
          fleet.get().reports().awaitMachine(vmId, StartVm::decided, UP_DEADLINE);
      if (report.isEmpty()) {
        return silent(
            context,
            "The host did not report the machine within " + UP_DEADLINE.toSeconds() + " s");
      }
      if ("Down".equals(report.get().text("status"))) {
        String message = report.get().text("exitMessage");
        if (!released(context)) {
          return silent(context, "The host gave no answer after the machine had stopped there");
        }
        if (!NEVER_RAN.contains(
            Objects.requireNonNullElse(report.get().number("exitReason"), 0L))) {
          forgetMemory(context);
        }
        return elsewhere(context, message == null ? "The machine stopped at once" : message);
      }
      platform
          .inventory()
          .writeRetrying(
              transaction -> {
                transaction.find(Kinds.VM, vmId).ifPresent(vm -> started(transaction, vm, context));
                return vmId;
              });
      return StepOutcome.done();
    }
  }

  /** The guest ran for a moment: its disks may have changed since its memory was saved. */
  private void forgetMemory(StepContext context) {
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.VM, context.get(VM))
                  .filter(vm -> vm.internals().containsKey(SuspendVm.MEMORY))
                  .ifPresent(
                      vm -> {
                        Map<String, String> left = settled(transaction, vm, context);
                        left.put(START_JOB, context.jobId());
                        transaction.update(vm, vm.value(), left);
                      });
              return context.jobId();
            });
  }

  private static boolean decided(Report report) {
    String status = report.text("status");
    return status != null && !status.equals("WaitForLaunch") && !status.equals("Restoring state");
  }

  private void started(Transaction transaction, Entity<Vm> vm, StepContext context) {
    Vm value = vm.value().copy();
    if (value.startTime() == null) {
      value.startTime(platform.clock().instant());
    }
    transaction.update(vm, value, settled(transaction, vm, context));
  }

  /** Without the memory that the guest went on from: it must never go on from there again. */
  private Map<String, String> settled(Transaction transaction, Entity<Vm> vm, StepContext context) {
    Map<String, String> internals = without(vm.internals(), START_JOB);
    internals.put(Media.INITIALIZED, "true");
    return SuspendVm.withoutMemory(
        transaction, internals, operations.get(), context.get(USER), context.correlationId());
  }

  /** This host will not do; it is not asked again in this job. */
  private static StepOutcome elsewhere(StepContext context, String reason) {
    Set<String> excluded = new TreeSet<>(excluded(context));
    excluded.add(context.get(HOST));
    context.put(EXCLUDED, String.join(",", excluded));
    context.put(FAULT, reason);
    return new StepOutcome.BackTo("place", reason);
  }

  /** The host fell silent: the machine may be running there, so no other host may start it. */
  private static StepOutcome silent(StepContext context, String reason) {
    context.put(SILENT, "true");
    context.put(FAULT, reason);
    return StepOutcome.failed(reason);
  }

  private static Set<String> excluded(StepContext context) {
    String text = context.find(EXCLUDED);
    return text == null ? Set.of() : Set.of(text.split(","));
  }

  private String hostName(StepContext context) {
    String id = context.find(HOST);
    return id == null
        ? "?"
        : platform.snapshot().find(Kinds.HOST, id).map(host -> host.value().name()).orElse(id);
  }

  static Map<String, String> without(Map<String, String> internals, String key) {
    Map<String, String> left = new HashMap<>(internals);
    left.remove(key);
    return left;
  }
}

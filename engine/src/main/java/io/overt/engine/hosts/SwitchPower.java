package io.overt.engine.hosts;

import io.overt.access.session.Caller;
import io.overt.engine.resource.Platform;
import io.overt.events.About;
import io.overt.fleet.Fleet;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.model.types.PowerManagementStatus;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.operations.JobRequest;
import io.overt.operations.Operation;
import io.overt.operations.Operations;
import io.overt.operations.Step;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The job that switches a host off, on, or off and on again: what oVirt calls fencing. */
public final class SwitchPower {
  /** Private attribute of a host whose power is the cluster's policy's concern, not a user's. */
  public static final String BY_POLICY = "power_by_policy";

  private static final String NAME = "SwitchHostPower";
  private static final String HOST = "host";
  private static final String CHANGE = "change";
  private static final String BEFORE = "before";
  private static final String AFTER = "after";
  private static final String USER_ID = "user_id";
  private static final String USER_NAME = "user_name";

  /** States in which pulling the plug takes nothing from anybody. */
  private static final Set<HostStatus> ALLOWED =
      EnumSet.of(
          HostStatus.MAINTENANCE,
          HostStatus.DOWN,
          HostStatus.NON_RESPONSIVE,
          HostStatus.INSTALL_FAILED,
          HostStatus.KDUMPING);

  /** What can be done to a host's power. */
  public enum Change {
    START(false, true),
    STOP(true, false),
    RESTART(true, true);

    private final boolean off;
    private final boolean on;

    Change(boolean off, boolean on) {
      this.off = off;
      this.on = on;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Platform platform;
  private final Supplier<Operations> operations;
  private final Supplier<Fleet> fleet;
  private final HostPower power;

  public SwitchPower(Platform platform, Supplier<Fleet> fleet, Supplier<Operations> operations) {
    this.platform = platform;
    this.operations = operations;
    this.fleet = fleet;
    this.power = new HostPower(platform, fleet);
  }

  public Operation operation() {
    return new Operation(NAME, List.of(new Switch(false), new Switch(true)));
  }

  /** Whether a host has power management that can be used. */
  public static boolean managed(Snapshot snapshot, Entity<Host> host) {
    return HostPower.managed(snapshot, host);
  }

  /** What the host's power management says now. */
  PowerManagementStatus status(Entity<Host> host) {
    requireManaged(platform.snapshot(), host, "ask for the power of");
    try {
      return power.status(host);
    } catch (HostPower.PowerFailed e) {
      throw ApiFault.conflict(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Begins, with the transaction; the host counts as rebooting until it is done.
   *
   * @param by who wants it; null for the cluster's policy
   * @param rest whether a host that was started stays in maintenance
   * @return the job
   */
  public String start(
      Transaction transaction,
      Entity<Host> host,
      Change change,
      boolean rest,
      @Nullable Caller by) {
    HostStatus before = HostRules.status(host.value());
    requireManaged(transaction.snapshot(), host, change.word());
    if (!ALLOWED.contains(before)) {
      throw ApiFault.conflict(
          "Cannot %s host '%s' while it is %s; move it to maintenance first."
              .formatted(change.word(), host.value().name(), before.wire()));
    }
    boolean stays = rest || (by != null && before == HostStatus.MAINTENANCE);
    Map<String, String> data = new HashMap<>();
    data.put(HOST, host.id());
    data.put(CHANGE, change.name());
    data.put(BEFORE, before.name());
    data.put(
        AFTER,
        (change == Change.STOP
                ? HostStatus.DOWN
                : stays ? HostStatus.MAINTENANCE : HostStatus.UNASSIGNED)
            .name());
    if (by != null) {
      data.put(USER_ID, by.userId());
      data.put(USER_NAME, by.principalName());
    }
    Map<String, String> internals = new HashMap<>(host.internals());
    if (by == null) {
      internals.put(BY_POLICY, "true");
    } else {
      internals.remove(BY_POLICY);
    }
    Entity<Host> changed =
        transaction.update(
            host, host.value().copy().status(HostStatus.REBOOT).statusDetail(null), internals);
    platform
        .events()
        .append(
            transaction,
            "FENCE_OPERATION_STARTED",
            About.object(changed.value())
                .with("Action", change.word())
                .correlated(by == null ? null : by.correlationId()));
    return operations
        .get()
        .start(
            transaction,
            new JobRequest(
                NAME,
                "Power management: %s of Host %s".formatted(change.word(), host.value().name()),
                by == null ? null : by.userId(),
                by == null ? null : by.correlationId(),
                data));
  }

  private static void requireManaged(Snapshot snapshot, Entity<Host> host, String what) {
    if (!HostPower.managed(snapshot, host)) {
      throw ApiFault.conflict(
          "Cannot %s host '%s': its power management is not enabled, or it has no fence agent."
              .formatted(what, host.value().name()));
    }
  }

  /** What ran on a host that was without power does not run any more. */
  static void lost(Platform platform, Transaction transaction, String hostId) {
    for (Entity<Vm> vm : transaction.snapshot().referrers(Kinds.VM, "host", hostId)) {
      transaction.update(
          vm,
          vm.value()
              .copy()
              .status(VmStatus.DOWN)
              .host(null)
              .startTime(null)
              .stopTime(platform.clock().instant()));
    }
  }

  private final class Switch implements Step {
    private final boolean on;

    Switch(boolean on) {
      this.on = on;
    }

    @Override
    public String name() {
      return on ? "on" : "off";
    }

    @Override
    public String description(StepContext context) {
      return "Switching the host " + name();
    }

    @Override
    public StepOutcome run(StepContext context) {
      Change change = Change.valueOf(context.get(CHANGE));
      if (on ? !change.on : !change.off) {
        return StepOutcome.done();
      }
      Entity<Host> host = platform.snapshot().find(Kinds.HOST, context.get(HOST)).orElse(null);
      if (host == null) {
        return StepOutcome.failed("The host does not exist any more");
      }
      try {
        power.change(host, on ? PowerManagementStatus.ON : PowerManagementStatus.OFF);
      } catch (HostPower.PowerFailed e) {
        return StepOutcome.failed(String.valueOf(e.getMessage()));
      }
      if (!on) {
        write(context, (transaction, now) -> lost(platform, transaction, now.id()));
      }
      if (on || !change.on) {
        write(context, (transaction, now) -> done(transaction, now, change, context));
        fleet.get().refresh(host.id());
      }
      return StepOutcome.done();
    }

    /** Whatever the host is now, it is not on its way any more. */
    @Override
    public void compensate(StepContext context) {
      Change change = Change.valueOf(context.get(CHANGE));
      write(
          context,
          (transaction, host) -> {
            if (host.value().status() != HostStatus.REBOOT) {
              return;
            }
            Host back = host.value().copy().status(HostStatus.valueOf(context.get(BEFORE)));
            transaction.update(host, back);
            platform
                .events()
                .append(
                    transaction,
                    "FENCE_OPERATION_FAILED",
                    about(host, context).with("Action", change.word()));
            report(transaction, host, "USER_FAILED_VDS_" + change, context);
          });
    }
  }

  private void done(
      Transaction transaction, Entity<Host> host, Change change, StepContext context) {
    if (host.value().status() != HostStatus.REBOOT) {
      return;
    }
    transaction.update(host, host.value().copy().status(HostStatus.valueOf(context.get(AFTER))));
    platform
        .events()
        .append(
            transaction,
            "FENCE_OPERATION_SUCCEEDED",
            about(host, context).with("Action", change.word()));
    report(transaction, host, "USER_VDS_" + change, context);
  }

  /** What a user wanted is told as the user's; what a policy wanted has an event of its own. */
  private void report(
      Transaction transaction, Entity<Host> host, String event, StepContext context) {
    if (context.find(USER_ID) != null) {
      platform
          .events()
          .append(
              transaction,
              event,
              about(host, context).by(context.get(USER_ID), context.get(USER_NAME)));
    }
  }

  private static About about(Entity<Host> host, StepContext context) {
    return About.object(host.value()).correlated(context.correlationId());
  }

  private interface HostChange {
    void apply(Transaction transaction, Entity<Host> host);
  }

  private void write(StepContext context, HostChange change) {
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.HOST, context.get(HOST))
                  .ifPresent(host -> change.apply(transaction, host));
              return NAME;
            });
  }
}

package io.overt.fleet;

import io.overt.events.About;
import io.overt.events.EventLog;
import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kinds;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes which scripts ran on the hosts that this node watches. What runs at every sample is told
 * only when it fails, and not every time.
 */
final class HookEvents {
  private static final Pattern SAMPLING = Pattern.compile("(before|after)_get_.*|.*_by_caps");
  private static final int MOST_ERRORS = 1_000;

  private final Inventory inventory;
  private final EventLog events;
  private final HostLeases leases;

  HookEvents(Inventory inventory, EventLog events, HostLeases leases) {
    this.inventory = inventory;
    this.events = events;
    this.leases = leases;
  }

  /**
   * A script ran.
   *
   * @param values as the agent tells them: point, script, exitCode, milliseconds, errors, vmId
   */
  void ran(Entity<Host> host, Map<String, Object> values) {
    Report run = new Report(values, Instant.EPOCH);
    String point = run.text("point");
    Long exitCode = run.number("exitCode");
    if (point == null || exitCode == null || !leases.held(host.id())) {
      return;
    }
    boolean sampling = SAMPLING.matcher(point).matches();
    if (sampling && exitCode == 0) {
      return;
    }
    String type =
        exitCode == 0
            ? "HOST_HOOK_RAN"
            : sampling ? "HOST_SAMPLING_HOOK_FAILED" : "HOST_HOOK_FAILED";
    Optional<Vm> machine =
        Optional.ofNullable(run.text("vmId"))
            .flatMap(id -> inventory.snapshot().find(Kinds.VM, id))
            .map(Entity::value);
    About about =
        About.object(host.value())
            .and(machine.orElse(null))
            .with("Script", run.text("script"))
            .with("Occasion", point + machine.map(vm -> " of VM " + vm.name()).orElse(""))
            .with("Duration", run.text("milliseconds"))
            .with("ExitCode", exitCode)
            .with("Errors", errors(run));
    inventory.writeRetrying(
        transaction -> {
          if (leases.fenced(transaction, host.id())) {
            events.append(transaction, type, about);
          }
          return host.id();
        });
  }

  private static String errors(Report run) {
    String errors = Objects.requireNonNullElse(run.text("errors"), "").strip();
    if (errors.isEmpty()) {
      return "it wrote nothing";
    }
    return errors.substring(Math.max(0, errors.length() - MOST_ERRORS));
  }
}

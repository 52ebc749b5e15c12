package io.overt.engine.vms.run;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostUnreachable;
import io.overt.fleet.Report;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.rest.api.Extension;
import io.overt.rest.http.JsonObject;
import io.overt.scheduling.Placement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /overt/api/vms/{vm}/hook-preview?point=…&host=…}: what a point's scripts would make
 * of a machine, without starting anything. A machine that is down is looked at as its next start
 * would have it, on the host that the scheduler chooses or the one that is named.
 */
public final class HookPreviews {
  private static final String STANDARD_POINT = "before_vm_start";

  /** A chain of scripts may take its time; each has its own deadline on the host. */
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final StartVm start;
  private final Resource<Vm> machines;

  public HookPreviews(Platform platform, Supplier<Fleet> fleet, StartVm start) {
    this.platform = platform;
    this.fleet = fleet;
    this.start = start;
    this.machines = new Resource<>(platform, Kinds.VM);
  }

  public Extension extension() {
    return new Extension("POST", "vms/{vm}/hook-preview", "POST vms/{vm}/start", this::preview);
  }

  private JsonObject preview(Extension.Request request) {
    Snapshot snapshot = platform.snapshot();
    Entity<Vm> vm = machines.require(request.call(), snapshot, request.name("vm"));
    String point = Objects.requireNonNullElse(request.parameter("point"), STANDARD_POINT);
    Map<String, String> parameters = new HashMap<>(Map.of("vmID", vm.id(), "point", point));
    Host runsOn = VmLifeCycle.statusOf(vm) == VmStatus.DOWN ? null : vm.value().host();
    String host;
    if (runsOn == null) {
      VmParts parts = VmParts.of(snapshot, vm);
      host = host(snapshot, parts, request.parameter("host"));
      parameters.put("xml", DomainXml.of(parts, platform.customProperties()));
    } else {
      host = runsOn.requireId();
    }
    return shown(vm.id(), host, point, ask(request, host, parameters));
  }

  private String host(Snapshot snapshot, VmParts parts, @Nullable String wanted) {
    if (wanted != null && !wanted.isEmpty()) {
      return snapshot.all(Kinds.HOST).stream()
          .filter(known -> known.id().equals(wanted) || wanted.equals(known.value().name()))
          .findFirst()
          .orElseThrow(() -> ApiFault.bad("host '" + wanted + "' must be a host's name or id"))
          .id();
    }
    return switch (start.preview(snapshot, parts)) {
      case Placement.Chosen chosen -> chosen.hostId();
      case Placement.Refused refused ->
          throw ApiFault.conflict("No host fits: " + refused.explanation() + ".");
    };
  }

  @SuppressWarnings("unchecked")
  private Report ask(Extension.Request request, String host, Map<String, String> parameters) {
    try {
      Object answer =
          fleet
              .get()
              .host(host)
              .call(
                  "Overt.previewHooks",
                  parameters,
                  DEADLINE,
                  platform.caller(request.call()).correlationId());
      return new Report(
          answer instanceof Map<?, ?> values ? (Map<String, Object>) values : Map.of(),
          platform.clock().instant());
    } catch (HostCallFailed e) {
      String why = String.valueOf(e.getMessage());
      throw e.code() == HostCallFailed.INVALID_PARAMETERS
          ? ApiFault.bad(why)
          : ApiFault.conflict(why);
    } catch (HostUnreachable e) {
      throw ApiFault.conflict(String.valueOf(e.getMessage()));
    }
  }

  private static JsonObject shown(String vm, String host, String point, Report answer) {
    List<JsonObject> scripts =
        answer.list("scripts").stream()
            .map(script -> script instanceof Map<?, ?> values ? script(values) : new JsonObject())
            .toList();
    String failure = text(answer.text("failure"));
    return new JsonObject()
        .put("vm", vm)
        .put("host", host)
        .put("point", point)
        .put("refused", !failure.isEmpty())
        .put("failure", failure)
        .put("scripts", scripts)
        .put("diff", text(answer.text("diff")))
        .put("before", text(answer.text("before")))
        .put("after", text(answer.text("after")));
  }

  private static JsonObject script(Map<?, ?> values) {
    return new JsonObject()
        .put("script", String.valueOf(values.get("script")))
        .put("exit_code", number(values.get("exitCode")))
        .put("overdue", Boolean.TRUE.equals(values.get("overdue")))
        .put("milliseconds", number(values.get("milliseconds")))
        .put("stderr", String.valueOf(values.get("errors")));
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}

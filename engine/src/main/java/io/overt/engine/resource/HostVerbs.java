package io.overt.engine.resource;

import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostUnreachable;
import io.overt.model.ApiFault;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls verbs of the host that runs a machine, for a client that waits. */
public final class HostVerbs {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private final Supplier<Fleet> fleet;

  public HostVerbs(Supplier<Fleet> fleet) {
    this.fleet = fleet;
  }

  /**
   * The verb's answer.
   *
   * @throws ApiFault 409 when the machine runs on no host, or the host refuses or is silent
   */
  public @Nullable Object call(
      Vm vm, String verb, Map<String, ?> parameters, @Nullable String correlationId) {
    Host host = vm.host();
    if (host == null) {
      throw ApiFault.conflict("VM " + vm.name() + " runs on no host.");
    }
    try {
      return fleet.get().host(host.requireId()).call(verb, parameters, DEADLINE, correlationId);
    } catch (HostCallFailed | HostUnreachable e) {
      throw ApiFault.conflict(String.valueOf(e.getMessage()));
    }
  }
}

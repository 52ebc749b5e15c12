package io.overt.engine.vms.devices;

import io.overt.fleet.Report;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.GraphicsType;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a running machine's console listens, as its host reports it.
 *
 * @param address null when neither the report nor the host names one
 */
public record ShownConsole(@Nullable String address, @Nullable Long port, @Nullable Long tlsPort) {

  /** The machine's console of that kind, if it listens now. */
  public static Optional<ShownConsole> of(
      Snapshot snapshot, Vm vm, Report report, GraphicsType protocol) {
    for (Object entry : report.list("displayInfo")) {
      if (entry instanceof Map<?, ?> values && protocol.wire().equals(values.get("type"))) {
        return Optional.of(
            new ShownConsole(
                address(snapshot, vm, values),
                number(values.get("port")),
                number(values.get("tlsPort"))));
      }
    }
    return Optional.empty();
  }

  private static @Nullable String address(Snapshot snapshot, Vm vm, Map<?, ?> values) {
    Object reported = values.get("ipAddress");
    if (reported instanceof String text && !text.isEmpty() && !text.equals("0")) {
      return text;
    }
    Host host = vm.host();
    return host == null
        ? null
        : snapshot
            .find(Kinds.HOST, host.requireId())
            .map(found -> found.value().address())
            .orElse(null);
  }

  /** Ports below 1 mean that there is none. */
  private static @Nullable Long number(@Nullable Object value) {
    try {
      long number = value == null ? 0 : Long.parseLong(value.toString());
      return number > 0 ? number : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}

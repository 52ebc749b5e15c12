package io.overt.engine;

import io.overt.engine.config.AdminChannel;
import io.overt.events.notifier.Delivery;
import io.overt.events.notifier.Notifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an administrator on this machine may ask about notifications. */
final class NotifierCommands {
  private static final int MOST = 1_000;
  private static final List<String> STATES = List.of("pending", "failed", "sent", "dead");

  private final Notifier notifier;

  NotifierCommands(Notifier notifier) {
    this.notifier = notifier;
  }

  Map<String, AdminChannel.Handler> handlers() {
    return Map.of(
        "notifier test", ignored -> Map.of("results", tested()),
        "notifier reload", ignored -> Map.of("warnings", notifier.reload()),
        "notifier deliveries", arguments -> Map.of("deliveries", deliveries(arguments)),
        "notifier replay", this::replay);
  }

  private List<Map<String, Object>> tested() {
    return notifier.test().stream()
        .map(
            each ->
                Map.<String, Object>of(
                    "recipient", each.recipient(),
                    "target", each.target(),
                    "error", each.error()))
        .toList();
  }

  private List<Map<String, Object>> deliveries(Map<String, @Nullable Object> arguments) {
    String state = text(arguments, "state");
    if (!state.isEmpty() && !STATES.contains(state)) {
      throw new IllegalArgumentException(
          "state is '" + state + "' but must be one of " + String.join(", ", STATES));
    }
    return notifier.deliveries(state, number(arguments, "max", MOST)).stream()
        .map(NotifierCommands::shown)
        .toList();
  }

  private static Map<String, Object> shown(Delivery delivery) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("event", delivery.event());
    shown.put("recipient", delivery.recipient().toString());
    shown.put("target", delivery.target());
    shown.put("state", delivery.state());
    shown.put("attempts", delivery.attempts());
    shown.put("created", delivery.created().toString());
    shown.put("next-try", delivery.nextTry().toString());
    shown.put("last-error", delivery.lastError());
    return shown;
  }

  private Map<String, @Nullable Object> replay(Map<String, @Nullable Object> arguments) {
    String recipient = text(arguments, "recipient");
    int colon = recipient.indexOf(':');
    if (!recipient.isEmpty() && colon < 0) {
      throw new IllegalArgumentException(
          "recipient is '" + recipient + "' but must be transport:name, as snmp:site1");
    }
    return Map.of(
        "replayed",
        notifier.replay(
            number(arguments, "event", 0),
            recipient.isEmpty() ? "" : recipient.substring(0, colon),
            recipient.isEmpty() ? null : recipient.substring(colon + 1)));
  }

  private static int number(Map<String, @Nullable Object> arguments, String name, int standard) {
    return arguments.get(name) instanceof Number number ? number.intValue() : standard;
  }

  private static String text(Map<String, @Nullable Object> arguments, String name) {
    return arguments.get(name) instanceof String text ? text : "";
  }
}

package io.overt.engine.events;

import io.overt.events.notifier.Delivery;
import io.overt.events.notifier.Notifier;
import io.overt.model.ApiFault;
import io.overt.rest.api.Extension;
import io.overt.rest.http.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /overt/api/notifications?state=…&max=…}: who was told of which event, or was not, and
 * {@code POST /overt/api/notifications/replay?event=…&transport=…&recipient=…}, which puts what was
 * given up back into the queue.
 */
public final class Notifications {
  private static final Set<String> STATES = Set.of("pending", "failed", "sent", "dead");
  private static final int STANDARD = 100;
  private static final int MOST = 10_000;

  /** Whoever manages the log of events may see and repeat what is told of them. */
  private static final String LIKE = "POST events/undelete";

  private final Notifier notifier;

  public Notifications(Notifier notifier) {
    this.notifier = notifier;
  }

  public List<Extension> extensions() {
    return List.of(
        new Extension("GET", "notifications", LIKE, this::list),
        new Extension("POST", "notifications/replay", LIKE, this::replay));
  }

  private JsonObject list(Extension.Request request) {
    String state = Objects.requireNonNullElse(request.parameter("state"), "");
    if (!state.isEmpty() && !STATES.contains(state)) {
      throw ApiFault.bad("state is '" + state + "'; it must be one of " + new TreeSet<>(STATES));
    }
    int max = (int) number("max", request.parameter("max"), STANDARD, MOST);
    return new JsonObject()
        .put(
            "notifications",
            notifier.deliveries(state, max).stream().map(Notifications::shown).toList());
  }

  private static JsonObject shown(Delivery delivery) {
    return new JsonObject()
        .put("event", delivery.event())
        .put("transport", delivery.recipient().transport())
        .put("recipient", delivery.recipient().name())
        .put("target", delivery.target())
        .put("state", delivery.state())
        .put("attempts", delivery.attempts())
        .put("created", delivery.created().toString())
        .put("next_try", delivery.nextTry().toString())
        .put("last_error", delivery.lastError());
  }

  private JsonObject replay(Extension.Request request) {
    long event = number("event", request.parameter("event"), 0, Long.MAX_VALUE);
    String transport = Objects.requireNonNullElse(request.parameter("transport"), "");
    return new JsonObject()
        .put("replayed", notifier.replay(event, transport, request.parameter("recipient")));
  }

  private static long number(String name, @Nullable String text, long standard, long most) {
    if (text == null || text.isEmpty()) {
      return standard;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw ApiFault.bad(name + " is '" + text + "'; it must be a whole number up to " + most);
    }
    throw ApiFault.bad(name + " is '" + text + "'; it must be a whole number up to " + most);
  }
}

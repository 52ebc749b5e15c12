package io.overt.engine.webadmin;

import io.overt.engine.webadmin.playbooks.PlaybookRefused;
import io.overt.engine.webadmin.playbooks.PlaybookRequest;
import io.overt.engine.webadmin.playbooks.Playbooks;
import io.overt.rest.http.Endpoint;
import io.overt.rest.http.Exchange;
import io.overt.vdsmrpc.Json;
import io.overt.vdsmrpc.Json.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code services/ansible?playbook=NAME&execution_timeout=MINUTES} with the variables as body, as
 * oVirt's plugin for upgrades of clusters asks; for administrators.
 */
final class PlaybookDoor implements Endpoint {
  static final String PATH = "/ovirt-engine/services/ansible";

  /** In minutes: when the request names none, and at most. */
  private static final int TIMEOUT = 120;

  private static final int LONGEST_TIMEOUT = 7 * 24 * 60;

  private final SessionDoor session;
  private final Playbooks playbooks;

  PlaybookDoor(SessionDoor session, Playbooks playbooks) {
    this.session = session;
    this.playbooks = playbooks;
  }

  @Override
  public void serve(Exchange exchange) throws IOException {
    exchange.setHeader("Cache-Control", "no-store");
    Optional<SessionDoor.Holder> holder = session.caller(exchange);
    if (!exchange.method().equals("POST")) {
      exchange.setHeader("Allow", "POST");
      Refusal.answer(exchange, 405, "Method Not Allowed", "Expected POST");
    } else if (holder.isEmpty()) {
      Refusal.answer(exchange, 401, "Unauthorized", "Expected a token");
    } else if (!holder.get().caller().administrator()) {
      Refusal.answer(exchange, 403, "Forbidden", "Playbooks are for administrators");
    } else {
      start(exchange, holder.get());
    }
  }

  private void start(Exchange exchange, SessionDoor.Holder holder) throws IOException {
    String timeout = exchange.query().get("execution_timeout");
    String body = new String(exchange.body(), StandardCharsets.UTF_8);
    Integer minutes = minutes(timeout);
    Map<String, @Nullable Object> variables = variables(body);
    if (minutes == null) {
      bad(exchange, "execution_timeout", timeout, "minutes from 1 to " + LONGEST_TIMEOUT);
    } else if (variables == null) {
      bad(exchange, "body", shortened(body), "a JSON object of variables");
    } else {
      try {
        playbooks.start(
            new PlaybookRequest(
                String.valueOf(exchange.query().get("playbook")),
                variables,
                Duration.ofMinutes(minutes),
                holder.caller(),
                holder.token(),
                exchange.correlationId()));
        exchange.answer(200, "text/plain", "");
      } catch (PlaybookRefused e) {
        switch (e.reason()) {
          case REQUEST -> Refusal.answer(exchange, 400, "Bad Request", message(e));
          case ENGINE -> Refusal.answer(exchange, 503, "Service Unavailable", message(e));
        }
      }
    }
  }

  private static String message(PlaybookRefused refused) {
    return String.valueOf(refused.getMessage());
  }

  private static void bad(Exchange exchange, String field, @Nullable String value, String expected)
      throws IOException {
    Refusal.answer(
        exchange,
        400,
        "Bad Request",
        "%s: '%s' was found; expected %s".formatted(field, value, expected));
  }

  /** Null when it is no number of minutes. */
  private static @Nullable Integer minutes(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return TIMEOUT;
    }
    try {
      int minutes = Integer.parseInt(text);
      return minutes > 0 && minutes <= LONGEST_TIMEOUT ? minutes : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Null when they are no object; nothing at all is one without members. */
  private static @Nullable Map<String, @Nullable Object> variables(String body) {
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    if (body.isBlank()) {
      return variables;
    }
    try {
      if (Json.parse(body) instanceof Map<?, ?> members) {
        members.forEach((name, value) -> variables.put(String.valueOf(name), value));
        return variables;
      }
      return null;
    } catch (MalformedJsonException e) {
      return null;
    }
  }

  private static String shortened(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}

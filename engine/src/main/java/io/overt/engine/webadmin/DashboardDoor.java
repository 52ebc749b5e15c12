package io.overt.engine.webadmin;

import io.overt.engine.webadmin.dashboard.DashboardData;
import io.overt.rest.http.Endpoint;
import io.overt.rest.http.Exchange;
import io.overt.vdsmrpc.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** {@code dashboard_data}, for administrators: it counts everything there is. */
final class DashboardDoor implements Endpoint {
  private final SessionDoor session;
  private final DashboardData data;

  DashboardDoor(SessionDoor session, DashboardData data) {
    this.session = session;
    this.data = data;
  }

  @Override
  public void serve(Exchange exchange) throws IOException {
    exchange.setHeader("Cache-Control", "no-store");
    Optional<SessionDoor.Holder> holder = session.caller(exchange);
    if (!exchange.method().equals("GET")) {
      exchange.setHeader("Allow", "GET");
      Refusal.answer(exchange, 405, "Method Not Allowed", "Expected GET");
    } else if (holder.isEmpty()) {
      Refusal.answer(exchange, 401, "Unauthorized", "Expected a token or the page's session");
    } else if (!holder.get().caller().administrator()) {
      Refusal.answer(exchange, 403, "Forbidden", "The dashboard is for administrators");
    } else if (asksForError(exchange)) {
      Refusal.answer(exchange, 500, "Operation Failed", "Asked to fail by Prefer: error");
    } else {
      exchange.answer(200, "application/json", Json.print(data.now()));
    }
  }

  /** How the dashboard's authors try what it does then. */
  private static boolean asksForError(Exchange exchange) {
    return exchange.headers("Prefer").stream()
        .flatMap(header -> Arrays.stream(header.split(",")))
        .anyMatch(word -> word.strip().equals("error"));
  }
}

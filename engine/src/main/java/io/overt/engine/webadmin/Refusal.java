package io.overt.engine.webadmin;

import io.overt.rest.http.Exchange;
import io.overt.vdsmrpc.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Refusals that scripts read: {@code {"reason": …, "detail": …}}. */
final class Refusal {
  private Refusal() {}

  static void answer(Exchange exchange, int status, String reason, String detail)
      throws IOException {
    Map<String, Object> fault = new LinkedHashMap<>();
    fault.put("reason", reason);
    fault.put("detail", detail);
    exchange.answer(status, "application/json", Json.print(fault));
  }
}

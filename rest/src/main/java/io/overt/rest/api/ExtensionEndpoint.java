package io.overt.rest.api;

import io.overt.model.ApiFault;
import io.overt.model.OperationType;
import io.overt.rest.http.Endpoint;
import io.overt.rest.http.Exchange;
import io.overt.rest.http.HttpProblem;
import io.overt.rest.http.JsonObject;
import io.overt.rest.login.Gate;
import io.overt.rest.login.Identity;
import io.overt.rest.route.RouteTable;
import io.overt.rest.route.Target;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the {@link Extension}s; refusals are {@code {"reason": …, "detail": …}}. */
public final class ExtensionEndpoint implements Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(ExtensionEndpoint.class);
  private static final String TYPE = "application/json";

  private final List<String> context;
  private final Gate gate;
  private final Guard guard;
  private final List<Extension> extensions;

  /**
   * @param context path below which they are, as segments
   */
  public ExtensionEndpoint(
      List<String> context, Gate gate, Guard guard, List<Extension> extensions) {
    this.context = context;
    this.gate = gate;
    this.guard = guard;
    this.extensions = extensions;
  }

  @Override
  public void serve(Exchange exchange) throws IOException {
    Identity identity = gate.admit(exchange, "/" + String.join("/", context));
    if (identity == null) {
      return;
    }
    exchange.setHeader("Correlation-Id", exchange.correlationId());
    try {
      exchange.answer(200, TYPE, find(exchange, identity).bytes());
    } catch (ApiFault e) {
      refuse(exchange, e.category().status(), e.reason(), e.detail());
    } catch (HttpProblem e) {
      refuse(exchange, e.status(), "Operation Failed", e.detail());
    } catch (RuntimeException e) {
      LOG.error(
          "{} {} failed, correlation id {}",
          exchange.method(),
          exchange.path().raw(),
          exchange.correlationId(),
          e);
      String where = "Internal error, see the server's log for correlation id ";
      refuse(exchange, 500, "Operation Failed", where + exchange.correlationId());
    }
  }

  private JsonObject find(Exchange exchange, Identity identity) {
    List<String> path = exchange.path().segments();
    List<String> segments = path.subList(context.size(), path.size());
    boolean known = false;
    for (Extension extension : extensions) {
      Map<String, String> names = extension.match(segments);
      if (names != null && extension.method().equals(exchange.method())) {
        RestCall call = call(extension, names, exchange, identity);
        guard.check(call);
        return extension
            .handler()
            .answer(new Extension.Request(call, names, exchange.query().values()));
      }
      known |= names != null;
    }
    throw new HttpProblem(known ? 405 : 404, null);
  }

  private RestCall call(
      Extension extension, Map<String, String> names, Exchange exchange, Identity identity) {
    Target target = RouteTable.model().find(extension.like(names));
    OperationType operation = target == null ? null : target.operation(extension.likeMethod());
    if (target == null || operation == null) {
      throw new HttpProblem(404, null);
    }
    RequestInfo info =
        new RequestInfo(
            exchange.correlationId(),
            exchange.remoteAddress(),
            exchange.origin(),
            "/" + String.join("/", context),
            exchange.locales());
    return new RestCall(
        operation,
        null,
        Parameters.of(exchange),
        target.steps(),
        List.of(identity.caller(), identity, info));
  }

  private static void refuse(Exchange exchange, int status, String reason, @Nullable String detail)
      throws IOException {
    JsonObject fault = new JsonObject().put("reason", reason);
    if (detail != null) {
      fault.put("detail", detail);
    }
    exchange.answer(status, TYPE, fault.bytes());
  }
}

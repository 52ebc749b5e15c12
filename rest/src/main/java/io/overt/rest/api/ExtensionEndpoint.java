package io.overt.rest.api;

import io.overt.model.ApiFault;
import io.overt.model.OperationType;
import io.overt.model.Service;
import io.overt.rest.events.MessageStreams;
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
  private final Parts parts;
  private final Invoker invoker;
  private final List<Extension> extensions;

  /**
   * What extensions share with the API.
   *
   * @param root the service at the root of the API
   */
  public record Parts(Gate gate, Guard guard, Service root, MessageStreams streams) {}

  /**
   * @param context path below which they are, as segments
   */
  public ExtensionEndpoint(List<String> context, Parts parts, List<Extension> extensions) {
    this.context = context;
    this.parts = parts;
    this.invoker = new Invoker(parts.root(), parts.guard(), Dialect.current());
    this.extensions = extensions;
  }

  @Override
  public void serve(Exchange exchange) throws IOException {
    Identity identity = parts.gate().admit(exchange, "/" + String.join("/", context));
    if (identity == null) {
      return;
    }
    exchange.setHeader("Correlation-Id", exchange.correlationId());
    try {
      serve(exchange, identity);
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

  private void serve(Exchange exchange, Identity identity) throws IOException {
    List<String> path = exchange.path().segments();
    List<String> segments = path.subList(context.size(), path.size());
    boolean known = false;
    for (Extension extension : extensions) {
      Map<String, String> names = extension.match(segments);
      if (names != null && extension.method().equals(exchange.method())) {
        RestCall call = call(extension, names, exchange, identity);
        parts.guard().check(call);
        answer(
            exchange,
            extension.work(),
            new Extension.Request(call, names, exchange.query().values()));
        return;
      }
      known |= names != null;
    }
    throw new HttpProblem(known ? 405 : 404, null);
  }

  private void answer(Exchange exchange, Extension.Work work, Extension.Request request)
      throws IOException {
    switch (work) {
      case Extension.Handler handler -> exchange.answer(200, TYPE, handler.answer(request).bytes());
      case Extension.Teller teller ->
          parts.streams().serve(exchange, teller.tell(request), parts.gate().lasting(exchange));
    }
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
    Parameters parameters = Parameters.of(exchange);
    List<Object> context = List.of(identity.caller(), identity, info);
    Inner inner = invoker.inner(parameters, context);
    return new RestCall(
        operation,
        null,
        parameters,
        target.steps(),
        List.of(identity.caller(), identity, info, inner));
  }

  private static void refuse(Exchange exchange, int status, String reason, @Nullable String detail)
      throws IOException {
    if (exchange.committed()) {
      throw new IOException(reason + " after the answer began: " + detail);
    }
    JsonObject fault = new JsonObject().put("reason", reason);
    if (detail != null) {
      fault.put("detail", detail);
    }
    exchange.answer(status, TYPE, fault.bytes());
  }
}

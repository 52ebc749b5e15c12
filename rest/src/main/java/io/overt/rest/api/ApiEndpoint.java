package io.overt.rest.api;

import io.overt.model.ApiFault;
import io.overt.model.OperationType;
import io.overt.model.Service;
import io.overt.rest.document.Element;
import io.overt.rest.events.EventFeed;
import io.overt.rest.events.EventMessages;
import io.overt.rest.events.MessageStreams;
import io.overt.rest.http.Endpoint;
import io.overt.rest.http.Exchange;
import io.overt.rest.http.Format;
import io.overt.rest.http.Html;
import io.overt.rest.http.HttpProblem;
import io.overt.rest.login.Gate;
import io.overt.rest.login.Identity;
import io.overt.rest.metrics.Metrics;
import io.overt.rest.pages.Health;
import io.overt.rest.pages.ModelDocuments;
import io.overt.rest.route.RouteTable;
import io.overt.rest.route.Target;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything below {@code /ovirt-engine/api}, and {@code /api} for the oldest clients. */
public final class ApiEndpoint implements Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(ApiEndpoint.class);
  private static final int CURRENT = 4;

  /**
   * What the API needs from the rest of the house.
   *
   * @param root the service at the root
   * @param dialects versions that are spoken; 4 must be among them
   * @param longestWait for clients that wait for jobs
   * @param health knows which failures are the database's
   */
  public record Parts(
      Service root,
      Gate gate,
      Guard guard,
      Completion completion,
      EventFeed events,
      Cors cors,
      List<Dialect> dialects,
      Clock clock,
      Duration longestWait,
      MessageStreams streams,
      Metrics metrics,
      Health health) {}

  private final List<String> context;
  private final String contextPath;
  private final int defaultVersion;
  private final Parts parts;
  private final Map<Integer, Dialect> dialects;
  private final Map<Integer, Dispatcher> dispatchers = new HashMap<>();

  /**
   * @param context path of the API as segments: {@code [ovirt-engine, api]}
   * @param defaultVersion for requests that name none
   */
  public ApiEndpoint(List<String> context, int defaultVersion, Parts parts) {
    this.context = context;
    this.contextPath = "/" + String.join("/", context);
    this.defaultVersion = defaultVersion;
    this.parts = parts;
    this.dialects =
        parts.dialects().stream().collect(Collectors.toMap(Dialect::number, dialect -> dialect));
    Waiting waiting = new Waiting(parts.completion(), parts.clock(), parts.longestWait());
    for (Dialect dialect : parts.dialects()) {
      Invoker invoker = new Invoker(parts.root(), parts.guard(), dialect);
      dispatchers.put(dialect.number(), new Dispatcher(invoker, new Answers(invoker, waiting)));
    }
  }

  @Override
  public void serve(Exchange exchange) throws IOException {
    long start = System.nanoTime();
    parts.metrics().begin();
    String operation = "-";
    try {
      operation = process(exchange);
    } finally {
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      parts.metrics().end(operation, exchange.status(), time);
    }
  }

  private String process(Exchange exchange) throws IOException {
    if (parts.cors().answered(exchange)) {
      return "-";
    }
    Identity identity = parts.gate().admit(exchange, contextPath);
    if (identity == null) {
      return "-";
    }
    String correlationId = exchange.correlationId();
    exchange.setHeader("Correlation-Id", correlationId);
    List<String> path = exchange.path().segments();
    List<String> below = path.subList(context.size(), path.size());
    Version version = version(exchange, below);
    RequestInfo info =
        new RequestInfo(
            correlationId,
            exchange.remoteAddress(),
            exchange.origin(),
            version.inPath() ? contextPath + "/" + below.getFirst() : contextPath,
            exchange.locales());
    List<String> segments = version.inPath() ? below.subList(1, below.size()) : below;
    Dialect dialect = dialects.get(version.number());
    ApiRequest request =
        new ApiRequest(exchange, identity, dialect == null ? latest() : dialect, segments, info);
    if (dialect == null) {
      refuseVersion(request);
      return "-";
    }
    return answer(request, version);
  }

  /**
   * The version that a request selects.
   *
   * @param number -1 when unreadable
   * @param inPath whether the path's first segment says it
   */
  private record Version(int number, boolean inPath) {}

  private Version version(Exchange exchange, List<String> below) {
    if (!below.isEmpty() && below.getFirst().matches("v[0-9]{1,4}")) {
      return new Version(Integer.parseInt(below.getFirst().substring(1)), true);
    }
    String header = exchange.header("Version");
    if (header == null || header.isBlank()) {
      return new Version(defaultVersion, false);
    }
    boolean number = header.strip().matches("[0-9]{1,4}");
    return new Version(number ? Integer.parseInt(header.strip()) : -1, false);
  }

  private Dialect latest() {
    Dialect latest = dialects.get(CURRENT);
    if (latest == null) {
      throw new IllegalStateException("version " + CURRENT + " is not spoken");
    }
    return latest;
  }

  private void refuseVersion(ApiRequest request) throws IOException {
    String served = dialects.keySet().stream().sorted().toList().toString();
    Faults.answer(request, 400, "Invalid version", "Supported versions: " + served, null);
  }

  private String answer(ApiRequest request, Version version) throws IOException {
    Exchange exchange = request.exchange();
    try {
      if (!version.inPath() && ModelDocuments.serve(exchange, request.segments())) {
        return "-";
      }
      if (described(request, version)) {
        return "-";
      }
      if (request.segments().equals(List.of("events")) && EventMessages.wanted(exchange)) {
        streamEvents(request);
        return "events.stream";
      }
      Dispatcher dispatcher = dispatchers.get(version.number());
      if (dispatcher == null) {
        throw new IllegalStateException("version " + version.number() + " is not spoken");
      }
      return dispatcher.dispatch(request);
    } catch (HttpProblem e) {
      problem(request, e);
    } catch (RuntimeException e) {
      String outage = parts.health().outage(e);
      if (outage == null || exchange.committed()) {
        unexpected(request, e);
      } else {
        LOG.warn("{} {}: {}", exchange.method(), exchange.path().raw(), e.getMessage());
        exchange.setHeader("Retry-After", "1");
        Faults.answer(request, 503, "Operation Failed", "[" + outage + "]", null);
      }
    }
    return "-";
  }

  /** Answers {@code ?schema} and, in versions that have it, {@code ?rsdl}. */
  private static boolean described(ApiRequest request, Version version) throws IOException {
    Exchange exchange = request.exchange();
    Dialect dialect = request.dialect();
    boolean current = dialect.number() == CURRENT;
    if (!(current && version.inPath())
        && ModelDocuments.serveSchema(exchange, request.segments(), dialect.version())) {
      return true;
    }
    boolean asked =
        request.segments().isEmpty()
            && exchange.method().equals("GET")
            && exchange.query().has("rsdl");
    Element description = asked ? dialect.customs().description() : null;
    if (description == null) {
      return false;
    }
    exchange.answer(200, Format.XML.contentType(), description.text(Format.XML));
    return true;
  }

  /** Streaming needs what listing needs. */
  private void streamEvents(ApiRequest request) throws IOException {
    Target target = RouteTable.model().find(request.segments());
    OperationType list = target == null ? null : target.operation("GET");
    if (target == null || list == null) {
      throw new IllegalStateException("the model has no list of events");
    }
    Exchange exchange = request.exchange();
    RestCall call =
        new RestCall(list, null, Parameters.of(exchange), target.steps(), request.context());
    try {
      parts.guard().check(call);
      EventMessages messages =
          new EventMessages(parts.events(), exchange, request.info().base(), call);
      parts.streams().serve(exchange, messages, () -> true);
    } catch (ApiFault e) {
      Faults.answer(request, e, list, null);
    }
  }

  private static void problem(ApiRequest request, HttpProblem problem) throws IOException {
    String detail = problem.detail();
    if (request.exchange().committed()) {
      throw problem;
    } else if (detail == null) {
      request.exchange().answer(problem.status());
    } else if (detail.equals("Bad Request")) {
      request.exchange().answer(400, Html.TYPE, Html.error(detail));
    } else {
      Faults.answer(request, problem.status(), "Operation Failed", "[" + detail + "]", null);
    }
  }

  private static void unexpected(ApiRequest request, RuntimeException problem) throws IOException {
    String id = request.info().correlationId();
    LOG.error(
        "{} {} failed, correlation id {}",
        request.exchange().method(),
        String.join("/", request.segments()),
        id,
        problem);
    if (request.exchange().committed()) {
      throw problem;
    }
    Faults.answer(
        request,
        500,
        "Operation Failed",
        "[Internal error, see the server's log for correlation id " + id + "]",
        null);
  }
}

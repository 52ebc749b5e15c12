package io.overt.rest.api;

import io.overt.codec.Extras;
import io.overt.model.ApiFault;
import io.overt.model.Member;
import io.overt.model.NotImplemented;
import io.overt.model.OperationType;
import io.overt.model.Struct;
import io.overt.model.StructType;
import io.overt.model.types.Action;
import io.overt.rest.document.Element;
import io.overt.rest.http.Exchange;
import io.overt.rest.http.Format;
import io.overt.rest.http.Negotiation;
import io.overt.rest.route.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Routes an admitted request, decodes it, calls the operation and has its result answered. What is
 * refused is refused in the order of oVirt engine 4.5: path, method, content type, accept, body.
 */
final class Dispatcher {
  private final Invoker invoker;
  private final Answers answers;
  private final ConnectionFile connectionFile;

  Dispatcher(Invoker invoker, Answers answers) {
    this.invoker = invoker;
    this.answers = answers;
    this.connectionFile = new ConnectionFile(invoker);
  }

  /** Answers the request; the result names the operation for the metrics. */
  String dispatch(ApiRequest request) throws IOException {
    Exchange exchange = request.exchange();
    Target target =
        exchange.path().suspicious() || exchange.path().matrix().has("accept")
            ? null
            : request.dialect().view().routes().find(request.segments());
    if (target == null) {
      exchange.answer(404);
      return "-";
    }
    String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
    if (method.equals("OPTIONS")) {
      String allow = target.allow();
      exchange.setHeader("Allow", allow);
      exchange.answer(200, "text/plain;charset=UTF-8", allow.getBytes(StandardCharsets.UTF_8));
      return "-";
    }
    if (target.expired() && method.equals("GET")) {
      RequestInfo info = request.info();
      exchange.setHeader("Location", info.origin() + info.base() + target.path());
      exchange.answer(301);
      return "-";
    }
    OperationType operation = target.operation(method);
    if (operation == null) {
      exchange.setHeader("Allow", target.allow());
      exchange.answer(405);
      return "-";
    }
    if (method.equals("GET") && paged(request, target)) {
      return operation.key();
    }
    if (ConnectionFile.isWanted(exchange, target, operation)) {
      connectionFile.answer(request, target);
    } else {
      run(request, target, operation);
    }
    return operation.key();
  }

  /** Answers with a document that only this version has, if there is one. */
  private boolean paged(ApiRequest request, Target target) throws IOException {
    Exchange exchange = request.exchange();
    try {
      Inner inner = invoker.inner(Parameters.of(exchange), request.context());
      Element page = invoker.customs().page(target, inner);
      if (page == null) {
        return false;
      }
      Format format =
          Negotiation.answer(exchange.headers("Accept"), exchange.query().get("accept"));
      exchange.answer(200, format.contentType(), page.text(format));
    } catch (ApiFault e) {
      Faults.answer(request, e, target.operation("GET"), null);
    }
    return true;
  }

  private void run(ApiRequest request, Target target, OperationType operation) throws IOException {
    Exchange exchange = request.exchange();
    StructType type = bodyType(request, operation);
    String encoding = exchange.header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity") && exchange.hasBody()) {
      exchange.answer(415);
      return;
    }
    Negotiation.Content content = null;
    if (type != null && (exchange.hasBody() || exchange.header("Content-Type") != null)) {
      content = Negotiation.content(exchange.header("Content-Type"));
    } else if (type != null && !operation.isAction() && !operation.name().equals("remove")) {
      exchange.answer(415);
      return;
    }
    Format format = Negotiation.answer(exchange.headers("Accept"), exchange.query().get("accept"));
    Action acting = null;
    try {
      Extras extras = new Extras();
      Struct body = type == null ? null : body(request, type, content, extras);
      Parameters parameters = Parameters.of(exchange);
      Customs.Incoming incoming =
          new Customs.Incoming(
              operation,
              target.steps(),
              body,
              extras,
              parameters::text,
              invoker.inner(parameters, request.context()));
      parameters = parameters.with(invoker.customs().prepare(incoming));
      RestCall call = new RestCall(operation, body, parameters, target.steps(), request.context());
      acting = operation.isAction() ? ActionEcho.of(call) : null;
      Object result = invoker.invoke(target, call);
      answers.answer(request, target, call, format, result);
    } catch (ApiFault e) {
      Faults.answer(request, e, operation, acting);
    } catch (NotImplemented e) {
      Faults.answer(request, 501, "Operation Failed", e.getMessage(), acting);
    }
  }

  /** What the request holds; null when its operation takes nothing. */
  private static @Nullable StructType bodyType(ApiRequest request, OperationType operation) {
    if (operation.name().equals("remove")) {
      return request.exchange().hasBody()
          ? request.dialect().customs().removalBody(operation)
          : null;
    }
    return operation.body();
  }

  private static Struct body(
      ApiRequest request, StructType type, Negotiation.@Nullable Content content, Extras extras) {
    byte[] bytes = request.exchange().body();
    if (content == null || (bytes.length == 0 && type.name().equals("action"))) {
      return type.create();
    }
    Struct body = request.dialect().read(type, content.format(), content.charset(), bytes, extras);
    dropAddresses(body);
    return body;
  }

  /** What a client says about addresses never reaches a feature, nor an answer. */
  private static void dropAddresses(Struct struct) {
    struct.href(null);
    for (Member member : struct.type().nesting()) {
      Object value = struct.get(member);
      if (value instanceof Struct inner) {
        dropAddresses(inner);
      } else if (value instanceof List<?> list) {
        for (Object item : list) {
          if (item instanceof Struct inner) {
            dropAddresses(inner);
          }
        }
      }
    }
  }
}

package io.overt.sdk;

import io.overt.sdk.document.MalformedDocument;
import io.overt.sdk.document.Node;
import io.overt.sdk.schema.OperationType;
import io.overt.sdk.schema.ParameterType;
import io.overt.sdk.schema.Schema;
import io.overt.sdk.schema.StructType;
import io.overt.sdk.schema.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what answers contain. */
final class Replies {
  private Replies() {}

  /** The answer to a call, by the type that the request or the path tells. */
  static Reply read(
      Request request, @Nullable Target target, Wire.Answer answer, Exchange exchange) {
    Node document = null;
    List<Node> entries = List.of();
    if (answer.contentType().contains("json") && answer.body().length > 0) {
      String json = new String(answer.body(), StandardCharsets.UTF_8);
      try {
        boolean list = target != null && isList(request.method(), target);
        StructType type = request.type();
        if (type == null) {
          type = target == null ? null : type(request.method(), target);
        }
        if (type != null && list) {
          entries = Node.readList(type, json);
        } else if (type != null) {
          document = Node.read(type, json);
        }
      } catch (MalformedDocument e) {
        throw new Transport(exchange, "the answer cannot be read: " + e.getMessage(), e);
      }
    }
    return new Reply(
        answer.status(),
        exchange.correlationId(),
        document,
        entries,
        answer.location(),
        answer.contentType(),
        answer.body());
  }

  private static boolean isList(String method, Target target) {
    return method.equals("GET") && target.action() == null && target.service().collection();
  }

  private static @Nullable StructType type(String method, Target target) {
    if (target.action() != null || method.equals("DELETE")) {
      return Schema.current().type("action");
    }
    String operation =
        switch (method) {
          case "PUT" -> "update";
          case "POST" -> "add";
          default -> target.service().collection() ? "list" : "get";
        };
    return target
        .service()
        .operation(operation)
        .flatMap(OperationType::result)
        .flatMap(ParameterType::structType)
        .orElse(null);
  }
}

package io.overt.sdk;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.Member;
import io.overt.sdk.schema.OperationType;
import io.overt.sdk.schema.ParameterType;
import io.overt.sdk.schema.Schema;
import io.overt.sdk.schema.StructType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a call may be given besides a document.
 *
 * @param <O> the options themselves
 */
public abstract class Options<O extends Options<O>> {
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private @Nullable String correlationId;

  protected Options() {}

  /** Options of calls that have none of their own. */
  public static final class Plain extends Options<Plain> {}

  @SuppressWarnings("unchecked")
  private O self() {
    return (O) this;
  }

  /** Any parameter that the model knows, by its name. */
  public O parameter(String name, Object value) {
    Object plain = Struct.plain(value);
    values.put(name, plain == null ? "" : plain);
    return self();
  }

  /** By which the call is found in the engine's log, events and jobs; else one is made. */
  public O correlationId(String id) {
    correlationId = id;
    return self();
  }

  /** Whether the engine answers before the work is done: a handle tells when it is. */
  public O async(boolean asynchronous) {
    return parameter("async", asynchronous);
  }

  /** Adding answers when the new object is complete, and not while it is still being made. */
  public O untilComplete() {
    return header("X-Ovirt-Expect", "201-created");
  }

  /** A header of the call. */
  public O header(String name, String value) {
    headers.put(name, value);
    return self();
  }

  protected O refer(String name, String type, Ref value) {
    return parameter(name, value.node(Schema.current().type(type)));
  }

  /** By id, or by name if it is no UUID. */
  protected O refer(String name, String type, String idOrName) {
    return parameter(name, Node.reference(Schema.current().type(type), idOrName));
  }

  private Request common(Request request) {
    Request result = request.correlationId(correlationId);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      result = result.header(header.getKey(), header.getValue());
    }
    return result;
  }

  /** The request with the options as parameters of its address. */
  Request query(OperationType operation, Request request) {
    values.keySet().forEach(name -> require(operation, name));
    return common(request).query(values);
  }

  /** The request with the options as the document of an action. */
  Request action(OperationType operation, Request request) {
    StructType action = Schema.current().type("action");
    Node.Builder document = Node.builder(action);
    values.forEach(
        (name, value) -> {
          require(operation, name);
          Member member = action.member(name);
          document.set(member.tag(), value);
        });
    return common(request).body(document.build());
  }

  private static void require(OperationType operation, String name) {
    // Every call may ask not to be waited for, whether the model says so or not.
    if (operation.parameter(name).isEmpty() && !name.equals("async")) {
      throw new IllegalArgumentException(
          "%s.%s has no parameter '%s', but %s"
              .formatted(
                  operation.service(),
                  operation.name(),
                  name,
                  operation.options().stream()
                      .map(ParameterType::name)
                      .collect(Collectors.joining(", "))));
    }
  }
}

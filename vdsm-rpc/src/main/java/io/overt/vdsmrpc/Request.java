package io.overt.vdsmrpc;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One member of a JSON-RPC request body: a call, a notification, or what failed to be either. */
sealed interface Request {
  /** A verb to carry out; its id is a string or a number. */
  record Call(String method, Map<String, Object> params, List<Object> positional, Object id)
      implements Request {}

  /** A verb to carry out without an answer. */
  record Notification(String method, Map<String, Object> params, List<Object> positional)
      implements Request {}

  /** No request; answered with -32600 and the id, if one could be read. */
  record Invalid(String problem, @Nullable Object id) implements Request {}

  static Request of(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> members)) {
      return new Invalid("A request is an object", null);
    }
    Object id = members.get("id");
    if (id != null && !(id instanceof String) && !(id instanceof Number)) {
      return new Invalid("'id' is a string or a number", null);
    }
    if (!"2.0".equals(members.get("jsonrpc"))) {
      return new Invalid("'jsonrpc' must be \"2.0\"", id);
    }
    if (!(members.get("method") instanceof String method)) {
      return new Invalid("'method' must be a string", id);
    }
    Object params = members.get("params");
    return switch (params) {
      case null -> of(method, Map.of(), List.of(), id, members);
      case Map<?, ?> named -> of(method, named(named), List.of(), id, members);
      case List<?> positional -> of(method, Map.of(), positional(positional), id, members);
      default -> new Invalid("'params' is an object or an array", id);
    };
  }

  private static Request of(
      String method,
      Map<String, Object> named,
      List<Object> positional,
      @Nullable Object id,
      Map<?, ?> members) {
    if (id != null) {
      return new Call(method, named, positional, id);
    }
    return members.containsKey("id")
        ? new Invalid("'id' must not be null", null)
        : new Notification(method, named, positional);
  }

  /** The parser makes maps with string keys only. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> named(Map<?, ?> params) {
    return (Map<String, Object>) params;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> positional(List<?> params) {
    return (List<Object>) params;
  }
}

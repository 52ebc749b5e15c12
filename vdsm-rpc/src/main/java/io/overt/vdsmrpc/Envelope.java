package io.overt.vdsmrpc;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON-RPC 2.0 objects as both ends write them. */
final class Envelope {
  private Envelope() {}

  static Map<String, @Nullable Object> request(String method, Map<String, ?> params, String id) {
    Map<String, @Nullable Object> members = notification(method, params);
    members.put("id", id);
    return members;
  }

  static Map<String, @Nullable Object> notification(String method, Map<String, ?> params) {
    Map<String, @Nullable Object> members = open();
    members.put("method", method);
    members.put("params", params);
    return members;
  }

  static Map<String, @Nullable Object> result(Object id, @Nullable Object result) {
    Map<String, @Nullable Object> members = open();
    members.put("id", id);
    members.put("result", result == null ? true : result);
    return members;
  }

  static Map<String, @Nullable Object> error(@Nullable Object id, int code, String message) {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("code", code);
    error.put("message", message);
    Map<String, @Nullable Object> members = open();
    members.put("id", id);
    members.put("error", error);
    return members;
  }

  private static Map<String, @Nullable Object> open() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("jsonrpc", "2.0");
    return members;
  }
}

package io.overt.sdk;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.StructType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of the API.
 *
 * @param path below the API's address, such as {@code vms/123}, or an {@code href}
 * @param query parameters of the address
 * @param headers in addition to those of the connection
 * @param body a document as the API reads it, or null
 * @param type the type of the answer, if it does not follow from the path
 * @param correlationId null for one of its own
 */
public record Request(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    @Nullable String body,
    @Nullable StructType type,
    @Nullable String correlationId) {

  public Request {
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  public static Request of(String method, String path) {
    return new Request(method, path, Map.of(), Map.of(), null, null, null);
  }

  public static Request get(String path) {
    return of("GET", path);
  }

  /** The same with a parameter; without it, if the value is null. */
  public Request query(String name, @Nullable Object value) {
    return new Request(method, path, with(query, name, value), headers, body, type, correlationId);
  }

  /** The same with several parameters. */
  public Request query(Map<String, ?> parameters) {
    Request request = this;
    for (Map.Entry<String, ?> entry : parameters.entrySet()) {
      request = request.query(entry.getKey(), entry.getValue());
    }
    return request;
  }

  public Request header(String name, @Nullable String value) {
    return new Request(method, path, query, with(headers, name, value), body, type, correlationId);
  }

  /** The same with all members of a node as its document. */
  public Request body(@Nullable Node node) {
    return text(node == null ? null : node.toJson());
  }

  /** The same with those members of a node as its document that a program set. */
  public Request changes(Node node) {
    return text(node.toJsonOfChanges());
  }

  private Request text(@Nullable String document) {
    return new Request(method, path, query, headers, document, type, correlationId);
  }

  public Request type(StructType answer) {
    return new Request(method, path, query, headers, body, answer, correlationId);
  }

  public Request correlationId(@Nullable String id) {
    return new Request(method, path, query, headers, body, type, id);
  }

  private static Map<String, String> with(
      Map<String, String> known, String name, @Nullable Object value) {
    Map<String, String> all = new LinkedHashMap<>(known);
    if (value == null) {
      all.remove(name);
    } else {
      all.put(name, value.toString());
    }
    return all;
  }

  /** Without the document, which may hold secrets. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}

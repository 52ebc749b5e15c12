package io.overt.vdsmrpc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request for a verb.
 *
 * @param method the verb, as "Host.ping2"
 * @param params the named parameters; empty when they came as a list
 * @param positional the parameters that came as a list; empty otherwise
 * @param correlationId the engine's flow, header {@code ovirtCorrelationId}
 * @param peer the connection it came by
 */
public record RpcCall(
    String method,
    Map<String, Object> params,
    List<Object> positional,
    Optional<String> correlationId,
    RpcPeer peer) {

  /**
   * The parameters by name, whichever way they came.
   *
   * @param names the verb's parameters in the order of its declaration
   * @throws RpcException -32602 when more parameters came than the verb has
   */
  public Map<String, Object> named(List<String> names) {
    if (positional.isEmpty()) {
      return params;
    }
    if (positional.size() > names.size()) {
      throw new RpcException(
          RpcException.INVALID_PARAMETERS,
          "%s takes %d parameters %s, got %d"
              .formatted(method, names.size(), names, positional.size()));
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    for (int i = 0; i < positional.size(); i++) {
      named.put(names.get(i), positional.get(i));
    }
    return Collections.unmodifiableMap(named);
  }
}

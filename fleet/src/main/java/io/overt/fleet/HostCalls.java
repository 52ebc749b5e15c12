package io.overt.fleet;

import io.overt.vdsmrpc.RpcClient;
import io.overt.vdsmrpc.RpcException;
import io.overt.vdsmrpc.RpcTransportException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls the verbs of one connected host. */
public final class HostCalls {
  private final String hostName;
  private final RpcClient client;
  private final Duration deadline;

  HostCalls(String hostName, RpcClient client, Duration deadline) {
    this.hostName = hostName;
    this.client = client;
    this.deadline = deadline;
  }

  /**
   * Calls a verb and waits for its answer.
   *
   * @throws HostCallFailed when the host refuses
   * @throws HostUnreachable when no answer comes in time or the connection ends
   */
  public @Nullable Object call(String verb, Map<String, ?> parameters) {
    return call(verb, parameters, deadline, null);
  }

  /** As {@link #call(String, Map)}, with its own deadline and the request's correlation id. */
  public @Nullable Object call(
      String verb, Map<String, ?> parameters, Duration patience, @Nullable String correlationId) {
    try {
      return client.call(verb, parameters, patience, correlationId);
    } catch (RpcException e) {
      throw new HostCallFailed(hostName, verb, e.code(), String.valueOf(e.getMessage()), e);
    } catch (RpcTransportException e) {
      throw new HostUnreachable(
          "Host " + hostName + " gave no answer to " + verb + ": " + e.getMessage(), e);
    }
  }

  /** The answer of a verb that gives an object. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> object(String verb, Map<String, ?> parameters) {
    if (call(verb, parameters) instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new HostUnreachable("Host " + hostName + " gave no object for " + verb, null);
  }

  /** The answer of a verb that gives a list of objects. */
  @SuppressWarnings("unchecked")
  public List<Map<String, Object>> objects(String verb, Map<String, ?> parameters) {
    if (call(verb, parameters) instanceof List<?> list
        && list.stream().allMatch(Map.class::isInstance)) {
      return (List<Map<String, Object>>) list;
    }
    throw new HostUnreachable("Host " + hostName + " gave no list of objects for " + verb, null);
  }
}

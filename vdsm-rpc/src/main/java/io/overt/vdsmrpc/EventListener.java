package io.overt.vdsmrpc;

import java.util.Map;

/** Hears the events of one connection, in order, on a thread of its own; may block and may call. */
@FunctionalInterface
public interface EventListener {
  /**
   * An event came.
   *
   * @param method "|component|operation|id"
   * @param params its data, with {@code notify_time}
   */
  void event(String method, Map<String, Object> params);
}

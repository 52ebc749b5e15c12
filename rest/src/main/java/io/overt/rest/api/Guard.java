package io.overt.rest.api;

import io.overt.model.Call;

/**
 * Port: whether the caller may do this at all, asked before each operation, inner ones included.
 */
@FunctionalInterface
public interface Guard {
  /**
   * @throws io.overt.model.ApiFault when the call is refused
   */
  void check(Call call);
}

package io.overt.engine;

import io.overt.access.session.Caller;
import io.overt.model.Call;
import io.overt.model.OperationType;
import io.overt.model.Struct;
import io.overt.rest.api.RequestInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call with inputs by name, as the door would decode it. */
public final class TestCall implements Call {
  private final Caller caller;
  private final Map<String, Object> inputs = new HashMap<>();
  private final Map<String, String> parameters = new HashMap<>();

  public TestCall(Caller caller) {
    this.caller = caller;
  }

  /** An input of the operation: the object to add, or a parameter that the model declares. */
  public TestCall with(String input, Object value) {
    inputs.put(input, value);
    return this;
  }

  /** A raw query parameter. */
  public TestCall parameter(String name, String value) {
    parameters.put(name, value);
    return this;
  }

  @Override
  public OperationType operation() {
    throw new UnsupportedOperationException("this call was not routed");
  }

  @Override
  public @Nullable Struct body() {
    return inputs.values().stream()
        .filter(Struct.class::isInstance)
        .map(Struct.class::cast)
        .findFirst()
        .orElse(null);
  }

  @Override
  public <T> @Nullable T input(String parameter, Class<T> type) {
    return type.cast(inputs.get(parameter));
  }

  @Override
  public <T> T context(Class<T> type) {
    if (type == RequestInfo.class) {
      return type.cast(
          new RequestInfo(
              caller.correlationId(),
              "127.0.0.1",
              "https://localhost",
              "/ovirt-engine/api",
              List.of()));
    }
    return type.cast(caller);
  }

  @Override
  public @Nullable String pathId(String service) {
    return null;
  }

  @Override
  public @Nullable String parameter(String name) {
    return parameters.get(name);
  }
}

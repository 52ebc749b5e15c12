package io.overt.rest.api;

import io.overt.model.Call;
import io.overt.model.Member;
import io.overt.model.OperationType;
import io.overt.model.ParameterType;
import io.overt.model.Struct;
import io.overt.rest.route.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call made of a request: body, parameters, the ids of its path, and who sent it. */
final class RestCall implements Call {
  private final OperationType operation;
  private final @Nullable Struct body;
  private final Parameters parameters;
  private final List<Step> steps;
  private final List<Object> context;
  private final boolean refusesUnreadableSearch;

  RestCall(
      OperationType operation,
      @Nullable Struct body,
      Parameters parameters,
      List<Step> steps,
      List<Object> context) {
    this(operation, body, parameters, steps, context, false);
  }

  private RestCall(
      OperationType operation,
      @Nullable Struct body,
      Parameters parameters,
      List<Step> steps,
      List<Object> context,
      boolean refusesUnreadableSearch) {
    this.operation = operation;
    this.body = body;
    this.parameters = parameters;
    this.steps = steps;
    this.context = context;
    this.refusesUnreadableSearch = refusesUnreadableSearch;
  }

  RestCall refusingUnreadableSearch() {
    return new RestCall(operation, body, parameters, steps, context, true);
  }

  @Override
  public OperationType operation() {
    return operation;
  }

  @Override
  public @Nullable Struct body() {
    return body;
  }

  Parameters parameters() {
    return parameters;
  }

  List<Object> context() {
    return context;
  }

  @Override
  public <T> @Nullable T input(String name, Class<T> type) {
    Object value = value(name, type);
    if (value == null) {
      return null;
    }
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          operation.key()
              + ": input "
              + name
              + " is a "
              + value.getClass().getSimpleName()
              + ", asked for as "
              + type.getSimpleName());
    }
    return type.cast(value);
  }

  private @Nullable Object value(String name, Class<?> type) {
    ParameterType parameter = operation.parameter(name);
    Struct sent = body;
    if (sent != null && operation.isAction()) {
      Member member = sent.type().find(name);
      Object value = member == null ? null : sent.get(member);
      if (value != null) {
        return value;
      }
    } else if (sent != null
        && parameter != null
        && parameter.reference() != null
        && parameter.reference().equals(sent.type().name())
        && !parameter.list()) {
      return sent;
    }
    return parameter == null ? undeclared(name, type) : parameters.value(parameter);
  }

  /**
   * Some parameters mean the same everywhere, wherever the model declares them; but collections
   * that do not declare {@code search} ignore it.
   */
  private @Nullable Object undeclared(String name, Class<?> type) {
    if (name.equals("search")) {
      return null;
    }
    if (type == Boolean.class) {
      return parameters.bool(name);
    }
    return type == Long.class ? parameters.integer(name) : parameters.text(name);
  }

  @Override
  public <T> T context(Class<T> type) {
    for (Object attached : context) {
      if (type.isInstance(attached)) {
        return type.cast(attached);
      }
    }
    throw new IllegalStateException(
        "no " + type.getName() + " is attached to the call of " + operation.key());
  }

  @Override
  public @Nullable String pathId(String service) {
    for (Step step : steps) {
      if (step.id() && step.target().name().equals(service)) {
        return step.segment();
      }
    }
    return null;
  }

  @Override
  public @Nullable String parameter(String name) {
    return parameters.raw(name);
  }

  @Override
  public boolean refusesUnreadableSearch() {
    return refusesUnreadableSearch;
  }
}

package io.overt.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a service.
 *
 * @param service name of the service in the model
 * @param name {@code add}, {@code get}, {@code list}, {@code remove}, {@code update} or an action
 * @param segment URL segment of an action, null otherwise
 * @param requirements what a request must contain
 */
public record OperationType(
    String service,
    String name,
    @Nullable String segment,
    List<ParameterType> parameters,
    List<Requirement> requirements) {

  OperationType requiring(String alternatives) {
    List<Requirement> all = new ArrayList<>(requirements);
    all.add(new Requirement(List.of(alternatives.split("\\|"))));
    return new OperationType(service, name, segment, parameters, List.copyOf(all));
  }

  /** {@code vms.add}: how faults and tables name the operation. */
  public String key() {
    return service + "." + name;
  }

  public boolean isAction() {
    return segment != null;
  }

  /** HTTP method that selects the operation. */
  public String verb() {
    return switch (name) {
      case "list", "get" -> "GET";
      case "update" -> "PUT";
      case "remove" -> "DELETE";
      default -> "POST";
    };
  }

  public @Nullable ParameterType parameter(String parameterName) {
    for (ParameterType parameter : parameters) {
      if (parameter.name().equals(parameterName)) {
        return parameter;
      }
    }
    return null;
  }

  /** The struct that a request's body holds: the action, or the single object to add or update. */
  public @Nullable StructType body() {
    if (isAction()) {
      return Schema.current().struct("action");
    }
    if (!name.equals("add") && !name.equals("update")) {
      return null;
    }
    ParameterType result = result();
    if (result != null && result.in() && result.reference() != null) {
      return Schema.current().struct(result.reference());
    }
    for (ParameterType parameter : parameters) {
      if (parameter.in() && parameter.kind() == Kind.STRUCT && parameter.reference() != null) {
        return Schema.current().struct(parameter.reference());
      }
    }
    return null;
  }

  /** The parameter that carries the object or list in the response, if any. */
  public @Nullable ParameterType result() {
    boolean list = name.equals("list");
    for (ParameterType parameter : parameters) {
      if (parameter.out() && parameter.kind() == Kind.STRUCT && parameter.list() == list) {
        return parameter;
      }
    }
    return null;
  }
}

package io.overt.sdk.schema;

import java.util.List;
import java.util.Optional;

/**
 * An operation of a service.
 *
 * @param service the service's name
 * @param name {@code list}, {@code get}, {@code add}, {@code update}, {@code remove}, or an
 *     action's
 * @param action whether it is a POST below the service's path
 * @param segment what an action adds to the path
 * @param requirements what requests must contain, as paths such as {@code vm.cluster.id}, with a
 *     bar between alternatives; empty where that depends on what the client means
 */
public record OperationType(
    String service,
    String name,
    boolean action,
    String segment,
    List<ParameterType> parameters,
    List<String> requirements) {

  /** The HTTP method. */
  public String method() {
    return switch (name) {
      case "list", "get" -> "GET";
      case "update" -> "PUT";
      case "remove" -> "DELETE";
      default -> "POST";
    };
  }

  public Optional<ParameterType> parameter(String parameter) {
    return parameters.stream().filter(one -> one.name().equals(parameter)).findFirst();
  }

  /** What add and update send as their document. */
  public Optional<ParameterType> body() {
    if (action || !(name.equals("add") || name.equals("update"))) {
      return Optional.empty();
    }
    return parameters.stream()
        .filter(one -> one.in() && one.kind() == Kind.STRUCT && one.out())
        .findFirst()
        .or(
            () ->
                parameters.stream()
                    .filter(one -> one.in() && one.kind() == Kind.STRUCT)
                    .findFirst());
  }

  /** What the client may give besides the document. */
  public List<ParameterType> options() {
    Optional<ParameterType> body = body();
    return parameters.stream().filter(one -> one.in() && !body.equals(Optional.of(one))).toList();
  }

  /** What the answer is or contains. */
  public Optional<ParameterType> result() {
    return parameters.stream().filter(ParameterType::out).findFirst();
  }

  /** What the model says of it; empty if nothing. */
  public String documentation() {
    return Documentation.of("services/" + service + "/" + name);
  }

  /** The first sentence of {@link #documentation()}. */
  public String summary() {
    return Documentation.summary(documentation());
  }
}

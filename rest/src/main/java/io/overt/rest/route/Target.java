package io.overt.rest.route;

import io.overt.model.OperationType;
import io.overt.model.ServiceType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a path means.
 *
 * @param service the service at the end of the steps
 * @param action the action that the last segment names, if it does
 * @param expired true for {@code <entity>/<action>/<id>} and {@code <entity>/creation_status/<id>}:
 *     the address of something that was
 */
public record Target(
    List<Step> steps, ServiceType service, @Nullable OperationType action, boolean expired) {

  /** The operation that the HTTP method selects, or null. */
  public @Nullable OperationType operation(String method) {
    if (expired) {
      return null;
    }
    OperationType named = action;
    if (named != null) {
      return method.equals("POST") ? named : null;
    }
    for (OperationType operation : service.operations()) {
      if (!operation.isAction() && operation.verb().equals(method)) {
        return operation;
      }
    }
    return null;
  }

  /** The methods that the path supports, as the {@code Allow} header says it. */
  public String allow() {
    StringBuilder allow = new StringBuilder();
    boolean readable = expired || operation("GET") != null;
    if (readable) {
      allow.append("HEAD, ");
    }
    for (String method : List.of("DELETE", "POST", "GET")) {
      if (operation(method) != null || (expired && method.equals("GET"))) {
        allow.append(method).append(", ");
      }
    }
    allow.append("OPTIONS");
    if (operation("PUT") != null) {
      allow.append(", PUT");
    }
    return allow.toString();
  }

  /** Path of the service, without that of an action: {@code /vms/123}. */
  public String path() {
    StringBuilder path = new StringBuilder();
    steps.forEach(step -> path.append('/').append(step.segment()));
    return path.toString();
  }
}

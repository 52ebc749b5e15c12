package io.overt.rest.route;

import io.overt.model.OperationType;

/**
 * A method on a path template.
 *
 * @param template {@code /vms/{vm}/start}
 */
public record Route(String method, String template, OperationType operation) {
  @Override
  public String toString() {
    return method + " " + template + " -> " + operation.key();
  }
}

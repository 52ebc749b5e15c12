package io.overt.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service of the model: its operations and the locators in the model's order. */
public record ServiceType(String name, List<OperationType> operations, List<LocatorType> locators) {

  /** The operation of that model name. */
  public @Nullable OperationType operation(String operationName) {
    for (OperationType operation : operations) {
      if (operation.name().equals(operationName)) {
        return operation;
      }
    }
    return null;
  }

  /** The action with that URL segment. */
  public @Nullable OperationType action(String segment) {
    for (OperationType operation : operations) {
      if (segment.equals(operation.segment())) {
        return operation;
      }
    }
    return null;
  }

  /** The locator that a path segment selects: a static one of that name, else the variable one. */
  public @Nullable LocatorType locator(String segment) {
    LocatorType variable = null;
    for (LocatorType locator : locators) {
      if (locator.variable()) {
        variable = locator;
      } else if (locator.segment().equals(segment)) {
        return locator;
      }
    }
    return variable;
  }
}

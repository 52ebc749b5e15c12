package io.overt.model;

/** The operation exists in the model but no feature implements it: HTTP 501. */
public final class NotImplemented extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String operation;

  public NotImplemented(String operation) {
    super("Operation not implemented: " + operation);
    this.operation = operation;
  }

  /** {@code vms.add}. */
  public String operation() {
    return operation;
  }
}

package io.overt.inventory;

/** Why a write was refused or is impossible; nothing was written unless the subtype says so. */
public abstract sealed class InventoryException extends RuntimeException
    permits StaleEntity, DuplicateName, StillReferenced, MissingReference, InventoryUnavailable {
  private static final long serialVersionUID = 1L;

  InventoryException(String message) {
    super(message);
  }

  InventoryException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.overt.inventory;

/** Something that the write was based on has changed since; read again and repeat. */
public final class StaleEntity extends InventoryException {
  private static final long serialVersionUID = 1L;

  public StaleEntity(String message) {
    super(message);
  }
}

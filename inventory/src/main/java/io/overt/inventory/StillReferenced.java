package io.overt.inventory;

/** The entity cannot be deleted while {@code by} refers to it. */
public final class StillReferenced extends InventoryException {
  private static final long serialVersionUID = 1L;
  private final Key key;
  private final Key by;

  public StillReferenced(Key key, Key by) {
    super(key + " is still referred to by " + by);
    this.key = key;
    this.by = by;
  }

  public Key key() {
    return key;
  }

  public Key by() {
    return by;
  }
}

package io.overt.inventory;

/** The database does not answer. Reads go on; writes may be repeated later. */
public final class InventoryUnavailable extends InventoryException {
  private static final long serialVersionUID = 1L;
  private final boolean outcomeUnknown;

  public InventoryUnavailable(String message, boolean outcomeUnknown) {
    super(message);
    this.outcomeUnknown = outcomeUnknown;
  }

  public InventoryUnavailable(String message, boolean outcomeUnknown, Throwable cause) {
    super(message, cause);
    this.outcomeUnknown = outcomeUnknown;
  }

  /** True when the write may have been committed although nobody could tell in time. */
  public boolean outcomeUnknown() {
    return outcomeUnknown;
  }
}

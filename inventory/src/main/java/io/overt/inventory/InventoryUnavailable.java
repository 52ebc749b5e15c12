package io.overt.inventory;

import java.sql.SQLException;
import java.util.Optional;

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

  /**
   * What a failure says of the database's absence, also one of statements that did not go through
   * the inventory; empty when it has another cause.
   */
  public static Optional<InventoryUnavailable> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InventoryUnavailable unavailable) {
        return Optional.of(unavailable);
      }
      if (cause instanceof SQLException sql && SqlFailure.connectionLost(sql)) {
        return Optional.of(SqlFailure.unavailable("it was asked", sql));
      }
    }
    return Optional.empty();
  }

  /** True when the write may have been committed although nobody could tell in time. */
  public boolean outcomeUnknown() {
    return outcomeUnknown;
  }
}

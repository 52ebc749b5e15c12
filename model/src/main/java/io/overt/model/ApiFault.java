package io.overt.model;

import org.jspecify.annotations.Nullable;

/**
 * A refusal that the client sees as a fault: its HTTP status by category, a reason and a detail.
 *
 * <p>Reasons and their status follow what oVirt engine 4.5 answers; the details are our own words
 * and name the field, the value and what was expected.
 */
public final class ApiFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why, by the categories that select the HTTP status. */
  public enum Category {
    BAD_PARAMETER(400),
    NOT_AUTHENTICATED(401),
    FORBIDDEN(403),
    /** Answered without a body when there is no detail. */
    NOT_FOUND(404),
    CONFLICT(409),
    INTERNAL(500),
    UNAVAILABLE(503);

    private final int status;

    Category(int status) {
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  private final Category category;
  private final String reason;
  private final @Nullable String detail;
  private final boolean outsideAction;

  public ApiFault(Category category, String reason, @Nullable String detail) {
    this(category, reason, detail, false);
  }

  private ApiFault(
      Category category, String reason, @Nullable String detail, boolean outsideAction) {
    super(detail == null ? reason : reason + ": " + detail);
    this.category = category;
    this.reason = reason;
    this.detail = detail;
    this.outsideAction = outsideAction;
  }

  /** The same, answered as a fault alone even where actions answer it inside of themselves. */
  public ApiFault alone() {
    ApiFault alone = new ApiFault(category, reason, detail, true);
    alone.initCause(this);
    return alone;
  }

  /** Whether an action is to answer the fault alone. */
  public boolean isAlone() {
    return outsideAction;
  }

  public Category category() {
    return category;
  }

  public String reason() {
    return reason;
  }

  public @Nullable String detail() {
    return detail;
  }

  /**
   * The object of the URL does not exist, or the caller may not know that it does: an empty 404.
   */
  public static ApiFault notFound() {
    return new ApiFault(Category.NOT_FOUND, "Not Found", null);
  }

  /** An object that the request refers to does not exist. */
  public static ApiFault missing(String what) {
    return new ApiFault(Category.NOT_FOUND, "Operation Failed", "Entity not found: " + what);
  }

  /** The state of things does not allow it now, or the name is taken. */
  public static ApiFault conflict(String message) {
    return new ApiFault(Category.CONFLICT, "Operation Failed", "[" + message + "]");
  }

  /** A rule on the input is broken. */
  public static ApiFault bad(String message) {
    return new ApiFault(Category.BAD_PARAMETER, "Operation Failed", "[" + message + "]");
  }

  /** The caller lacks a permit. */
  public static ApiFault forbidden(String message) {
    return new ApiFault(Category.FORBIDDEN, "Operation Failed", "[" + message + "]");
  }

  /**
   * Mandatory fields are missing.
   *
   * @param type Java-style type name, {@code Vm}
   * @param fields the missing ones: {@code cluster.id|name}
   * @param operation {@code add}, {@code update} or the action
   */
  public static ApiFault incomplete(String type, String fields, String operation) {
    return new ApiFault(
        Category.BAD_PARAMETER,
        "Incomplete parameters",
        type + " [" + fields + "] required for " + operation);
  }

  /** A value outside its type or range. */
  public static ApiFault invalidValue(String detail) {
    return new ApiFault(Category.BAD_PARAMETER, "Invalid value", detail);
  }
}

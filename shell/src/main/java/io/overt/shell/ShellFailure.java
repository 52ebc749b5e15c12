package io.overt.shell;

import org.jspecify.annotations.Nullable;

/** A command that did not succeed: what to tell the user, and the status. */
public final class ShellFailure extends RuntimeException {
  private final Status status;

  public ShellFailure(Status status, String message) {
    this(status, message, null);
  }

  public ShellFailure(Status status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** The user's words are wrong. */
  public static ShellFailure syntax(String message) {
    return new ShellFailure(Status.SYNTAX, message);
  }

  public static ShellFailure notFound(String message) {
    return new ShellFailure(Status.NOT_FOUND, message);
  }

  public Status status() {
    return status;
  }

  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }
}

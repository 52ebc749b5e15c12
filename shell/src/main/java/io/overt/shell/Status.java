package io.overt.shell;

/** How a command ended; the last one's is the exit code of the process. */
public enum Status {
  OK(0),
  SYNTAX(1),
  /** The engine refused, or the request failed there. */
  REFUSED(2),
  INTERRUPTED(3),
  INTERNAL(4),
  CONNECTION(5),
  AUTHENTICATION(6),
  NOT_FOUND(11),
  WAIT_TIMEOUT(12),
  JOB_FAILED(13);

  private final int code;

  Status(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}

package io.overt.engine.webadmin.playbooks;

/** A playbook that cannot be run; the message says what was expected. */
public final class PlaybookRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** what was asked for is wrong */
    REQUEST,
    /** the engine cannot, for now */
    ENGINE
  }

  private final Reason reason;

  PlaybookRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}

package io.overt.agent.hypervisor;

/** A hypervisor refused or failed; the message is fit for an operator. */
public final class HypervisorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  public HypervisorException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public HypervisorException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** What callers tell apart. */
  public enum Kind {
    /** The domain does not exist, or no longer. */
    DOMAIN_MISSING,
    /** A domain with that id or name is active. */
    ALREADY_EXISTS,
    /** This hypervisor cannot do that. */
    UNSUPPORTED,
    /** No answer in time; the effect is unknown. */
    TIMEOUT,
    /** The guest's own agent is missing or does not answer. */
    GUEST_SILENT,
    /** The hypervisor itself cannot be reached. */
    UNREACHABLE,
    /** Everything else. */
    FAILED
  }
}

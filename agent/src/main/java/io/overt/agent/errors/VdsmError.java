package io.overt.agent.errors;

/** A verb failed: the code goes on the wire as it is, the message is fit for an operator. */
public final class VdsmError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int code;

  public VdsmError(ErrorCode code, String message) {
    super(message);
    this.code = code.number();
  }

  public VdsmError(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code.number();
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }
}

package io.overt.fleet;

/** The host answered a verb with an error. */
public final class HostCallFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** VDSM: the VM does not exist. */
  public static final int NO_SUCH_VM = 1;

  /** JSON-RPC: a parameter is missing or cannot be used. */
  public static final int INVALID_PARAMETERS = -32602;

  /** VDSM: the VM exists already. */
  public static final int VM_EXISTS = 4;

  /** VDSM: the VM is down. */
  public static final int VM_IS_DOWN = 6;

  /** VDSM: the agent is still recovering. */
  public static final int RECOVERING = 99;

  private final String verb;
  private final int code;

  HostCallFailed(String host, String verb, int code, String message, Throwable cause) {
    super("Host " + host + " refused " + verb + ": " + message + " (code " + code + ")", cause);
    this.verb = verb;
    this.code = code;
  }

  public String verb() {
    return verb;
  }

  /** VDSM's error code. */
  public int code() {
    return code;
  }
}

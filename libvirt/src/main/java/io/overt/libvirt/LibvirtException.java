package io.overt.libvirt;

/** An error that libvirt reported, or that this binding found while it talked to libvirt. */
public final class LibvirtException extends RuntimeException {
  private final ErrorCode code;
  private final int number;
  private final int source;
  private final String reason;
  private String operation = "";

  LibvirtException(ErrorCode code, int source, String message) {
    this(code, code.number(), source, message);
  }

  private LibvirtException(ErrorCode code, int number, int source, String message) {
    super(message);
    this.reason = message;
    this.code = code;
    this.number = number;
    this.source = source;
  }

  static LibvirtException reported(int number, int source, String message) {
    return new LibvirtException(ErrorCode.of(number), number, source, message);
  }

  /** Adds what was tried, once. */
  LibvirtException during(String what) {
    if (operation.isEmpty()) {
      operation = what;
    }
    return this;
  }

  /** What was tried, and libvirt's reason why it failed. */
  @Override
  public String getMessage() {
    return operation.isEmpty() ? reason : operation + ": " + reason;
  }

  /** libvirt's own words. */
  public String reason() {
    return reason;
  }

  public ErrorCode code() {
    return code;
  }

  /** libvirt's number of the error (virErrorNumber). */
  public int number() {
    return number;
  }

  /** The part of libvirt that reported it (virErrorDomain, for example 10 for the QEMU driver). */
  public int source() {
    return source;
  }

  public boolean is(ErrorCode expected) {
    return code == expected;
  }

  /** Whether the connection, and not the operation, is at fault: reopen it and look again. */
  public boolean connectionLost() {
    return switch (code) {
      case RPC, INVALID_CONN, NO_CONNECT, GNUTLS_ERROR -> true;
      default -> false;
    };
  }
}

package io.overt.operations;

/** The database that holds the nodes' leases did not answer. */
public final class NodesUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NodesUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.overt.units;

/** A worker did not start, or ended; the message says how. */
final class WorkerFailure extends Exception {
  private static final long serialVersionUID = 1L;

  WorkerFailure(String message) {
    super(message);
  }
}

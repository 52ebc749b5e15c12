package io.overt.operations;

/** How a step ended. */
public sealed interface StepOutcome {
  /** Go on with the next step. */
  record Done() implements StepOutcome {}

  /** Go on with an earlier step, such as placing again after a host has failed. */
  record BackTo(String step, String reason) implements StepOutcome {}

  /** Undo and fail; the message is the job's fault. */
  record Failed(String message) implements StepOutcome {}

  static StepOutcome done() {
    return new Done();
  }

  static StepOutcome failed(String message) {
    return new Failed(message);
  }
}

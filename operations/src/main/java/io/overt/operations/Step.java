package io.overt.operations;

/**
 * One step of an operation. It may be run again after a crash, so it must find out what an earlier
 * run has already done.
 */
public interface Step {
  /** Stored with the job: must never change. */
  String name();

  /**
   * What users read under {@code /jobs/{id}/steps}. The first step's is asked for before the job is
   * committed.
   */
  String description(StepContext context);

  /** Does the work; blocking is fine, every wait needs a deadline. */
  StepOutcome run(StepContext context);

  /** Undoes the step after a later one, or this one, has failed; must be idempotent too. */
  default void compensate(StepContext context) {}
}

package io.overt.operations;

import io.overt.inventory.Entity;
import io.overt.inventory.InventoryUnavailable;
import io.overt.inventory.StaleEntity;
import io.overt.model.types.Job;
import io.overt.model.types.JobStatus;
import io.overt.model.types.StepStatus;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node's work on one job, from where the record says to its end. */
final class JobRun {
  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
  private final JobStore store;
  private final Operation operation;
  private final BooleanSupplier mayWork;
  private Entity<Job> job;
  private JobRecord record;

  JobRun(
      JobStore store,
      Operation operation,
      Entity<Job> job,
      JobRecord record,
      BooleanSupplier mayWork) {
    this.store = store;
    this.operation = operation;
    this.job = job;
    this.record = record;
    this.mayWork = mayWork;
  }

  /** Runs to the end, or until this node loses the job or its lease. */
  void run() {
    try {
      if (!record.undoing()) {
        forward();
      }
      if (record.undoing()) {
        undo();
      }
    } catch (StaleEntity e) {
      LOG.info("job {} is no longer worked on here: {}", job.id(), e.getMessage());
    } catch (InventoryUnavailable e) {
      LOG.warn("job {} waits for the database: {}", job.id(), e.getMessage());
    }
  }

  private void forward() {
    while (!record.undoing() && record.next() < operation.steps().size()) {
      if (!mayWork.getAsBoolean()) {
        throw new StaleEntity("the lease of this engine node is over");
      }
      Step step = operation.steps().get(record.next());
      StepContext context = context();
      StepOutcome outcome = attempt(step, context);
      switch (outcome) {
        case StepOutcome.Done() ->
            go(record.next() + 1, context, StepStatus.FINISHED, record.fault());
        case StepOutcome.BackTo(String target, String reason) -> {
          LOG.info("job {} goes back to {}: {}", job.id(), target, reason);
          go(operation.indexOf(target), context, StepStatus.FAILED, reason);
        }
        case StepOutcome.Failed(String message) -> {
          LOG.warn("job {} failed in step {}: {}", job.id(), step.name(), message);
          record = record.at(record.next(), true, context.data(), message);
          job = store.advance(job, record, ended(StepStatus.FAILED), null, null);
        }
      }
    }
  }

  private void go(int next, StepContext context, StepStatus status, @Nullable String fault) {
    record = record.at(next, false, context.data(), fault);
    boolean last = next >= operation.steps().size();
    String description = last ? null : operation.steps().get(next).description(context());
    job = store.advance(job, record, ended(status), description, last ? JobStatus.FINISHED : null);
  }

  private void undo() {
    for (int index = Math.min(record.next(), operation.steps().size() - 1); index >= 0; index--) {
      if (!mayWork.getAsBoolean()) {
        throw new StaleEntity("the lease of this engine node is over");
      }
      Step step = operation.steps().get(index);
      StepContext context = context();
      try {
        step.compensate(context);
      } catch (StaleEntity | InventoryUnavailable e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.error("job {} could not undo step {}", job.id(), step.name(), e);
      }
      record = record.at(index, true, context.data(), record.fault());
    }
    job = store.advance(job, record, ended(StepStatus.FAILED), null, JobStatus.FAILED);
  }

  private StepOutcome attempt(Step step, StepContext context) {
    try {
      return step.run(context);
    } catch (InventoryUnavailable e) {
      // Not the step's failure: it is run again when the database is back.
      throw e;
    } catch (StaleEntity e) {
      return StepOutcome.failed(
          "An object of this job was changed at the same time: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("job {} step {} threw", job.id(), step.name(), e);
      return StepOutcome.failed(
          e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
  }

  private StepContext context() {
    return new StepContext(
        job.id(), record.correlationId(), record.data(), percent -> store.progress(job, percent));
  }

  private JobStore.@Nullable Ended ended(StepStatus status) {
    return store.running(job).map(step -> new JobStore.Ended(step, status)).orElse(null);
  }
}

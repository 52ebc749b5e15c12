package io.overt.engine.jobs;

import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Job;
import io.overt.model.types.JobStatus;
import io.overt.model.types.Step;
import io.overt.model.types.StepStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a client's job and its steps end. When the last open part of a step ends, so does the step,
 * and when that was the last open step, so does the job; each has failed if a part of it has.
 */
final class ExternalJob {
  private final Transaction transaction;
  private final Key job;
  private final Instant now;

  ExternalJob(Transaction transaction, Key job, Instant now) {
    this.transaction = transaction;
    this.job = job;
    this.now = now;
  }

  /** A step of the first level may be followed by others, so its end alone ends no job. */
  void endStep(String id, boolean failed) {
    Entity<Step> step = transaction.find(Kinds.STEP, id).orElseThrow();
    end(step, failed);
    Step parent = step.value().parentStep();
    if (parent == null) {
      return;
    }
    List<Entity<Step>> siblings = parts(parent.requireId());
    if (siblings.stream().anyMatch(ExternalJob::isOpen)) {
      return;
    }
    endStep(parent.requireId(), siblings.stream().anyMatch(ExternalJob::hasFailed));
    List<Entity<Step>> all = parts(null);
    if (all.stream().noneMatch(ExternalJob::isOpen)) {
      end(all.stream().anyMatch(ExternalJob::hasFailed));
    }
  }

  /** Ends the job and what is open of it; what ended before stays as it is. */
  void end(boolean failed) {
    for (Entity<Step> step : transaction.current().owned(Kinds.STEP, job)) {
      if (isOpen(step)) {
        end(step, failed);
      }
    }
    Entity<Job> entity = transaction.find(Kinds.JOB, job.id()).orElseThrow();
    if (entity.value().status() == JobStatus.STARTED) {
      transaction.update(
          entity,
          entity
              .value()
              .copy()
              .status(failed ? JobStatus.FAILED : JobStatus.FINISHED)
              .endTime(now)
              .lastUpdated(now),
          Map.copyOf(entity.internals()));
    }
  }

  private void end(Entity<Step> step, boolean failed) {
    transaction.update(
        step,
        step.value().copy().status(failed ? StepStatus.FAILED : StepStatus.FINISHED).endTime(now));
  }

  /** The parts of a step, or the steps of the first level. */
  private List<Entity<Step>> parts(@Nullable String parent) {
    return transaction.current().owned(Kinds.STEP, job).stream()
        .filter(step -> Objects.equals(parent, idOf(step.value().parentStep())))
        .toList();
  }

  private static @Nullable String idOf(@Nullable Step step) {
    return step == null ? null : step.id();
  }

  private static boolean isOpen(Entity<Step> step) {
    return step.value().status() == StepStatus.STARTED;
  }

  private static boolean hasFailed(Entity<Step> step) {
    return step.value().status() == StepStatus.FAILED;
  }
}

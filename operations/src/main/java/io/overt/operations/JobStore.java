package io.overt.operations;

import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kinds;
import io.overt.inventory.StaleEntity;
import io.overt.inventory.Transaction;
import io.overt.model.types.Job;
import io.overt.model.types.JobStatus;
import io.overt.model.types.Step;
import io.overt.model.types.StepEnum;
import io.overt.model.types.StepStatus;
import io.overt.model.types.User;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes jobs and their steps; every progress is one transaction. */
final class JobStore {
  private final Inventory inventory;
  private final Clock clock;
  private final Supplier<UUID> ids;

  JobStore(Inventory inventory, Clock clock, Supplier<UUID> ids) {
    this.inventory = inventory;
    this.clock = clock;
    this.ids = ids;
  }

  /** Inserts a job that begins its first step. */
  Entity<Job> insert(Transaction transaction, JobRequest request, Operation operation, Node node) {
    Instant now = clock.instant();
    Job job =
        new Job()
            .id(ids.get().toString())
            .description(request.description())
            .status(JobStatus.STARTED)
            .external(false)
            .autoCleared(true)
            .startTime(now)
            .lastUpdated(now);
    if (request.ownerId() != null) {
      job.owner(new User().id(request.ownerId()));
    }
    JobRecord record =
        new JobRecord(
            request.operation(),
            0,
            false,
            node.id(),
            node.epoch(),
            request.correlationId(),
            null,
            request.data());
    Entity<Job> inserted = transaction.insert(Kinds.JOB, job, null, record.internals());
    if (!operation.steps().isEmpty()) {
      // With the job, not after it: one commit less before the work begins.
      StepContext context =
          new StepContext(inserted.id(), request.correlationId(), request.data(), percent -> {});
      beginStep(transaction, inserted, operation.steps().getFirst().description(context), now);
    }
    return inserted;
  }

  Optional<Entity<Job>> find(String jobId) {
    return inventory.snapshot().find(Kinds.JOB, jobId);
  }

  /** Makes this node the job's owner; the old owner's writes fail from now on. */
  Entity<Job> takeOver(Entity<Job> job, JobRecord record, Node node) {
    inventory.change(
        transaction ->
            transaction.update(
                job,
                job.value().copy().lastUpdated(clock.instant()),
                record.ownedBy(node).internals()));
    return written(job.id(), node.id(), node.epoch());
  }

  /** The job as this node just wrote it; if another node owns it by now, that is the end here. */
  private Entity<Job> written(String jobId, String node, long epoch) {
    Entity<Job> job = find(jobId).orElseThrow(() -> new StaleEntity("job " + jobId + " is gone"));
    JobRecord record = JobRecord.of(job);
    if (record == null || !record.node().equals(node) || record.epoch() != epoch) {
      throw new StaleEntity("job " + jobId + " belongs to another engine node now");
    }
    return job;
  }

  /** The steps shown for a job: the last one with its status, and the next one begun. */
  Entity<Job> advance(
      Entity<Job> job,
      JobRecord record,
      @Nullable Ended ended,
      @Nullable String nextDescription,
      @Nullable JobStatus end) {
    inventory.change(
        transaction -> {
          Instant now = clock.instant();
          if (ended != null) {
            endStep(transaction, ended, now);
          }
          if (nextDescription != null) {
            beginStep(transaction, job, nextDescription, now);
          }
          Job changed = job.value().copy().lastUpdated(now);
          if (end != null) {
            changed.status(end).endTime(now);
          }
          transaction.update(job, changed, record.internals());
        });
    return written(job.id(), record.node(), record.epoch());
  }

  /** A step that came to its end. */
  record Ended(Entity<Step> step, StepStatus status) {}

  /** The step of the job that is shown as running, if any. */
  Optional<Entity<Step>> running(Entity<Job> job) {
    return inventory.snapshot().owned(Kinds.STEP, job.key()).stream()
        .filter(step -> step.value().status() == StepStatus.STARTED)
        .findFirst();
  }

  void progress(Entity<Job> job, int percent) {
    running(job)
        .ifPresent(
            step ->
                inventory.write(
                    transaction ->
                        transaction.update(
                            step,
                            step.value().copy().progress((long) Math.clamp(percent, 0, 100)))));
  }

  private void beginStep(
      Transaction transaction, Entity<Job> job, String description, Instant now) {
    long number = transaction.snapshot().owned(Kinds.STEP, job.key()).size();
    Step step =
        new Step()
            .id(ids.get().toString())
            .description(description)
            .number(number)
            .type_(StepEnum.EXECUTING)
            .status(StepStatus.STARTED)
            .external(false)
            .startTime(now)
            .job(new Job().id(job.id()));
    transaction.insert(Kinds.STEP, step, job.key(), Map.of());
  }

  private static void endStep(Transaction transaction, Ended ended, Instant now) {
    transaction
        .find(Kinds.STEP, ended.step().id())
        .ifPresent(
            step ->
                transaction.update(step, step.value().copy().status(ended.status()).endTime(now)));
  }
}

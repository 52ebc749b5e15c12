package io.overt.engine.resource;

import io.overt.access.session.Caller;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.Call;
import io.overt.model.types.Job;
import io.overt.model.types.JobStatus;
import io.overt.model.types.User;
import java.time.Instant;
import java.util.Map;

/** Jobs of changes that are finished with their transaction, for clients that ask what was done. */
public final class FinishedJobs {
  private FinishedJobs() {}

  /**
   * Records that this call did what its transaction does.
   *
   * @param description what users read: {@code Removing VM web01}
   * @return the job's id
   */
  public static String record(
      Platform platform, Transaction transaction, Call call, String description) {
    Caller caller = platform.caller(call);
    Instant now = platform.clock().instant();
    Job job =
        new Job()
            .id(platform.newId())
            .description(description)
            .status(JobStatus.FINISHED)
            .external(false)
            .autoCleared(true)
            .startTime(now)
            .endTime(now)
            .lastUpdated(now)
            .owner(new User().id(caller.userId()));
    transaction.insert(Kinds.JOB, job, null, Map.of("correlation_id", caller.correlationId()));
    return job.requireId();
  }
}

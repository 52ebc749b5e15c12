package io.overt.engine.door;

import io.overt.model.types.JobStatus;
import io.overt.operations.Operations;
import io.overt.rest.api.Completion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Lets clients wait for jobs. */
public final class JobDesk implements Completion {
  private final Operations operations;
  private final Clock clock;

  public JobDesk(Operations operations, Clock clock) {
    this.operations = operations;
    this.clock = clock;
  }

  @Override
  public Ending await(String job, Instant deadline) {
    Duration patience = Duration.between(clock.instant(), deadline);
    Optional<JobStatus> status = operations.await(job, patience);
    if (status.isEmpty()) {
      return new Ending(State.RUNNING, null);
    }
    return status.get() == JobStatus.FINISHED
        ? new Ending(State.FINISHED, null)
        : new Ending(
            State.FAILED,
            operations.fault(job).orElse("The job ended as " + status.get().wire() + "."));
  }
}

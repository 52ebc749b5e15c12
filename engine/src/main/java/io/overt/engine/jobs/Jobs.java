package io.overt.engine.jobs;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.services.JobService;
import io.overt.model.services.JobsService;
import io.overt.model.services.StepsService;
import io.overt.model.types.Action;
import io.overt.model.types.Job;
import io.overt.model.types.JobStatus;
import io.overt.model.types.User;
import java.time.Instant;
import java.util.List;

/** {@code /jobs}. External jobs are run by their makers; the engine only remembers them. */
public final class Jobs implements JobsService {
  private final Platform platform;
  private final Resource<Job> resource;

  public Jobs(Platform platform) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.JOB);
  }

  @Override
  public List<Job> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public Outcome<Job> add(AddRequest request) {
    Job body = platform.body(request.job());
    Instant now = platform.clock().instant();
    Job job =
        new Job()
            .id(platform.newId())
            .description(body.description())
            .autoCleared(Boolean.TRUE.equals(body.autoCleared()))
            .external(true)
            .status(JobStatus.STARTED)
            .startTime(now)
            .lastUpdated(now)
            .owner(new User().id(platform.caller(request.call()).userId()));
    Entity<Job> added = platform.write(transaction -> transaction.insert(Kinds.JOB, job));
    return Outcome.done(resource.present(request.call(), added));
  }

  @Override
  public JobService job(String id) {
    return new JobService() {
      @Override
      public Job get(GetRequest request) {
        return resource.get(request.call(), id);
      }

      @Override
      public Outcome<Action> clear(ClearRequest request) {
        platform.write(
            transaction -> {
              Entity<Job> job = requireExternal(request.call(), transaction, id);
              // It goes with the next sweep of ended jobs; until then clients may still read it.
              transaction.update(job, job.value().copy().autoCleared(true));
              return id;
            });
        return Outcome.done(new Action());
      }

      @Override
      public Outcome<Action> end(EndRequest request) {
        boolean failed = !Boolean.TRUE.equals(request.succeeded());
        platform.write(
            transaction -> {
              Entity<Job> job = requireExternal(request.call(), transaction, id);
              new ExternalJob(transaction, job.key(), platform.clock().instant()).end(failed);
              return id;
            });
        return Outcome.done(new Action());
      }

      @Override
      public StepsService steps() {
        return new Steps(platform, resource, id);
      }
    };
  }

  private Entity<Job> requireExternal(Call call, Transaction transaction, String id) {
    Entity<Job> job =
        transaction
            .find(Kinds.JOB, id)
            .orElseThrow(() -> ApiFault.bad("There is no job with the id " + id + "."));
    if (!Boolean.TRUE.equals(job.value().external())) {
      throw ApiFault.bad("Job " + id + " belongs to the engine; only external jobs can be ended.");
    }
    return resource.require(call, transaction, id);
  }
}

package io.overt.engine.jobs;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Statistics;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.model.Outcome;
import io.overt.model.services.StepService;
import io.overt.model.services.StepsService;
import io.overt.model.types.Action;
import io.overt.model.types.Job;
import io.overt.model.types.Step;
import io.overt.model.types.StepStatus;
import java.util.List;

/** {@code /jobs/{id}/steps}. */
final class Steps implements StepsService {
  private final Platform platform;
  private final Resource<Job> jobs;
  private final Resource<Step> steps;
  private final String jobId;

  Steps(Platform platform, Resource<Job> jobs, String jobId) {
    this.platform = platform;
    this.jobs = jobs;
    this.steps = new Resource<>(platform, Kinds.STEP);
    this.jobId = jobId;
  }

  private Key job() {
    return Kinds.JOB.key(jobId);
  }

  @Override
  public List<Step> list(ListRequest request) {
    jobs.require(request.call(), platform.snapshot(), jobId);
    return steps.listOwned(request.call(), job());
  }

  @Override
  public Outcome<Step> add(AddRequest request) {
    Step body = platform.body(request.step());
    Entity<Step> added =
        platform.write(
            transaction -> {
              Entity<Job> job = jobs.require(request.call(), transaction, jobId);
              Step step =
                  new Step()
                      .id(platform.newId())
                      .description(body.description())
                      .type_(body.type_())
                      .external(true)
                      .status(StepStatus.STARTED)
                      .startTime(platform.clock().instant())
                      .job(new Job().id(jobId));
              References.optional(transaction, Kinds.STEP, body.parentStep())
                  .ifPresent(parent -> step.parentStep(new Step().id(parent.id())));
              long number =
                  transaction.current().owned(Kinds.STEP, job.key()).stream()
                      .filter(known -> sameParent(known.value(), step))
                      .count();
              return transaction.insert(Kinds.STEP, step.number(number), job.key());
            });
    return Outcome.done(steps.present(request.call(), added));
  }

  private static boolean sameParent(Step one, Step other) {
    Step a = one.parentStep();
    Step b = other.parentStep();
    return a == null ? b == null : b != null && a.requireId().equals(b.id());
  }

  @Override
  public StepService step(String id) {
    return new StepService() {
      @Override
      public Step get(GetRequest request) {
        return steps.getOwned(request.call(), job(), id);
      }

      @Override
      public Outcome<Action> end(EndRequest request) {
        boolean failed = Boolean.FALSE.equals(request.succeeded());
        platform.write(
            transaction -> {
              steps.requireOwned(request.call(), transaction, job(), id);
              new ExternalJob(transaction, job(), platform.clock().instant()).endStep(id, failed);
              return id;
            });
        return Outcome.done(new Action());
      }

      @Override
      public Statistics statistics() {
        return call -> {
          steps.getOwned(call, job(), id);
          return List.of();
        };
      }
    };
  }
}

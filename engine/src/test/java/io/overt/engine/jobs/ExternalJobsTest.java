package io.overt.engine.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.engine.TestEngine;
import io.overt.model.services.JobService;
import io.overt.model.services.JobsService;
import io.overt.model.services.StepService;
import io.overt.model.services.StepsService;
import io.overt.model.types.Job;
import io.overt.model.types.JobStatus;
import io.overt.model.types.Step;
import io.overt.model.types.StepEnum;
import io.overt.model.types.StepStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExternalJobsTest {
  private final TestEngine engine = TestEngine.open();
  private final Jobs jobs = new Jobs(engine.platform());
  private final String job = addJob();

  @AfterEach
  void close() {
    engine.close();
  }

  private String addJob() {
    Job body = new Job().description("backup").autoCleared(false);
    JobsService.AddRequest request = new JobsService.AddRequest(engine.call().with("job", body));
    return Objects.requireNonNull(jobs.add(request).entity()).requireId();
  }

  private String addStep(@Nullable String parent) {
    Step body = new Step().description("part").type_(StepEnum.EXECUTING);
    if (parent != null) {
      body.parentStep(new Step().id(parent));
    }
    return Objects.requireNonNull(
            jobs.job(job)
                .steps()
                .add(new StepsService.AddRequest(engine.call().with("step", body)))
                .entity())
        .requireId();
  }

  private void endStep(String id, boolean succeeded) {
    jobs.job(job)
        .steps()
        .step(id)
        .end(new StepService.EndRequest(engine.call().with("succeeded", succeeded)));
  }

  private void endJob(boolean succeeded) {
    jobs.job(job).end(new JobService.EndRequest(engine.call().with("succeeded", succeeded)));
  }

  private @Nullable StepStatus status(String step) {
    return jobs.job(job).steps().step(step).get(new StepService.GetRequest(engine.call())).status();
  }

  private Job read() {
    return jobs.job(job).get(new JobService.GetRequest(engine.call()));
  }

  @Test
  void aStepOfTheFirstLevelEndsAlone() {
    String step = addStep(null);
    endStep(step, true);
    assertThat(status(step)).isEqualTo(StepStatus.FINISHED);
    assertThat(read().status()).isEqualTo(JobStatus.STARTED);
  }

  @Test
  void theLastPartOfAStepEndsTheStepAndTheJob() {
    String first = addStep(null);
    String second = addStep(null);
    String part = addStep(second);
    String other = addStep(second);
    endStep(first, true);
    endStep(part, false);
    assertThat(status(second)).isEqualTo(StepStatus.STARTED);
    endStep(other, true);
    assertThat(status(second)).isEqualTo(StepStatus.FAILED);
    assertThat(read().status()).isEqualTo(JobStatus.FAILED);
    assertThat(read().endTime()).isNotNull();
  }

  @Test
  void aJobGoesOnWhileAnotherStepDoes() {
    String open = addStep(null);
    String step = addStep(null);
    endStep(addStep(step), true);
    assertThat(status(step)).isEqualTo(StepStatus.FINISHED);
    assertThat(status(open)).isEqualTo(StepStatus.STARTED);
    assertThat(read().status()).isEqualTo(JobStatus.STARTED);
  }

  @Test
  void whatHasEndedDoesNotEndAgain() {
    String open = addStep(null);
    endJob(false);
    assertThat(status(open)).isEqualTo(StepStatus.FAILED);
    Job ended = read();
    endJob(true);
    assertThat(read()).isEqualTo(ended);
  }
}

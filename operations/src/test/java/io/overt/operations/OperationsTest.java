package io.overt.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.InventoryUnavailable;
import io.overt.inventory.Kinds;
import io.overt.inventory.MigrationSet;
import io.overt.inventory.testing.TestDatabase;
import io.overt.model.types.JobStatus;
import io.overt.model.types.StepStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final List<String> log = new CopyOnWriteArrayList<>();
  private TestDatabase database;
  private Inventory inventory;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    inventory = database.inventory();
    database.database().migrate(new MigrationSet("operations", "1"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void runsItsStepsInOrderAndShowsThem() {
    try (Operations operations =
        node("n1", step("one", c -> StepOutcome.done()), step("two", c -> StepOutcome.done()))) {
      String job = start(operations);
      assertThat(operations.await(job, PATIENCE)).contains(JobStatus.FINISHED);
      assertThat(log).containsExactly("one", "two");
      assertThat(steps(job)).containsExactly(StepStatus.FINISHED, StepStatus.FINISHED);
      assertThat(inventory.snapshot().find(Kinds.JOB, job).orElseThrow().value().endTime())
          .isNotNull();
    }
  }

  @Test
  void aFailureUndoesTheStepsInReverseAndIsTheJobsFault() {
    try (Operations operations =
        node(
            "n1",
            step("one", c -> StepOutcome.done()),
            step("two", c -> StepOutcome.failed("the disk is full")),
            step("three", c -> StepOutcome.done()))) {
      String job = start(operations);
      assertThat(operations.await(job, PATIENCE)).contains(JobStatus.FAILED);
      assertThat(log).containsExactly("one", "two", "undo two", "undo one");
      assertThat(operations.fault(job)).contains("the disk is full");
    }
  }

  @Test
  void anExceptionFailsTheJobWithItsMessage() {
    try (Operations operations =
        node(
            "n1",
            step(
                "one",
                c -> {
                  throw new IllegalStateException("no such host");
                }))) {
      String job = start(operations);
      assertThat(operations.await(job, PATIENCE)).contains(JobStatus.FAILED);
      assertThat(operations.fault(job)).contains("no such host");
    }
  }

  @Test
  void goesBackToAnEarlierStepWithWhatItLearned() {
    try (Operations operations =
        node(
            "n1",
            step("place", c -> StepOutcome.done()),
            step(
                "create",
                c -> {
                  if (c.find("tried") == null) {
                    c.put("tried", "yes");
                    return new StepOutcome.BackTo("place", "host failed");
                  }
                  return StepOutcome.done();
                }))) {
      String job = start(operations);
      assertThat(operations.await(job, PATIENCE)).contains(JobStatus.FINISHED);
      assertThat(log).containsExactly("place", "create", "place", "create");
    }
  }

  @Test
  void aRestartedNodeGoesOnWhereItsEarlierLifeStopped() throws InterruptedException {
    CountDownLatch inStep = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Operations dying =
        node("n1", step("one", c -> StepOutcome.done()), step("two", c -> hang(inStep, never)));
    String job = start(dying);
    assertThat(inStep.await(30, TimeUnit.SECONDS)).isTrue();
    try (Operations reborn =
        node("n1", step("one", c -> StepOutcome.done()), step("two", c -> StepOutcome.done()))) {
      assertThat(reborn.await(job, PATIENCE)).contains(JobStatus.FINISHED);
    }
    assertThat(log).containsExactly("one", "two", "two");
    never.countDown();
    dying.close();
  }

  @Test
  void aNodeThatLostAJobCannotWriteItsProgressAnyMore() throws InterruptedException {
    CountDownLatch inStep = new CountDownLatch(1);
    CountDownLatch later = new CountDownLatch(1);
    Operations slow =
        node("n1", step("one", c -> hang(inStep, later)), step("two", c -> StepOutcome.done()));
    String job = start(slow);
    assertThat(inStep.await(30, TimeUnit.SECONDS)).isTrue();
    try (Operations other =
        node(
            "n1",
            step("one", c -> StepOutcome.failed("elsewhere")),
            step("two", c -> StepOutcome.done()))) {
      assertThat(other.await(job, PATIENCE)).contains(JobStatus.FAILED);
    }
    later.countDown();
    Thread.sleep(500);
    assertThat(inventory.snapshot().find(Kinds.JOB, job).orElseThrow().value().status())
        .isEqualTo(JobStatus.FAILED);
    assertThat(log).doesNotContain("two");
    slow.close();
  }

  @Test
  void anotherNodeTakesOverWhenTheOwnerLeft() throws InterruptedException {
    CountDownLatch inStep = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Operations leaving = node("n1", step("one", c -> hang(inStep, never)));
    String job = start(leaving);
    assertThat(inStep.await(30, TimeUnit.SECONDS)).isTrue();
    leaving.close();
    try (Operations heir = node("n2", step("one", c -> StepOutcome.done()))) {
      assertThat(heir.await(job, PATIENCE)).contains(JobStatus.FINISHED);
    }
    never.countDown();
  }

  @Test
  void aStepThatFindsNoDatabaseIsRunAgainAndUndoesNothing() {
    AtomicInteger runs = new AtomicInteger();
    try (Operations operations =
        node(
            "n1",
            step(
                "one",
                c -> {
                  if (runs.getAndIncrement() == 0) {
                    throw new InventoryUnavailable("no database", false);
                  }
                  return StepOutcome.done();
                }))) {
      String job = start(operations);
      assertThat(operations.await(job, PATIENCE)).contains(JobStatus.FINISHED);
      assertThat(log).containsExactly("one", "one");
    }
  }

  private static StepOutcome hang(CountDownLatch reached, CountDownLatch end) {
    reached.countDown();
    try {
      end.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return StepOutcome.done();
  }

  private Operations node(String id, Step... steps) {
    Operations operations =
        new Operations(
            inventory,
            Nodes.join(database.database().dataSource(), id),
            List.of(new Operation("Test", List.of(steps))),
            Clock.systemUTC(),
            UUID::randomUUID);
    operations.open();
    return operations;
  }

  private String start(Operations operations) {
    return inventory.write(
        transaction ->
            operations.start(
                transaction, new JobRequest("Test", "Testing", null, "c-1", Map.of("a", "b"))));
  }

  private List<StepStatus> steps(String job) {
    return inventory.snapshot().owned(Kinds.STEP, Kinds.JOB.key(job)).stream()
        .map((Entity<io.overt.model.types.Step> step) -> step.value().status())
        .toList();
  }

  private Step step(String name, Function<StepContext, StepOutcome> work) {
    Consumer<String> note = log::add;
    return new Step() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String description(StepContext context) {
        return "Step " + name;
      }

      @Override
      public StepOutcome run(StepContext context) {
        note.accept(name);
        return work.apply(context);
      }

      @Override
      public void compensate(StepContext context) {
        note.accept("undo " + name);
      }
    };
  }
}

package io.overt.sdk;

import io.overt.sdk.document.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Work of the engine that goes on after the call that began it. */
public final class Job {
  /** How long {@link #join()} waits. */
  public static final Duration PATIENCE = Duration.ofHours(1);

  private static final Duration LOOK = Duration.ofMillis(400);

  private final Connection connection;
  private final String id;
  private final List<Consumer<Progress>> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Progress> end = new CompletableFuture<>();
  private boolean begun;
  private @Nullable String correlation;
  private volatile @Nullable Progress seen;

  Job(Connection connection, String id) {
    this.connection = connection;
    this.id = id;
  }

  public String id() {
    return id;
  }

  /** How far it is now, from the engine. */
  public Progress progress() {
    Node job = connection.get("jobs/" + id);
    List<Node> steps = connection.list("jobs/" + id + "/steps", Map.of());
    Progress progress = JobSteps.progress(job, steps);
    seen = progress;
    return progress;
  }

  /**
   * Is told how far the job is whenever that changes, on a thread of its own, until it has ended.
   */
  public Job onProgress(Consumer<Progress> listener) {
    listeners.add(listener);
    Progress known = seen;
    if (known != null) {
      listener.accept(known);
    }
    begin();
    return this;
  }

  /** Waits an hour at most; see {@link #join(Duration)}. */
  public Progress join() {
    return join(PATIENCE);
  }

  /**
   * Waits until the job has succeeded.
   *
   * @throws JobFailed when it ended otherwise
   * @throws WaitTimeout when it goes on
   */
  public Progress join(Duration patience) {
    Exchange exchange = connection.exchange("GET", "jobs/" + id);
    Progress ending;
    begin();
    try {
      ending = end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      Progress known = seen;
      String last = known == null ? "nothing" : known.status() + ", " + known.percent() + " %";
      throw new WaitTimeout(exchange, "finished", last, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Transport(exchange, "the thread was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException failure) {
        throw failure;
      }
      throw new IllegalStateException("a listener to the progress failed", e.getCause());
    }
    if (!ending.succeeded()) {
      throw failure(ending);
    }
    return ending;
  }

  /** Whether it has ended without success; cheaper than to ask how far it is. */
  boolean failed() {
    String status = connection.get("jobs/" + id).text("status").orElse("unknown");
    return !status.equals("started") && !status.equals("finished");
  }

  /** What tells of an end that was no success. */
  JobFailed failure(Progress ending) {
    return new JobFailed(connection.exchange("GET", "jobs/" + id), ending, why(ending));
  }

  /** What the engine said of the failure, if it did so in an event. */
  private @Nullable String why(Progress ending) {
    String texts =
        connection.list("events", Map.of("max", 50)).stream()
            .filter(event -> !event.text("severity").orElse("normal").equals("normal"))
            .filter(event -> event.text("correlation_id").equals(correlationId()))
            .map(event -> event.text("description").orElse(""))
            .distinct()
            .collect(Collectors.joining("; "));
    if (!texts.isEmpty()) {
      return texts;
    }
    return ending.steps().stream()
        .filter(step -> step.status().equals("failed"))
        .map(Progress.Step::description)
        .reduce((first, second) -> second)
        .map(step -> "failed: " + step)
        .orElse(null);
  }

  Optional<String> correlationId() {
    return Optional.ofNullable(correlation);
  }

  /** The call that began it, by which its events are known. */
  Job startedBy(String correlationId) {
    correlation = correlationId;
    return this;
  }

  private synchronized void begin() {
    if (begun) {
      return;
    }
    begun = true;
    Thread.ofVirtual()
        .name("overt-job-" + id)
        .start(
            () -> {
              try {
                end.complete(watch());
              } catch (RuntimeException e) {
                end.completeExceptionally(e);
              }
            });
  }

  private Progress watch() {
    Exchange exchange = connection.exchange("GET", "jobs/" + id);
    try (Changes.Watch news = connection.changes().watch(id, correlationId().orElse(id))) {
      Progress last = null;
      while (true) {
        Progress now = progress();
        if (!now.equals(last)) {
          listeners.forEach(listener -> listener.accept(now));
          last = now;
        }
        if (!now.running()) {
          return now;
        }
        news.await(LOOK, exchange);
      }
    }
  }

  /** The tree of a job's steps, which the engine lists without order. */
  private static final class JobSteps {
    static Progress progress(Node job, List<Node> steps) {
      List<Progress.Step> tree = below(null, steps);
      String status = job.text("status").orElse("unknown");
      boolean running = status.equals("started");
      int percent = status.equals("finished") ? 100 : average(tree);
      return new Progress(
          job.id().orElse(""),
          job.text("description").orElse(""),
          status,
          running ? Math.min(percent, 99) : percent,
          tree);
    }

    private static List<Progress.Step> below(@Nullable String parent, List<Node> steps) {
      List<Node> own = new ArrayList<>();
      for (Node step : steps) {
        String above = step.node("parent_step").flatMap(Node::id).orElse(null);
        if (parent == null ? above == null : parent.equals(above)) {
          own.add(step);
        }
      }
      own.sort(Comparator.comparingLong(step -> step.number("number").orElse(0L)));
      return own.stream().map(step -> step(step, steps)).toList();
    }

    private static Progress.Step step(Node step, List<Node> steps) {
      String id = step.id().orElse("");
      List<Progress.Step> children = below(id, steps);
      String status = step.text("status").orElse("unknown");
      int percent =
          status.equals("finished")
              ? 100
              : children.isEmpty()
                  ? Math.clamp(step.number("progress").orElse(0L), 0, 100)
                  : average(children);
      return new Progress.Step(
          id,
          step.text("type").orElse("unknown"),
          step.text("description").orElse(""),
          status,
          percent,
          children);
    }

    private static int average(List<Progress.Step> steps) {
      return (int) steps.stream().mapToInt(Progress.Step::percent).average().orElse(0);
    }
  }
}

package io.overt.agent.jobs;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hooks.HookException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of this host. One that ended is kept for an hour. */
public final class Jobs {

  private static final Logger log = LoggerFactory.getLogger(Jobs.class);

  private static final Duration KEPT = Duration.ofHours(1);

  private final Map<UUID, Job> jobs = new ConcurrentHashMap<>();
  private final Consumer<Status> listener;

  /**
   * @param listener hears of every job that ended
   */
  public Jobs(Consumer<Status> listener) {
    this.listener = listener;
  }

  /**
   * A job as its verb tells it.
   *
   * @param status {@code running}, {@code done} or {@code failed}
   * @param progress percent
   * @param error what made it fail
   */
  public record Status(
      UUID id,
      String type,
      String description,
      String status,
      int progress,
      Optional<VdsmError> error) {}

  /** Work that may tell how far it is, in percent. */
  public interface Work {
    void run(IntConsumer progress);
  }

  /** Starts the work, unless the job runs or has succeeded: then it is the same order again. */
  public void start(UUID id, String type, String description, Work work) {
    forgetOld();
    Job started = new Job(id, type, description);
    Job known = jobs.compute(id, (same, old) -> old != null && !old.failed() ? old : started);
    if (known == started) {
      Thread.ofVirtual().name("job-" + id).start(() -> run(started, work));
    }
  }

  /** All, or those of this type and with these ids. */
  public List<Status> all(Optional<String> type, List<UUID> ids) {
    forgetOld();
    return jobs.values().stream()
        .map(Job::status)
        .filter(job -> type.isEmpty() || type.get().equals(job.type()))
        .filter(job -> ids.isEmpty() || ids.contains(job.id()))
        .toList();
  }

  private void run(Job job, Work work) {
    try {
      work.run(job::progress);
      job.end("done", Optional.empty());
    } catch (VdsmError e) {
      log.warn("Job {} ({}) failed: {}", job.id, job.type, e.getMessage());
      job.end("failed", Optional.of(e));
    } catch (RuntimeException e) {
      log.warn("Job {} ({}) failed", job.id, job.type, e);
      ErrorCode code = e instanceof HookException ? ErrorCode.HOOK_ERROR : ErrorCode.GENERAL;
      job.end("failed", Optional.of(new VdsmError(code, String.valueOf(e.getMessage()), e)));
    }
    listener.accept(job.status());
  }

  private void forgetOld() {
    long now = System.nanoTime();
    jobs.values().removeIf(job -> job.endedBefore(now - KEPT.toNanos()));
  }

  private static final class Job {
    private final UUID id;
    private final String type;
    private final String description;
    private String status = "running";
    private int progress;
    private long endedNanos;
    private Optional<VdsmError> error = Optional.empty();

    Job(UUID id, String type, String description) {
      this.id = id;
      this.type = type;
      this.description = description;
    }

    synchronized Status status() {
      return new Status(id, type, description, status, progress, error);
    }

    synchronized boolean failed() {
      return status.equals("failed");
    }

    synchronized void progress(int percent) {
      progress = percent;
    }

    synchronized void end(String status, Optional<VdsmError> error) {
      this.status = status;
      this.error = error;
      this.endedNanos = System.nanoTime();
      if (error.isEmpty()) {
        progress = 100;
      }
    }

    synchronized boolean endedBefore(long nanos) {
      return !status.equals("running") && endedNanos - nanos < 0;
    }
  }
}

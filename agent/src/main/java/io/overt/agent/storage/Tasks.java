package io.overt.agent.storage;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Storage work that outlives the call that asked for it. A finished task stays until it is cleared;
 * tasks do not survive a restart of the agent, and the engine then reads the volumes themselves.
 */
public final class Tasks {

  private static final Logger log = LoggerFactory.getLogger(Tasks.class);

  private final Map<UUID, Task> tasks = new ConcurrentHashMap<>();

  /**
   * A task as its status verb tells it.
   *
   * @param result {@code success}, {@code cleanSuccess}, {@code cleanFailure} or empty
   * @param code 0 or the error's
   */
  public record TaskStatus(
      UUID id, String verb, String state, String result, int code, String message) {}

  /** Work that may be interrupted, and that leaves nothing behind when it throws. */
  public interface Work {
    void run() throws InterruptedException;
  }

  /** Starts the work and answers the task's id. */
  public UUID start(String verb, Work work) {
    Task task = new Task(UUID.randomUUID(), verb);
    tasks.put(task.id, task);
    Thread thread = Thread.ofVirtual().name("task-" + task.id).unstarted(() -> run(task, work));
    task.thread = thread;
    thread.start();
    return task.id;
  }

  public List<TaskStatus> all() {
    return tasks.values().stream().map(Task::status).toList();
  }

  /**
   * @throws VdsmError code 401 when there is none
   */
  public TaskStatus status(UUID id) {
    return task(id).status();
  }

  /** Forgets a finished task. */
  public void clear(UUID id) {
    if (!task(id).finished()) {
      throw new VdsmError(ErrorCode.TASK_NOT_FINISHED, "Task " + id + " has not finished");
    }
    tasks.remove(id);
  }

  /** Asks a running task to end; it finishes with code 411. */
  public void stop(UUID id) {
    task(id).interrupt();
  }

  private Task task(UUID id) {
    Task task = tasks.get(id);
    if (task == null) {
      throw new VdsmError(ErrorCode.UNKNOWN_TASK, "Task " + id + " is not known");
    }
    return task;
  }

  private static void run(Task task, Work work) {
    try {
      work.run();
      task.finish("success", 0, "1 jobs completed successfully");
    } catch (InterruptedException e) {
      task.finish("cleanSuccess", ErrorCode.TASK_ABORTED.number(), "The task was stopped");
    } catch (VdsmError e) {
      log.warn("Task {} ({}) failed: {}", task.id, task.verb, e.getMessage());
      task.finish("cleanSuccess", e.code(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      log.error("Task {} ({}) failed", task.id, task.verb, e);
      task.finish("cleanFailure", ErrorCode.GENERAL.number(), e.toString());
    }
  }

  private static final class Task {
    private final UUID id;
    private final String verb;
    private volatile @Nullable Thread thread;
    private String state = "running";
    private String result = "";
    private int code;
    private String message = "running";

    Task(UUID id, String verb) {
      this.id = id;
      this.verb = verb;
    }

    synchronized TaskStatus status() {
      return new TaskStatus(id, verb, state, result, code, message);
    }

    synchronized boolean finished() {
      return state.equals("finished");
    }

    synchronized void finish(String result, int code, String message) {
      this.state = "finished";
      this.result = result;
      this.code = code;
      this.message = message;
    }

    synchronized void interrupt() {
      Thread running = thread;
      if (!finished() && running != null) {
        state = "aborting";
        running.interrupt();
      }
    }
  }
}

package io.overt.sdk;

import io.overt.sdk.document.Node;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What an action began: it goes on by itself, whether it is waited for or not.
 *
 * @param <T> the object that it works on
 */
public final class Operation<T extends Struct> {
  /** What ends an action before its time, where the API has that. */
  private static final Map<String, String> CANCELS = Map.of("migrate", "cancel_migration");

  private final Connection connection;
  private final String action;
  private final String path;
  private final Supplier<T> read;
  private final Optional<Job> job;

  Operation(Connection connection, String action, Reply reply, String path, Supplier<T> read) {
    this.connection = connection;
    this.action = action;
    this.path = path;
    this.read = read;
    this.job = connection.job(reply);
  }

  /** The job that does it; empty if it was done with the call. */
  public Optional<Job> job() {
    return job;
  }

  /** How far it is now. */
  public Progress progress() {
    return job.map(Job::progress).orElseGet(Operation::done);
  }

  private static Progress done() {
    return new Progress("", "", "finished", 100, java.util.List.of());
  }

  /** Is told how far it is whenever that changes, on a thread of its own, until it has ended. */
  public Operation<T> onProgress(Consumer<Progress> listener) {
    job.ifPresentOrElse(known -> known.onProgress(listener), () -> listener.accept(done()));
    return this;
  }

  /** Waits an hour at most; see {@link #join(Duration)}. */
  public T join() {
    return join(Job.PATIENCE);
  }

  /**
   * Waits until it has succeeded: the object as it is then.
   *
   * @throws JobFailed when it ended otherwise
   * @throws WaitTimeout when it goes on
   */
  public T join(Duration patience) {
    job.ifPresent(known -> known.join(patience));
    return read.get();
  }

  /**
   * Waits until the object has a status, and reads it.
   *
   * @throws JobFailed when the action failed before that
   * @throws WaitTimeout when the object has another status all the time
   */
  public T waitFor(EnumValue status, Duration patience) {
    return new Waiting<>(connection, path, read, job).forStatus(status, patience);
  }

  /**
   * Ends it before its time.
   *
   * @throws UnsupportedOperationException when the API has no way to
   */
  public void cancel() {
    String cancel = CANCELS.get(action);
    if (cancel == null) {
      throw new UnsupportedOperationException(
          "the API cannot cancel '%s', only %s".formatted(action, CANCELS.keySet()));
    }
    connection.act(path, cancel, Node.builder("action").build());
  }

  /** Whether the API has a way to end this before its time. */
  public boolean cancellable() {
    return CANCELS.containsKey(action);
  }

  @Override
  public String toString() {
    return "Operation[%s %s%s]"
        .formatted(action, path, job.map(known -> ", job " + known.id()).orElse(""));
  }
}

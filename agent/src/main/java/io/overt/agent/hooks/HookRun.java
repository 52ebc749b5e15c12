package io.overt.agent.hooks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * One script that ran.
 *
 * @param exitCode as a shell counts: 128 and the signal's number for a script that was killed
 * @param overdue whether it was killed at its deadline
 * @param errors what it wrote to its standard error, shortened
 */
public record HookRun(
    HookPoint point,
    Path script,
    Optional<UUID> vm,
    int exitCode,
    boolean overdue,
    Duration took,
    String errors) {

  static final int STOP = 2;

  public boolean failed() {
    return overdue || exitCode != 0;
  }

  boolean stopsChain() {
    return overdue || exitCode == STOP;
  }

  /** Hears of every script that ran. */
  public interface Observer {
    void ran(HookRun run);
  }

  /** What an operator has to know of a failure. */
  String failure() {
    String how =
        overdue
            ? "was killed after %.1f s".formatted(took.toMillis() / 1000.0)
            : "failed with exit code " + exitCode;
    return "%s script %s %s%s"
        .formatted(point.text(), script, how, errors.isEmpty() ? "" : ": " + errors);
  }
}

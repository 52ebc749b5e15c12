package io.overt.engine.vms.run;

import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostCalls;
import io.overt.fleet.HostUnreachable;
import io.overt.fleet.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a job asks of the host that a machine is to leave. */
final class SourceHost {
  private static final Logger LOG = LoggerFactory.getLogger(SourceHost.class);

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration BRIEF = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** A host may take so long to begin, and an old report of it may still be under way. */
  private static final Duration BEGIN = Duration.ofSeconds(15);

  /** VDSM: its longest move, and the time that its incoming side waits for the guest. */
  private static final Duration LONGEST = Duration.ofHours(6);

  private static final int IN_PROGRESS = 51;
  private static final int NOT_IN_PROGRESS = 81;
  private static final int IS_DOWN = 6;

  private final Supplier<Fleet> fleet;

  SourceHost(Supplier<Fleet> fleet) {
    this.fleet = fleet;
  }

  /**
   * Asks until there is an answer; an agent that just started answers "recovering" for a moment.
   *
   * @throws HostCallFailed when it refuses
   * @throws HostUnreachable when it may have heard it, and gives no answer
   */
  void migrate(
      String host, String vmId, Map<String, Object> parameters, @Nullable String correlationId) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (true) {
      try {
        fleet
            .get()
            .host(host, Duration.ofNanos(Math.max(0, end - System.nanoTime())))
            .call(
                "VM.migrate", Map.of("vmID", vmId, "params", parameters), DEADLINE, correlationId);
        return;
      } catch (HostCallFailed e) {
        // What became of a machine that is gone or down is for the monitoring to say.
        if (e.code() == IN_PROGRESS
            || e.code() == IS_DOWN
            || e.code() == HostCallFailed.NO_SUCH_VM) {
          return;
        }
        if (e.code() != HostCallFailed.RECOVERING || System.nanoTime() > end) {
          throw e;
        }
      } catch (HostUnreachable e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
      sleep(PAUSE);
    }
  }

  /**
   * Nothing of the machine is left there. Its own end of the move comes first: a machine that it
   * still sees on its way is not touched; its next reports release it.
   *
   * @return for how many milliseconds the guest stood still, when the host could still tell
   */
  Optional<Long> release(String host, String vmId, @Nullable String correlationId) {
    if (!awaitDown(host, vmId)) {
      return Optional.empty();
    }
    Optional<Long> downtime = Optional.empty();
    try {
      HostCalls calls = fleet.get().host(host, BRIEF);
      downtime = Optional.ofNullable(status(calls, vmId).number("downtime"));
      var _ = calls.call("VM.destroy", Map.of("vmID", vmId), DEADLINE, correlationId);
    } catch (HostCallFailed | HostUnreachable e) {
      LOG.debug("Host {} did not release {}: {}", host, vmId, e.getMessage());
    }
    return downtime;
  }

  /** The same, told by the host that it came to. */
  Optional<Long> downtime(String host, String vmId) {
    try {
      return Optional.ofNullable(status(fleet.get().host(host, BRIEF), vmId).number("downtime"));
    } catch (HostCallFailed | HostUnreachable e) {
      LOG.debug("Host {} does not say how {} came: {}", host, vmId, e.getMessage());
      return Optional.empty();
    }
  }

  private static Report status(HostCalls calls, String vmId) {
    return new Report(calls.object("VM.getMigrationStatus", Map.of("vmID", vmId)), Instant.EPOCH);
  }

  private boolean awaitDown(String host, String vmId) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (System.nanoTime() < end) {
      try {
        String status =
            fleet
                .get()
                .host(host, BRIEF)
                .objects("VM.getStats", Map.of("vmID", vmId))
                .getFirst()
                .getOrDefault("status", "")
                .toString();
        if (status.equals("Down")) {
          return true;
        }
      } catch (HostCallFailed | HostUnreachable e) {
        return false;
      }
      sleep(PAUSE);
    }
    return false;
  }

  /**
   * Asks it to break the move off.
   *
   * @return false when it is not moving the machine
   * @throws HostUnreachable when there is no answer
   */
  boolean cancel(String host, String vmId, @Nullable String correlationId) {
    try {
      fleet
          .get()
          .host(host)
          .call("VM.migrateCancel", Map.of("vmID", vmId), DEADLINE, correlationId);
      return true;
    } catch (HostCallFailed e) {
      if (e.code() == NOT_IN_PROGRESS || e.code() == HostCallFailed.NO_SUCH_VM) {
        return false;
      }
      throw e;
    }
  }

  Watch watch(@Nullable String host, String vmId, IntConsumer progress) {
    return new Watch(host == null ? "" : host, vmId, progress);
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a machine migrates", e);
    }
  }

  /** Looks again and again how a move is. */
  final class Watch {
    private final String host;
    private final String vmId;
    private final IntConsumer progress;
    private final long began = System.nanoTime();
    private int shown;
    private boolean seen;
    private boolean cancelling;

    private Watch(String host, String vmId, IntConsumer progress) {
      this.host = host;
      this.vmId = vmId;
      this.progress = progress;
    }

    void pause() {
      sleep(PAUSE);
    }

    /** Waits a moment; answers why the move failed, when it did. */
    Optional<String> look(boolean unwanted) {
      pause();
      if (unwanted && !cancelling) {
        cancelling = askToCancel();
      }
      Report report = fleet.get().reports().machine(vmId);
      String status = report.text("status");
      if ("Migration Source".equals(status)) {
        seen = true;
        show(report);
        return overdue() ? tooLong() : Optional.empty();
      }
      if (status == null || "Down".equals(status)) {
        return overdue() ? tooLong() : Optional.empty();
      }
      // It shows the machine up: either not yet moving or no more.
      return ask();
    }

    private boolean askToCancel() {
      try {
        return cancel(host, vmId, null);
      } catch (HostCallFailed | HostUnreachable e) {
        return false;
      }
    }

    private void show(Report report) {
      Long percent = report.number("migrationProgress");
      if (percent != null && percent.intValue() > shown) {
        shown = percent.intValue();
        progress.accept(shown);
      }
    }

    private Optional<String> ask() {
      Report told;
      try {
        told = SourceHost.status(fleet.get().host(host), vmId);
      } catch (HostCallFailed | HostUnreachable e) {
        return Optional.empty();
      }
      Report status = told.report("status");
      Long code = status.number("code");
      if (code != null && code != 0) {
        String message = status.text("message");
        return Optional.of(message == null ? "Migration failed" : message);
      }
      boolean late = System.nanoTime() - began > BEGIN.toNanos();
      return late && !seen ? Optional.of("The host did not begin the migration") : Optional.empty();
    }

    private boolean overdue() {
      return System.nanoTime() - began > LONGEST.toNanos();
    }

    private Optional<String> tooLong() {
      askToCancel();
      return Optional.of("The migration did not end within " + LONGEST.toHours() + " hours");
    }
  }
}

package io.overt.engine.resource;

import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostUnreachable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one host that are repeated until there is an answer: the host may have to be connected
 * first, after a start of this node or of the agent, and an agent that just started answers
 * "recovering" for a moment. Only for verbs that may be repeated.
 */
public record PatientCalls(
    Supplier<Fleet> fleet, String host, Duration patience, @Nullable String correlationId) {

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration LOOK = Duration.ofMillis(200);

  /**
   * @throws HostCallFailed when the host refuses
   * @throws HostUnreachable when it was silent all the time
   */
  public @Nullable Object call(String verb, Map<String, ?> parameters) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return fleet
            .get()
            .host(host, Duration.ofNanos(Math.max(1, end - System.nanoTime())))
            .call(verb, parameters, patience, correlationId);
      } catch (HostCallFailed e) {
        if (e.code() != HostCallFailed.RECOVERING || System.nanoTime() > end) {
          throw e;
        }
      } catch (HostUnreachable e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
      pause(PAUSE);
    }
  }

  /**
   * Gives an order that the host carries out as a job, and waits for the end. An agent that was
   * started anew meanwhile gets the order again.
   *
   * @return what made it fail, empty when it succeeded
   */
  public Optional<String> carryOut(String job, String verb, Map<String, ?> parameters) {
    call(verb, parameters);
    while (true) {
      Object answer = call("Host.getJobs", Map.of("job_ids", List.of(job)));
      Object found = answer instanceof Map<?, ?> jobs ? jobs.get(job) : null;
      if (!(found instanceof Map<?, ?> status)) {
        call(verb, parameters);
      } else if ("done".equals(status.get("status"))) {
        return Optional.empty();
      } else if ("failed".equals(status.get("status"))) {
        return Optional.of(
            status.get("error") instanceof Map<?, ?> error
                ? String.valueOf(error.get("message"))
                : "The host's job failed");
      }
      pause(LOOK);
    }
  }

  /** Sleeps between two looks. */
  public static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a host works", e);
    }
  }
}

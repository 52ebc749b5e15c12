package io.overt.engine.resource;

import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostUnreachable;
import java.time.Duration;
import java.util.Map;
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

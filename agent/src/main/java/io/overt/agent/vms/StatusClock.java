package io.overt.agent.vms;

/**
 * The clock of {@code statusTime} and {@code notify_time}: milliseconds of the machine's monotonic
 * clock plus 2³¹−1, so that values from before and after an agent restart stay in order and older
 * engines, which cannot read smaller values, are content (VDSM's rule).
 */
public interface StatusClock {

  /** Now, in milliseconds. */
  long now();

  /** The machine's own; on Linux it counts from boot. */
  static StatusClock monotonic() {
    return () -> System.nanoTime() / 1_000_000 + Integer.MAX_VALUE;
  }
}

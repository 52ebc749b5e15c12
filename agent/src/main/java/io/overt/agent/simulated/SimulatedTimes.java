package io.overt.agent.simulated;

import java.time.Duration;

/**
 * How long things take on a simulated host.
 *
 * @param call any call of the hypervisor
 * @param boot from the start of a domain until its guest reports
 * @param shutdown from the power button to the end
 * @param migration from one host to another
 * @param deadline after which a call that hangs is given up
 */
public record SimulatedTimes(
    Latency call, Latency boot, Latency shutdown, Latency migration, Duration deadline) {

  /** With moves that take half a second. */
  public SimulatedTimes(Latency call, Latency boot, Latency shutdown, Duration deadline) {
    this(call, boot, shutdown, Latency.millis(500, 500), deadline);
  }

  /** The same but for how long moves take. */
  public SimulatedTimes withMigration(Latency other) {
    return new SimulatedTimes(call, boot, shutdown, other, deadline);
  }

  /** What a job on a disk's images takes, as long as a shutdown. */
  Latency blockJob() {
    return shutdown;
  }

  /** Quick hosts: calls take 1 to 10 ms, guests boot in 1 to 3 s, shut down and move in 1 to 2. */
  public static SimulatedTimes standard() {
    return new SimulatedTimes(
        Latency.millis(1, 10),
        Latency.millis(1000, 3000),
        Latency.millis(1000, 2000),
        Latency.millis(1000, 2000),
        Duration.ofSeconds(30));
  }

  /** Calls take no time, guests 100 ms to boot, shut down and move; for tests. */
  public static SimulatedTimes instant() {
    return new SimulatedTimes(
        Latency.none(),
        Latency.millis(100, 100),
        Latency.millis(100, 100),
        Latency.millis(100, 100),
        Duration.ofMillis(500));
  }
}

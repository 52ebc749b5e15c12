package io.overt.agent.simulated;

import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.HypervisorException.Kind;
import io.overt.agent.hypervisor.TransferProgress;
import java.time.Duration;

/** One guest on its way between two simulated hypervisors. */
final class SimulatedMove {

  private static final Duration TICK = Duration.ofMillis(5);
  private static final int PASSES = 3;

  private final SimulatedMigration source;
  private final SimulatedDomain guest;
  private final SimulatedMigration destination;
  private final SimulatedDomain arrival;
  private final long bytes;
  private final long began = System.nanoTime();
  private final long takes;
  private volatile boolean aborted;
  private volatile boolean hurried;
  private volatile String torn = "";

  SimulatedMove(
      SimulatedMigration source,
      SimulatedDomain guest,
      SimulatedMigration destination,
      SimulatedDomain arrival,
      Duration takes) {
    this.source = source;
    this.guest = guest;
    this.destination = destination;
    this.arrival = arrival;
    this.bytes = guest.description().memoryKib() * 1024;
    this.takes = Math.max(1, takes.toNanos());
  }

  void abort() {
    aborted = true;
  }

  /**
   * The guest goes over now, whatever is left.
   *
   * @param trouble with which the hosts lose each other then; empty for none
   */
  void hurry(String trouble) {
    torn = trouble;
    hurried = true;
  }

  TransferProgress progress() {
    double done = Math.min(1.0, (double) (System.nanoTime() - began) / takes);
    return new TransferProgress(
        bytes, (long) (bytes * (1 - done)), 1 + (long) (done * (PASSES - 1)));
  }

  /** Returns when the other side runs the guest; otherwise it is still here. */
  void run(Faults.Fault trouble) throws InterruptedException {
    long end = began + takes + trouble.delay().toNanos();
    long half = began + takes / 2;
    while (System.nanoTime() < end && !hurried) {
      Thread.sleep(TICK);
      if (!trouble.message().isEmpty() && System.nanoTime() > half) {
        throw broken(trouble.message());
      }
      requireBoth();
    }
    requireBoth();
    if (!torn.isEmpty()) {
      source.tear(guest, destination, arrival);
      throw new HypervisorException(Kind.FAILED, torn);
    }
    source.handOver(guest, destination, arrival);
  }

  private void requireBoth() {
    if (!source.runs(guest)) {
      destination.giveUp(arrival);
      throw new HypervisorException(
          Kind.DOMAIN_MISSING, "Domain " + guest.description().id() + " is not active");
    }
    if (aborted) {
      throw broken("operation aborted: migration out job: canceled by client");
    }
    if (!destination.runs(arrival)) {
      throw broken("operation failed: client socket is closed");
    }
  }

  private HypervisorException broken(String message) {
    destination.giveUp(arrival);
    return new HypervisorException(Kind.FAILED, message);
  }
}

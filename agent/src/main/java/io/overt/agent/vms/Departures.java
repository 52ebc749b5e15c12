package io.overt.agent.vms;

import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.HypervisorException.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Devices that guests were asked to give up: a detach is done when the hypervisor says so. */
final class Departures {

  /** Between looks at the domain, for the case that an event is missed. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Hypervisor hypervisor;
  private final Duration patience;
  private final Map<Departure, CompletableFuture<Boolean>> awaited = new ConcurrentHashMap<>();

  private record Departure(UUID domain, String alias) {}

  Departures(Hypervisor hypervisor, Duration patience) {
    this.hypervisor = hypervisor;
    this.patience = patience;
  }

  /** An event: the device is gone, or the guest keeps it. */
  void on(UUID domain, String alias, boolean gone) {
    CompletableFuture<Boolean> waiting = awaited.get(new Departure(domain, alias));
    if (waiting != null) {
      waiting.complete(gone);
    }
  }

  /**
   * Detaches a device and waits until it is gone.
   *
   * @throws HypervisorException also when the guest refuses, or does not answer in time
   */
  void detach(UUID domain, String alias, String deviceXml) {
    Departure departure = new Departure(domain, alias);
    CompletableFuture<Boolean> outcome = new CompletableFuture<>();
    CompletableFuture<Boolean> earlier = awaited.putIfAbsent(departure, outcome);
    if (earlier != null) {
      throw new HypervisorException(Kind.FAILED, "the device " + alias + " is being detached");
    }
    try {
      hypervisor.detachDevice(domain, deviceXml);
      if (!gone(departure, outcome)) {
        throw new HypervisorException(Kind.FAILED, "the guest keeps the device " + alias);
      }
    } finally {
      awaited.remove(departure, outcome);
    }
  }

  private boolean gone(Departure departure, CompletableFuture<Boolean> outcome) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      long left = deadline - System.nanoTime();
      try {
        return outcome.get(Math.clamp(left, 0, LOOK.toNanos()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (!Devices.present(Devices.root(hypervisor.xml(departure.domain())), departure.alias())) {
          return true;
        }
        if (left <= LOOK.toNanos()) {
          throw new HypervisorException(
              Kind.TIMEOUT,
              "the guest did not give the device %s up within %s"
                  .formatted(departure.alias(), patience),
              e);
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new HypervisorException(Kind.TIMEOUT, "interrupted while a device leaves", e);
      }
    }
  }
}

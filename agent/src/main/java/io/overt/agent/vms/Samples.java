package io.overt.agent.vms;

import io.overt.agent.hypervisor.DomainStatistics;
import io.overt.agent.hypervisor.Hypervisor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples all domains at once, at most once in a while, whoever asks; a hypervisor that does not
 * answer makes the domains unresponsive, not the asker wait for ever.
 */
public final class Samples {

  private static final Logger log = LoggerFactory.getLogger(Samples.class);

  /** A monitor may be busy with another operation for a while. */
  private static final Duration UNRESPONSIVE_AFTER = Duration.ofSeconds(30);

  private final Hypervisor hypervisor;
  private final Duration leastAge;
  private final Duration patience;
  private Map<UUID, Pair> pairs = Map.of();
  private long takenNanos;
  private @Nullable CompletableFuture<Map<UUID, Pair>> running;

  /**
   * @param leastAge a younger sample is answered again
   * @param patience how long to wait for the hypervisor
   */
  public Samples(Hypervisor hypervisor, Duration leastAge, Duration patience) {
    this.hypervisor = hypervisor;
    this.leastAge = leastAge;
    this.patience = patience;
  }

  /**
   * Two samples of a domain, the earlier one empty at first.
   *
   * @param responsive false when the latest attempt to sample it failed
   */
  public record Pair(
      DomainStatistics latest, Optional<DomainStatistics> earlier, boolean responsive) {

    /** Seconds between the two samples, 0 when there is only one. */
    public double seconds() {
      return earlier.map(old -> (latest.sampledNanos() - old.sampledNanos()) / 1e9).orElse(0.0);
    }
  }

  /**
   * What is known of all domains.
   *
   * @param pairs a domain that was never sampled is missing
   * @param answered whether the hypervisor answered the latest attempt
   */
  public record Sampled(Map<UUID, Pair> pairs, boolean answered) {

    public Optional<Pair> of(UUID domain) {
      return Optional.ofNullable(pairs.get(domain));
    }

    /** Whether this domain's monitor is known not to answer. */
    public boolean unresponsive(UUID domain) {
      return !answered || of(domain).filter(pair -> !pair.responsive()).isPresent();
    }
  }

  /** The current samples, fresh ones if the last are old. */
  public Sampled take() {
    try {
      return new Sampled(sampling().get(patience.toMillis(), TimeUnit.MILLISECONDS), true);
    } catch (TimeoutException e) {
      log.warn("The hypervisor did not answer a request for statistics within {}", patience);
    } catch (ExecutionException e) {
      log.warn("Cannot sample the domains: {}", String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      return new Sampled(pairs, false);
    }
  }

  private synchronized CompletableFuture<Map<UUID, Pair>> sampling() {
    if (running != null) {
      return running;
    }
    if (takenNanos != 0 && System.nanoTime() - takenNanos < leastAge.toNanos()) {
      return CompletableFuture.completedFuture(pairs);
    }
    CompletableFuture<Map<UUID, Pair>> started = new CompletableFuture<>();
    running = started;
    Thread.ofVirtual().name("sampling").start(() -> sample(started));
    return started;
  }

  private void sample(CompletableFuture<Map<UUID, Pair>> result) {
    try {
      result.complete(remember(hypervisor.statistics()));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    } finally {
      synchronized (this) {
        running = null;
      }
    }
  }

  private synchronized Map<UUID, Pair> remember(Map<UUID, DomainStatistics> sampled) {
    Map<UUID, Pair> next = new HashMap<>();
    sampled.forEach(
        (id, latest) -> {
          Pair old = pairs.get(id);
          if (latest.responsive()) {
            next.put(id, new Pair(latest, Optional.ofNullable(old).map(Pair::latest), true));
          } else if (old == null) {
            next.put(id, new Pair(latest, Optional.empty(), true));
          } else {
            long silent = latest.sampledNanos() - old.latest().sampledNanos();
            next.put(
                id, new Pair(old.latest(), old.earlier(), silent < UNRESPONSIVE_AFTER.toNanos()));
          }
        });
    pairs = Map.copyOf(next);
    takenNanos = System.nanoTime();
    return pairs;
  }
}

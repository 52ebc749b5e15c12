package io.overt.agent.storage;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this host can read the active domains of its pools, and how fast. A check that hangs, as
 * on a dead NFS server, makes its domain invalid and is not repeated until it has ended.
 */
public final class DomainHealth {

  private static final Logger log = LoggerFactory.getLogger(DomainHealth.class);

  private final DomainStore store;
  private final StoragePools pools;
  private final Duration patience;
  private final Map<UUID, CompletableFuture<Vitals>> checks = new HashMap<>();
  private final Map<UUID, Long> lastSeenNanos = new HashMap<>();

  public DomainHealth(DomainStore store, StoragePools pools, Duration patience) {
    this.store = store;
    this.pools = pools;
    this.patience = patience;
  }

  /**
   * @param code 0, or the storage code of the failure
   * @param delaySeconds what reading took
   * @param secondsSinceCheck since it was last readable
   */
  public record Vitals(int code, double delaySeconds, double secondsSinceCheck, int version) {
    public boolean valid() {
      return code == 0;
    }
  }

  /** All active domains of the pools that this host is connected to. */
  public Map<UUID, Vitals> check() {
    Map<UUID, CompletableFuture<Vitals>> started = new LinkedHashMap<>();
    activeDomains().forEach(domain -> started.put(domain, start(domain)));
    long deadline = System.nanoTime() + patience.toNanos();
    Map<UUID, Vitals> vitals = new LinkedHashMap<>();
    started.forEach((domain, check) -> vitals.put(domain, await(domain, check, deadline)));
    return vitals;
  }

  private Set<UUID> activeDomains() {
    Set<UUID> active = new TreeSet<>();
    for (UUID pool : pools.connected()) {
      try {
        pools
            .get(pool)
            .domains()
            .forEach(
                (domain, status) -> {
                  if (status.equals("Active")) {
                    active.add(domain);
                  }
                });
      } catch (VdsmError e) {
        log.warn("Cannot read pool {}: {}", pool, e.getMessage());
        UUID master = store.pools().get(pool);
        if (master != null) {
          active.add(master);
        }
      }
    }
    return active;
  }

  private synchronized CompletableFuture<Vitals> start(UUID domain) {
    CompletableFuture<Vitals> running = checks.get(domain);
    if (running != null && !running.isDone()) {
      return running;
    }
    CompletableFuture<Vitals> check = new CompletableFuture<>();
    checks.put(domain, check);
    Thread.ofVirtual().name("check-" + domain).start(() -> read(domain, check));
    return check;
  }

  private void read(UUID domain, CompletableFuture<Vitals> check) {
    long begin = System.nanoTime();
    try {
      int version = Integer.parseInt(store.domainMetadata(domain).getOrDefault("VERSION", "0"));
      long end = System.nanoTime();
      synchronized (this) {
        lastSeenNanos.put(domain, end);
      }
      check.complete(new Vitals(0, (end - begin) / 1e9, 0, version));
    } catch (VdsmError e) {
      check.complete(failed(domain, e.code()));
    } catch (RuntimeException e) {
      log.warn("Checking storage domain {} failed", domain, e);
      check.complete(failed(domain, ErrorCode.STORAGE.number()));
    }
  }

  private Vitals await(UUID domain, CompletableFuture<Vitals> check, long deadline) {
    try {
      return check.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return failed(domain, ErrorCode.DOMAIN_ACCESS.number());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(domain, ErrorCode.DOMAIN_ACCESS.number());
    }
  }

  private synchronized Vitals failed(UUID domain, int code) {
    Long seen = lastSeenNanos.get(domain);
    return new Vitals(code, 0, seen == null ? 0 : (System.nanoTime() - seen) / 1e9, 0);
  }
}

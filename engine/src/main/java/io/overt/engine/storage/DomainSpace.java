package io.overt.engine.storage;

import io.overt.engine.resource.StorageHosts;
import io.overt.engine.storage.HostStorage.Capacity;
import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostUnreachable;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Disk;
import io.overt.model.types.StorageDomainStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How full the storage domains are, as hosts said last. Kept in memory; whoever asks for an old
 * value gets it at once and has a new one fetched behind the scenes.
 */
public final class DomainSpace {
  private static final Logger LOG = LoggerFactory.getLogger(DomainSpace.class);
  private static final long FRESH_NANOS = Duration.ofSeconds(20).toNanos();

  private record Known(Capacity capacity, long atNanos) {}

  private final Supplier<Fleet> fleet;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final Set<String> asking = ConcurrentHashMap.newKeySet();

  public DomainSpace(Supplier<Fleet> fleet) {
    this.fleet = fleet;
  }

  /**
   * How full a domain is.
   *
   * @param used bytes
   * @param total bytes
   */
  public record Filling(long used, long total) {}

  /** The last known value of a domain, if it is active anywhere. */
  public Optional<Filling> filling(Snapshot snapshot, String domain) {
    return DomainPresenter.attachment(snapshot, domain)
        .filter(attached -> attached.value().status() == StorageDomainStatus.ACTIVE)
        .flatMap(attached -> of(snapshot, DomainPresenter.dataCenter(attached), domain))
        .map(now -> new Filling(now.total() - now.free(), now.total()));
  }

  /** Bytes that the disks of a domain may grow to. */
  public static long committed(Snapshot snapshot, String domain) {
    return snapshot.referrers(Kinds.DISK, "storage_domains", domain).stream()
        .map(Entity::value)
        .map(Disk::provisionedSize)
        .filter(Objects::nonNull)
        .mapToLong(Long::longValue)
        .sum();
  }

  /** The last known value of a domain that is active in a data center. */
  Optional<Capacity> of(Snapshot snapshot, String dataCenter, String domain) {
    Known value = known.get(domain);
    if (value == null || System.nanoTime() - value.atNanos() > FRESH_NANOS) {
      refresh(snapshot, dataCenter, domain);
    }
    return Optional.ofNullable(value).map(Known::capacity);
  }

  void put(String domain, Capacity capacity) {
    known.put(domain, new Known(capacity, System.nanoTime()));
  }

  void forget(String domain) {
    known.remove(domain);
  }

  private void refresh(Snapshot snapshot, String dataCenter, String domain) {
    if (!asking.add(domain)) {
      return;
    }
    Thread.ofVirtual()
        .name("space-" + domain)
        .start(
            () -> {
              try {
                StorageHosts.up(snapshot, dataCenter).stream()
                    .flatMap(host -> fleet.get().find(host.id()).stream())
                    .findFirst()
                    .ifPresent(calls -> put(domain, new HostStorage(calls, null).capacity(domain)));
              } catch (HostCallFailed | HostUnreachable e) {
                LOG.debug(
                    "the space of storage domain {} is not known: {}", domain, e.getMessage());
              } finally {
                asking.remove(domain);
              }
            });
  }
}

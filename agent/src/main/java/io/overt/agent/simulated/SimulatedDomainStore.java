package io.overt.agent.simulated;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.storage.DomainStore;
import io.overt.agent.storage.StorageConnection;
import io.overt.agent.storage.VolumeAddress;
import io.overt.agent.storage.VolumeFormat;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/** One simulated host's view of the shared {@link SimulatedStorage}. */
final class SimulatedDomainStore implements DomainStore {

  private static final long FIRST_CLUSTERS = 196_608;

  private final SimulatedStorage storage;
  private final Set<String> connected = ConcurrentHashMap.newKeySet();
  private final Map<UUID, UUID> pools = new ConcurrentHashMap<>();

  SimulatedDomainStore(SimulatedStorage storage) {
    this.storage = storage;
  }

  @Override
  public void connect(StorageConnection connection) {
    storage.server(connection.remotePath());
    connected.add(connection.remotePath());
  }

  @Override
  public void disconnect(StorageConnection connection) {
    connected.remove(connection.remotePath());
  }

  @Override
  public Set<UUID> domains() {
    Set<UUID> found = new LinkedHashSet<>();
    connected.forEach(path -> found.addAll(storage.server(path).domains().keySet()));
    return found;
  }

  @Override
  public void createDomain(UUID domain, String remotePath, Map<String, String> metadata) {
    if (!connected.contains(remotePath)) {
      throw new VdsmError(
          ErrorCode.STORAGE_CONNECTION,
          "Storage server '%s' is not connected; call StoragePool.connectStorageServer first"
              .formatted(remotePath));
    }
    pass();
    storage
        .server(remotePath)
        .domains()
        .put(
            domain,
            new SimulatedStorage.Domain(
                new ConcurrentHashMap<>(metadata), new ConcurrentHashMap<>()));
  }

  @Override
  public void removeDomain(UUID domain) {
    find(domain);
    connected.forEach(path -> storage.server(path).domains().remove(domain));
  }

  @Override
  public Map<String, String> domainMetadata(UUID domain) {
    return Map.copyOf(find(domain).metadata());
  }

  @Override
  public void writeDomainMetadata(UUID domain, Map<String, String> metadata) {
    Map<String, String> stored = find(domain).metadata();
    stored.putAll(metadata);
    stored.keySet().retainAll(metadata.keySet());
  }

  @Override
  public Capacity capacity(UUID domain) {
    long used =
        find(domain).volumes().values().stream()
            .mapToLong(SimulatedStorage.Volume::trueBytes)
            .sum();
    return new Capacity(storage.serverBytes(), Math.max(0, storage.serverBytes() - used));
  }

  @Override
  public List<UUID> images(UUID domain) {
    return find(domain).volumes().keySet().stream().map(VolumeAddress::image).distinct().toList();
  }

  @Override
  public List<UUID> volumes(UUID domain, UUID image) {
    return find(domain).volumes().entrySet().stream()
        .filter(entry -> entry.getKey().image().equals(image))
        .filter(entry -> !entry.getValue().metadata().isEmpty())
        .map(entry -> entry.getKey().volume())
        .toList();
  }

  @Override
  public Optional<Map<String, String>> volumeMetadata(VolumeAddress volume) {
    return Optional.ofNullable(find(volume.domain()).volumes().get(volume))
        .map(SimulatedStorage.Volume::metadata)
        .filter(metadata -> !metadata.isEmpty());
  }

  @Override
  public void writeVolumeMetadata(VolumeAddress volume, Map<String, String> metadata) {
    find(volume.domain())
        .volumes()
        .computeIfPresent(
            volume,
            (address, old) ->
                new SimulatedStorage.Volume(
                    Map.copyOf(metadata), old.capacityBytes(), old.trueBytes()));
  }

  @Override
  public void createVolume(VolumeAddress volume, VolumeLayout layout) {
    pass();
    put(volume, layout);
  }

  @Override
  public void copyVolume(
      VolumeAddress from, VolumeFormat fromFormat, VolumeAddress to, VolumeLayout as) {
    pass();
    put(to, as);
  }

  @Override
  public void shareVolume(VolumeAddress volume, UUID withImage) {
    SimulatedStorage.Domain domain = find(volume.domain());
    SimulatedStorage.Volume shared = domain.volumes().get(volume);
    if (shared != null) {
      domain
          .volumes()
          .putIfAbsent(new VolumeAddress(volume.domain(), withImage, volume.volume()), shared);
    }
  }

  @Override
  public void extendVolume(VolumeAddress volume, VolumeFormat format, long bytes) {
    pass();
    find(volume.domain())
        .volumes()
        .computeIfPresent(
            volume,
            (address, old) -> new SimulatedStorage.Volume(old.metadata(), bytes, old.trueBytes()));
  }

  @Override
  public void commitVolume(
      VolumeAddress top, VolumeFormat topFormat, VolumeAddress base, VolumeFormat baseFormat) {
    pass();
  }

  @Override
  public void rebaseVolume(VolumeAddress volume, VolumeFormat format, Backing backing) {
    pass();
  }

  @Override
  public void duplicateVolume(VolumeAddress from, VolumeAddress to) {
    pass();
    SimulatedStorage.Volume found = find(from.domain()).volumes().get(from);
    if (found != null) {
      find(to.domain())
          .volumes()
          .put(to, new SimulatedStorage.Volume(Map.of(), found.capacityBytes(), found.trueBytes()));
    }
  }

  @Override
  public void sparsifyVolume(VolumeAddress volume, VolumeFormat format, Optional<Backing> backing) {
    pass();
  }

  /** There is nothing in simulated volumes to write. */
  @Override
  public void pack(Path file, String document, List<Part> parts, IntConsumer progress) {
    pass();
  }

  @Override
  public void removeVolume(VolumeAddress volume) {
    find(volume.domain()).volumes().remove(volume);
    storage.texts().remove(volume);
  }

  @Override
  public void removeImage(UUID domain, UUID image) {
    pass();
    find(domain).volumes().keySet().removeIf(volume -> volume.image().equals(image));
  }

  @Override
  public VolumeSize size(VolumeAddress volume) {
    SimulatedStorage.Volume found = find(volume.domain()).volumes().get(volume);
    return found == null
        ? new VolumeSize(0, 0)
        : new VolumeSize(found.trueBytes(), found.trueBytes());
  }

  @Override
  public String path(VolumeAddress volume) {
    return "/rhev/data-center/mnt/simulated/%s/images/%s/%s"
        .formatted(volume.domain(), volume.image(), volume.volume());
  }

  @Override
  public String text(VolumeAddress volume) {
    return storage.texts().getOrDefault(volume, "");
  }

  @Override
  public void write(VolumeAddress volume, String text) {
    storage.texts().put(volume, text);
  }

  @Override
  public Map<UUID, UUID> pools() {
    return Map.copyOf(pools);
  }

  @Override
  public void rememberPool(UUID pool, UUID masterDomain) {
    pools.put(pool, masterDomain);
  }

  @Override
  public void forgetPool(UUID pool) {
    pools.remove(pool);
  }

  private void put(VolumeAddress volume, VolumeLayout layout) {
    long occupied =
        layout.preallocated()
            ? layout.capacityBytes()
            : layout.format() == VolumeFormat.COW ? FIRST_CLUSTERS : 0;
    find(volume.domain())
        .volumes()
        .put(volume, new SimulatedStorage.Volume(Map.of(), layout.capacityBytes(), occupied));
  }

  private SimulatedStorage.Domain find(UUID domain) {
    for (String path : connected) {
      SimulatedStorage.Domain found = storage.server(path).domains().get(domain);
      if (found != null) {
        return found;
      }
    }
    throw new VdsmError(
        ErrorCode.DOMAIN_DOES_NOT_EXIST,
        "Storage domain %s is not on any connected storage server".formatted(domain));
  }

  private void pass() {
    try {
      storage.latency().pass();
    } catch (InterruptedException e) {
      throw new VdsmError(ErrorCode.TASK_ABORTED, "The task was stopped", e);
    }
  }
}

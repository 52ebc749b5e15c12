package io.overt.agent.storage;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Pools as VDSM keeps them: a list of domains in the metadata of the master domain. The role of the
 * pool's manager is granted to whoever the engine asks, since the engine itself is the lock.
 */
public final class StoragePools {

  private final DomainStore store;
  private final Set<UUID> managed = ConcurrentHashMap.newKeySet();
  private final Map<UUID, Long> hostIds = new ConcurrentHashMap<>();

  public StoragePools(DomainStore store) {
    this.store = store;
  }

  /**
   * A pool as its master domain describes it.
   *
   * @param domains {@code Active} or {@code Attached} by domain
   */
  public record Pool(
      UUID id,
      String name,
      UUID master,
      long masterVersion,
      Map<UUID, String> domains,
      long spmId,
      long spmVersion) {}

  /** Writes a new pool to its master domain and attaches the given domains. */
  public void create(UUID id, String name, UUID master, long masterVersion, List<UUID> domains) {
    Map<UUID, String> members = new LinkedHashMap<>();
    domains.forEach(domain -> members.put(domain, "Attached"));
    members.put(master, "Active");
    for (UUID domain : members.keySet()) {
      String pool = store.domainMetadata(domain).getOrDefault("POOL_UUID", "");
      if (!pool.isEmpty() && !pool.equals(id.toString())) {
        throw new VdsmError(
            ErrorCode.DOMAIN_ALREADY_ATTACHED,
            "Storage domain %s is attached to pool %s".formatted(domain, pool));
      }
    }
    members.keySet().forEach(domain -> change(domain, Map.of("POOL_UUID", id.toString())));
    write(new Pool(id, name, master, masterVersion, members, -1, -1));
  }

  /** Moves the master role, with the pool's description, as after the loss of a master. */
  public void reconstruct(
      UUID id, String name, UUID master, long masterVersion, Map<UUID, String> domains) {
    for (UUID domain : domains.keySet()) {
      if (!domain.equals(master) && store.domains().contains(domain)) {
        change(domain, Map.of("ROLE", "Regular"));
      }
    }
    Map<UUID, String> members = new LinkedHashMap<>(domains);
    members.put(master, "Active");
    change(master, Map.of("POOL_UUID", id.toString()));
    write(new Pool(id, name, master, masterVersion, members, -1, -1));
  }

  /** Joins this host, under a number of its own, to a pool whose master domain it can see. */
  public void connect(UUID id, long hostId, UUID master, long masterVersion) {
    if (!store.domains().contains(master)) {
      throw new VdsmError(
          ErrorCode.POOL_MASTER_NOT_FOUND,
          "Master domain %s of pool %s is not visible on this host".formatted(master, id));
    }
    Pool pool = read(id, master);
    if (pool.masterVersion() != masterVersion) {
      throw new VdsmError(
          ErrorCode.POOL_WRONG_MASTER,
          "Pool %s has master version %d, not %d"
              .formatted(id, pool.masterVersion(), masterVersion));
    }
    hostIds.put(id, hostId);
    store.rememberPool(id, master);
  }

  public void disconnect(UUID id) {
    managed.remove(id);
    store.forgetPool(id);
  }

  /** Dissolves the pool: none of its domains belongs to one afterwards. */
  public void destroy(UUID id) {
    Pool pool = get(id);
    for (UUID domain : pool.domains().keySet()) {
      if (store.domains().contains(domain)) {
        change(domain, Map.of("POOL_UUID", "", "ROLE", "Regular"));
      }
    }
    disconnect(id);
  }

  /**
   * @throws VdsmError code 309 when this host is not connected to the pool
   */
  public Pool get(UUID id) {
    UUID master = store.pools().get(id);
    if (master == null) {
      throw new VdsmError(
          ErrorCode.POOL_UNKNOWN, "This host is not connected to storage pool " + id);
    }
    return read(id, master);
  }

  /** Pools this host is connected to and whose master it can read. */
  public Set<UUID> connected() {
    return store.pools().keySet();
  }

  /** Takes the manager's role under the number this host connected with. */
  public void manage(UUID id) {
    Pool pool = get(id);
    write(
        new Pool(
            id,
            pool.name(),
            pool.master(),
            pool.masterVersion(),
            pool.domains(),
            hostIds.getOrDefault(id, -1L),
            pool.spmVersion() + 1));
    managed.add(id);
  }

  public void resign(UUID id) {
    Pool pool = get(id);
    if (managed.remove(id)) {
      write(
          new Pool(
              id,
              pool.name(),
              pool.master(),
              pool.masterVersion(),
              pool.domains(),
              -1,
              pool.spmVersion()));
    }
  }

  public boolean manages(UUID id) {
    return managed.contains(id);
  }

  /** Attaches a domain; repeating it changes nothing. */
  public void attach(UUID id, UUID domain) {
    Pool pool = get(id);
    String other = store.domainMetadata(domain).getOrDefault("POOL_UUID", "");
    if (!other.isEmpty() && !other.equals(id.toString())) {
      throw new VdsmError(
          ErrorCode.DOMAIN_ALREADY_ATTACHED,
          "Storage domain %s is attached to pool %s".formatted(domain, other));
    }
    change(domain, Map.of("POOL_UUID", id.toString()));
    if (!pool.domains().containsKey(domain)) {
      setStatus(pool, domain, "Attached");
    }
  }

  public void activate(UUID id, UUID domain) {
    Pool pool = member(id, domain);
    store.domainMetadata(domain);
    setStatus(pool, domain, "Active");
  }

  public void deactivate(UUID id, UUID domain) {
    setStatus(member(id, domain), domain, "Attached");
  }

  /** Detaches a domain; the master can only go with its pool. */
  public void detach(UUID id, UUID domain, boolean force) {
    Pool pool = force ? get(id) : member(id, domain);
    if (pool.master().equals(domain)) {
      throw new VdsmError(
          ErrorCode.CANNOT_DETACH_MASTER,
          "Storage domain %s is the master of pool %s".formatted(domain, id));
    }
    Map<UUID, String> rest = new LinkedHashMap<>(pool.domains());
    rest.remove(domain);
    write(withDomains(pool, rest));
    if (store.domains().contains(domain)) {
      change(domain, Map.of("POOL_UUID", ""));
    }
  }

  private Pool member(UUID id, UUID domain) {
    Pool pool = get(id);
    if (!pool.domains().containsKey(domain)) {
      throw new VdsmError(
          ErrorCode.DOMAIN_NOT_IN_POOL,
          "Storage domain %s is not in pool %s".formatted(domain, id));
    }
    return pool;
  }

  private void setStatus(Pool pool, UUID domain, String status) {
    Map<UUID, String> domains = new LinkedHashMap<>(pool.domains());
    domains.put(domain, status);
    write(withDomains(pool, domains));
  }

  private static Pool withDomains(Pool pool, Map<UUID, String> domains) {
    return new Pool(
        pool.id(),
        pool.name(),
        pool.master(),
        pool.masterVersion(),
        domains,
        pool.spmId(),
        pool.spmVersion());
  }

  private Pool read(UUID id, UUID master) {
    Map<String, String> metadata = store.domainMetadata(master);
    if (!id.toString().equals(metadata.get("POOL_UUID"))
        || !"Master".equals(metadata.get("ROLE"))) {
      throw new VdsmError(
          ErrorCode.POOL_WRONG_MASTER,
          "Storage domain %s is not the master of pool %s".formatted(master, id));
    }
    return new Pool(
        id,
        metadata.getOrDefault("POOL_DESCRIPTION", ""),
        master,
        number(metadata, "MASTER_VERSION"),
        members(metadata.getOrDefault("POOL_DOMAINS", "")),
        number(metadata, "POOL_SPM_ID"),
        number(metadata, "POOL_SPM_LVER"));
  }

  private void write(Pool pool) {
    Map<String, String> changes = new LinkedHashMap<>();
    changes.put("ROLE", "Master");
    changes.put("MASTER_VERSION", Long.toString(pool.masterVersion()));
    changes.put("POOL_DESCRIPTION", pool.name());
    changes.put(
        "POOL_DOMAINS",
        pool.domains().entrySet().stream()
            .map(entry -> entry.getKey() + ":" + entry.getValue())
            .collect(Collectors.joining(",")));
    changes.put("POOL_SPM_ID", Long.toString(pool.spmId()));
    changes.put("POOL_SPM_LVER", Long.toString(pool.spmVersion()));
    change(pool.master(), changes);
  }

  private void change(UUID domain, Map<String, String> changes) {
    Map<String, String> metadata = new LinkedHashMap<>(store.domainMetadata(domain));
    metadata.putAll(changes);
    store.writeDomainMetadata(domain, metadata);
  }

  private static long number(Map<String, String> metadata, String key) {
    return Long.parseLong(metadata.getOrDefault(key, "-1"));
  }

  private static Map<UUID, String> members(String text) {
    Map<UUID, String> members = new LinkedHashMap<>();
    for (String member : text.split(",")) {
      int colon = member.indexOf(':');
      if (colon > 0) {
        members.put(UUID.fromString(member.substring(0, colon)), member.substring(colon + 1));
      }
    }
    return members;
  }
}

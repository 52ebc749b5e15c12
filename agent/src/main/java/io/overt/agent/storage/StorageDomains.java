package io.overt.agent.storage;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Storage domains by themselves: created, described, formatted, on any host. */
public final class StorageDomains {

  private static final Set<Long> VERSIONS = Set.of(3L, 4L, 5L);

  private final DomainStore store;

  public StorageDomains(DomainStore store) {
    this.store = store;
  }

  /**
   * What a domain's creation asks for.
   *
   * @param remotePath of a connection made before
   */
  public record NewDomain(
      UUID id,
      DomainType type,
      String remotePath,
      String name,
      DomainClass domainClass,
      long version) {}

  /** Classes by number and name on the wire. */
  public enum DomainClass {
    DATA(1, "Data"),
    ISO(2, "Iso"),
    BACKUP(3, "Backup");

    private final int number;
    private final String text;

    DomainClass(int number, String text) {
      this.number = number;
      this.text = text;
    }

    public static DomainClass parse(String wire) {
      for (DomainClass value : values()) {
        if (Integer.toString(value.number).equals(wire) || value.text.equals(wire)) {
          return value;
        }
      }
      throw new VdsmError(
          ErrorCode.DOMAIN_CLASS,
          "Domain class '" + wire + "' is unknown; expected 1 (data), 2 (ISO) or 3 (backup)");
    }
  }

  public void create(NewDomain domain) {
    if (!VERSIONS.contains(domain.version())) {
      throw new VdsmError(
          ErrorCode.UNSUPPORTED_DOMAIN_VERSION,
          "Storage domain version %d is not one of %s".formatted(domain.version(), VERSIONS));
    }
    if (store.domains().contains(domain.id())) {
      throw new VdsmError(
          ErrorCode.DOMAIN_ALREADY_EXISTS, "Storage domain " + domain.id() + " already exists");
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("ALIGNMENT", "1048576");
    metadata.put("BLOCK_SIZE", "512");
    metadata.put("CLASS", domain.domainClass().text);
    metadata.put("DESCRIPTION", domain.name());
    metadata.put("IOOPTIMEOUTSEC", "10");
    metadata.put("LEASERETRIES", "3");
    metadata.put("LEASETIMESEC", "60");
    metadata.put("LOCKPOLICY", "");
    metadata.put("LOCKRENEWALINTERVALSEC", "5");
    metadata.put("POOL_UUID", "");
    metadata.put("REMOTE_PATH", domain.remotePath());
    metadata.put("ROLE", "Regular");
    metadata.put("SDUUID", domain.id().toString());
    metadata.put("TYPE", domain.type().text());
    metadata.put("VERSION", Long.toString(domain.version()));
    store.createDomain(domain.id(), domain.remotePath(), metadata);
  }

  /** Removes a domain that no pool holds, or any with {@code autoDetach}. */
  public void format(UUID domain, boolean autoDetach) {
    if (!autoDetach && poolOf(domain).isPresent()) {
      throw new VdsmError(
          ErrorCode.CANNOT_FORMAT_ATTACHED,
          "Storage domain " + domain + " belongs to a pool; detach it before formatting it");
    }
    store.removeDomain(domain);
  }

  public void setDescription(UUID domain, String description) {
    Map<String, String> metadata = new LinkedHashMap<>(store.domainMetadata(domain));
    metadata.put("DESCRIPTION", description);
    store.writeDomainMetadata(domain, metadata);
  }

  /** The pool that the domain is attached to. */
  public Optional<UUID> poolOf(UUID domain) {
    String pool = store.domainMetadata(domain).getOrDefault("POOL_UUID", "");
    return pool.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(pool));
  }

  public Map<String, String> metadata(UUID domain) {
    return store.domainMetadata(domain);
  }

  public DomainStore.Capacity capacity(UUID domain) {
    return store.capacity(domain);
  }
}

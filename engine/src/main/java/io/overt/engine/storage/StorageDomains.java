package io.overt.engine.storage;

import io.overt.access.permissions.CreationGrants;
import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.StorageDomainDisksService;
import io.overt.model.services.StorageDomainService;
import io.overt.model.services.StorageDomainsService;
import io.overt.model.types.DiskProfile;
import io.overt.model.types.ExternalStatus;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.model.types.HostStorage;
import io.overt.model.types.StorageConnection;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.StorageDomainStatus;
import io.overt.model.types.StorageDomainType;
import io.overt.model.types.StorageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** {@code /storagedomains}. */
public final class StorageDomains implements StorageDomainsService {
  static final int NAME_LIMIT = 50;
  private final Platform platform;
  private final DomainWork work;
  private final Function<Key, AssignedPermissionsService> permissions;
  private final Function<String, StorageDomainDisksService> disks;
  private final Resource<StorageDomain> resource;

  /**
   * @param disks those of the storage domain with that id
   */
  public StorageDomains(
      Platform platform,
      DomainWork work,
      DomainSpace space,
      Function<Key, AssignedPermissionsService> permissions,
      Function<String, StorageDomainDisksService> disks) {
    this.platform = platform;
    this.work = work;
    this.permissions = permissions;
    this.disks = disks;
    this.resource = new Resource<>(platform, Kinds.STORAGE_DOMAIN, new DomainPresenter(space));
  }

  @Override
  public List<StorageDomain> list(ListRequest request) {
    return resource.list(request.call());
  }

  /** Makes the domain on the host; the answer waits for it, as engine 4.5's does. */
  @Override
  public Outcome<StorageDomain> add(AddRequest request) {
    Call call = request.call();
    StorageDomain body = platform.body(request.storageDomain());
    requireComplete(body);
    HostStorage storage = Objects.requireNonNull(body.storage());
    if (Boolean.TRUE.equals(body.import_())) {
      return StorageDomainsService.super.add(request);
    }
    Names.plain(Objects.requireNonNull(body.name()), "storage_domain.name", NAME_LIMIT);
    String id = platform.newId();
    String job =
        platform.write(
            transaction -> {
              Entity<Host> host =
                  References.resolve(transaction, Kinds.HOST, Objects.requireNonNull(body.host()));
              requireUp(host);
              StorageConnection connection = connection(transaction, storage);
              StorageDomain domain = complete(body, connection).id(id);
              Entity<StorageDomain> added = transaction.insert(Kinds.STORAGE_DOMAIN, domain);
              addProfile(transaction, call, added);
              return work.start(
                  transaction,
                  call,
                  DomainWork.ADD,
                  "Adding storage domain " + domain.name(),
                  Map.of(DomainWork.DOMAIN, id, DomainWork.HOST, host.id()));
            });
    boolean ended = work.await(job);
    StorageDomain shown = resource.get(call, id);
    return ended ? Outcome.done(shown, job) : Outcome.started(shown, job);
  }

  private static void requireComplete(StorageDomain body) {
    List<String> missing = new ArrayList<>();
    if (body.name() == null || body.name().isEmpty()) {
      missing.add("name");
    }
    if (body.type_() == null) {
      missing.add("type");
    }
    if (body.host() == null) {
      missing.add("host.id|name");
    }
    if (body.storage() == null) {
      missing.add("storage");
    }
    if (!missing.isEmpty()) {
      throw ApiFault.incomplete("StorageDomain", String.join(", ", missing), "add");
    }
    StorageDomainType type = body.type_();
    if (type != StorageDomainType.DATA
        && type != StorageDomainType.ISO
        && type != StorageDomainType.EXPORT) {
      throw ApiFault.bad(
          "storage_domain.type is '%s' but must be data, iso or export"
              .formatted(Objects.requireNonNull(type).wire()));
    }
  }

  static void requireUp(Entity<Host> host) {
    if (host.value().status() != HostStatus.UP) {
      throw ApiFault.conflict(
          "Host '%s' is %s; it must be up to work on storage."
              .formatted(
                  host.value().name(),
                  Objects.requireNonNullElse(host.value().status(), HostStatus.UNASSIGNED).wire()));
    }
  }

  /** The connection that the storage names by id, or the new one that it describes. */
  private StorageConnection connection(Transaction transaction, HostStorage storage) {
    StorageConnection connection;
    if (storage.id() != null) {
      connection =
          References.resolve(
                  transaction, Kinds.STORAGE_CONNECTION, new StorageConnection().id(storage.id()))
              .value();
    } else {
      connection = Connections.checked(Connections.of(storage), "add");
      Connections.requireNew(transaction.snapshot(), connection);
      connection =
          transaction.insert(Kinds.STORAGE_CONNECTION, connection.id(platform.newId())).value();
    }
    if (!Connections.users(transaction.snapshot(), connection.requireId()).isEmpty()) {
      throw ApiFault.conflict(
          "Storage connection %s already carries a storage domain."
              .formatted(connection.requireId()));
    }
    return connection;
  }

  private static StorageDomain complete(StorageDomain body, StorageConnection connection) {
    return new StorageDomain()
        .name(body.name())
        .comment(Objects.requireNonNullElse(body.comment(), ""))
        .description(Objects.requireNonNullElse(body.description(), ""))
        .type_(body.type_())
        .backup(Boolean.TRUE.equals(body.backup()))
        .blockSize(512L)
        .criticalSpaceActionBlocker(
            Objects.requireNonNullElse(body.criticalSpaceActionBlocker(), 5L))
        .discardAfterDelete(false)
        .externalStatus(ExternalStatus.OK)
        .status(StorageDomainStatus.LOCKED)
        .storage(Connections.shown(connection))
        .storageConnections(List.of(new StorageConnection().id(connection.id())))
        .storageFormat(StorageFormat.V5)
        .supportsDiscard(false)
        .supportsDiscardZeroesData(false)
        .warningLowSpaceIndicator(Objects.requireNonNullElse(body.warningLowSpaceIndicator(), 10L))
        .wipeAfterDelete(Boolean.TRUE.equals(body.wipeAfterDelete()));
  }

  /** Every domain has a profile of its name that everybody may use. */
  private void addProfile(Transaction transaction, Call call, Entity<StorageDomain> domain) {
    if (domain.value().type_() != StorageDomainType.DATA) {
      return;
    }
    Entity<DiskProfile> profile =
        transaction.insert(
            Kinds.DISK_PROFILE,
            new DiskProfile()
                .id(platform.newId())
                .name(domain.value().name())
                .storageDomain(new StorageDomain().id(domain.id())),
            domain.key());
    CreationGrants.created(
        transaction, platform.caller(call), profile.key(), CreationGrants.Audience.EVERYONE);
  }

  @Override
  public StorageDomainService storageDomain(String id) {
    return new OneStorageDomain(platform, work, permissions, disks, resource, id);
  }
}

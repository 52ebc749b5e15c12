package io.overt.engine.datacenters;

import io.overt.engine.clusters.Clusters;
import io.overt.engine.networks.DataCenterNetworks;
import io.overt.engine.networks.Networks;
import io.overt.engine.qos.Qoss;
import io.overt.engine.quotas.Quotas;
import io.overt.engine.resource.CompatibilityVersions;
import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Presenter;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.NeverSucceeds;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.AttachedStorageDomainsService;
import io.overt.model.services.ClustersService;
import io.overt.model.services.DataCenterNetworksService;
import io.overt.model.services.DataCenterService;
import io.overt.model.services.DataCentersService;
import io.overt.model.services.IscsiBondsService;
import io.overt.model.services.QossService;
import io.overt.model.services.QuotasService;
import io.overt.model.types.Action;
import io.overt.model.types.Cluster;
import io.overt.model.types.DataCenter;
import io.overt.model.types.DataCenterStatus;
import io.overt.model.types.MacPool;
import io.overt.model.types.QuotaModeType;
import io.overt.model.types.Version;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /datacenters}. */
public final class DataCenters implements DataCentersService {
  /** The data center of a new installation. */
  public static final String DEFAULT = "6f30ea38-e631-11f1-a163-02fc00000001";

  private static final int NAME_LIMIT = 40;
  private static final int TEXT_LIMIT = 4000;
  private static final Set<String> READ_ONLY =
      Set.of("status", "supported_versions", "mac_pool", "storage_format");

  private final Platform platform;
  private final Resource<DataCenter> resource;
  private final Clusters clusters;
  private final Networks networks;
  private final Function<Key, AssignedPermissionsService> permissions;
  private final Function<String, AttachedStorageDomainsService> storageDomains;

  /**
   * @param permissions serves the permissions of an object
   * @param storageDomains serves the storage domains that are attached to a data center
   */
  public DataCenters(
      Platform platform,
      Clusters clusters,
      Networks networks,
      Function<Key, AssignedPermissionsService> permissions,
      Function<String, AttachedStorageDomainsService> storageDomains) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.DATA_CENTER, presenter());
    this.clusters = clusters;
    this.networks = networks;
    this.permissions = permissions;
    this.storageDomains = storageDomains;
  }

  /** The data center Default with its quota. */
  public static void install(Transaction transaction) {
    Entity<DataCenter> added =
        transaction.insert(
            Kinds.DATA_CENTER,
            new DataCenter()
                .id(DEFAULT)
                .name("Default")
                .description("The default Data Center")
                .local(false)
                .quotaMode(QuotaModeType.DISABLED)
                .status(DataCenterStatus.UP)
                .version(CompatibilityVersions.latest()));
    Quotas.addDefault(transaction, added, "6f30ea38-e631-11f1-a163-02fc00000002");
  }

  /** Shows what follows from the rest: supported versions and the MAC pool of all clusters. */
  public static Presenter<DataCenter> presenter() {
    return (entity, snapshot, call) ->
        entity
            .value()
            .copy()
            .supportedVersions(CompatibilityVersions.from(entity.value().version()))
            .macPool(commonMacPool(snapshot, entity.id()));
  }

  private static @Nullable MacPool commonMacPool(Snapshot snapshot, String id) {
    Set<MacPool> pools =
        snapshot.referrers(Kinds.CLUSTER, "data_center", id).stream()
            .map(cluster -> cluster.value().macPool())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return pools.size() == 1 ? pools.iterator().next() : null;
  }

  @Override
  public List<DataCenter> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public Outcome<DataCenter> add(AddRequest request) {
    Call call = request.call();
    DataCenter body = platform.body(request.dataCenter());
    DataCenter value = checked(body.copy(), "add");
    value
        .id(platform.newId())
        .version(
            body.version() == null
                ? CompatibilityVersions.latest()
                : CompatibilityVersions.known(body.version(), "data_center.version"))
        .quotaMode(body.quotaMode() == null ? QuotaModeType.DISABLED : body.quotaMode())
        .status(DataCenterStatus.UNINITIALIZED)
        .supportedVersions(null)
        .storageFormat(null)
        .macPool(null);
    Entity<DataCenter> added =
        platform.write(
            transaction -> {
              Entity<DataCenter> entity = transaction.insert(Kinds.DATA_CENTER, value);
              Quotas.addDefault(transaction, entity, platform.newId());
              networks.addManagementNetwork(transaction, call, entity);
              report(transaction, "USER_ADD_STORAGE_POOL", call, entity.value());
              return entity;
            });
    return Outcome.done(resource.present(call, added));
  }

  private void report(Transaction transaction, String type, Call call, DataCenter value) {
    Version version = value.version();
    platform
        .events()
        .append(
            transaction,
            type,
            platform
                .about(call, value)
                .with(
                    "CompatibilityVersion",
                    version == null ? null : CompatibilityVersions.text(version))
                .with(
                    "QuotaEnforcementType",
                    value.quotaMode() == null ? null : value.quotaMode().wire()));
  }

  private static DataCenter checked(DataCenter value, String operation) {
    Names.plain(
        Names.required(value.name(), "DataCenter", operation), "data_center.name", NAME_LIMIT);
    Names.ascii(value.description(), "data_center.description", TEXT_LIMIT);
    return value;
  }

  @Override
  public DataCenterService dataCenter(String id) {
    return new One(id);
  }

  private final class One implements DataCenterService {
    private final String id;

    One(String id) {
      this.id = id;
    }

    @Override
    public DataCenter get(GetRequest request) {
      return resource.get(request.call(), id);
    }

    @Override
    public Outcome<DataCenter> update(UpdateRequest request) {
      Call call = request.call();
      DataCenter body = platform.body(request.dataCenter());
      Entity<DataCenter> updated =
          platform.write(
              transaction -> {
                Entity<DataCenter> current = resource.require(call, transaction, id);
                DataCenter merged =
                    checked(Updates.merge(current.value(), body, READ_ONLY), "update");
                checkVersion(transaction, current, merged, body.version());
                checkLocal(transaction, current, merged);
                Entity<DataCenter> entity = transaction.update(current, merged);
                report(transaction, "USER_UPDATE_STORAGE_POOL", call, entity.value());
                return entity;
              });
      return Outcome.done(resource.present(call, updated));
    }

    @Override
    public Outcome<Struct> remove(RemoveRequest request) {
      Call call = request.call();
      boolean force = Boolean.TRUE.equals(request.force());
      String job =
          platform.write(
              transaction -> {
                Entity<DataCenter> current = resource.require(call, transaction, id);
                checkRemovable(transaction, current, force);
                for (Entity<Cluster> cluster :
                    transaction.current().referrers(Kinds.CLUSTER, "data_center", id)) {
                  transaction.update(cluster, cluster.value().copy().dataCenter(null));
                }
                transaction.delete(current);
                report(
                    transaction,
                    force ? "USER_FORCE_REMOVE_STORAGE_POOL" : "USER_REMOVE_STORAGE_POOL",
                    call,
                    current.value());
                return platform.finishedJob(
                    transaction, call, "Removing Data Center " + current.value().name());
              });
      return new Outcome<>(null, job, false);
    }

    @Override
    @NeverSucceeds
    public Outcome<Action> setMaster(SetMasterRequest request) {
      Call call = request.call();
      Snapshot snapshot = platform.snapshot();
      Entity<DataCenter> current = resource.require(call, snapshot, id);
      Struct wanted = platform.body(request.storageDomain());
      boolean attached =
          snapshot.owned(Kinds.ATTACHED_STORAGE_DOMAIN, current.key()).stream()
              .anyMatch(
                  domain ->
                      domain.id().equals(wanted.id())
                          || snapshot
                              .find(Kinds.STORAGE_DOMAIN, domain.id())
                              .filter(found -> found.value().name() != null)
                              .filter(
                                  found -> Objects.equals(found.value().name(), wanted.get("name")))
                              .isPresent());
      if (!attached) {
        throw ApiFault.missing(
            "StorageDomain: "
                + (wanted.id() == null ? "name=" + wanted.get("name") : "id=" + wanted.id()));
      }
      return DataCenterService.super.setMaster(request);
    }

    @Override
    public Outcome<Action> cleanFinishedTasks(CleanFinishedTasksRequest request) {
      // Tasks of hosts are ended by the operation that began them; none is left behind to clean.
      resource.require(request.call(), platform.snapshot(), id);
      return Outcome.done(new Action());
    }

    @Override
    public ClustersService clusters() {
      return clusters.within(id);
    }

    @Override
    public DataCenterNetworksService networks() {
      return new DataCenterNetworks(networks, id);
    }

    @Override
    public AttachedStorageDomainsService storageDomains() {
      return storageDomains.apply(id);
    }

    @Override
    public AssignedPermissionsService permissions() {
      return permissions.apply(Kinds.DATA_CENTER.key(id));
    }

    @Override
    public QuotasService quotas() {
      return new Quotas(platform, id, permissions);
    }

    @Override
    public QossService qoss() {
      return new Qoss(platform, id);
    }

    @Override
    public IscsiBondsService iscsiBonds() {
      return new IscsiBonds(platform, id);
    }
  }

  /** A data center only goes up, and not past its clusters. */
  private static void checkVersion(
      Transaction transaction,
      Entity<DataCenter> current,
      DataCenter merged,
      @Nullable Version wanted) {
    if (wanted == null) {
      return;
    }
    Version version =
        CompatibilityVersions.known(
            Objects.requireNonNull(merged.version()), "data_center.version");
    merged.version(version);
    Version old = current.value().version();
    boolean empty =
        transaction.current().owned(Kinds.ATTACHED_STORAGE_DOMAIN, current.key()).isEmpty();
    if (old != null && CompatibilityVersions.compare(version, old) < 0 && !empty) {
      throw ApiFault.bad(
          "data_center.version "
              + CompatibilityVersions.text(version)
              + " is older than the present "
              + CompatibilityVersions.text(old));
    }
    List<String> older =
        transaction.current().referrers(Kinds.CLUSTER, "data_center", current.id()).stream()
            .map(Entity::value)
            .filter(
                c -> c.version() != null && CompatibilityVersions.compare(c.version(), version) < 0)
            .map(c -> String.valueOf(c.name()))
            .toList();
    if (!older.isEmpty()) {
      throw ApiFault.conflict(
          "Clusters "
              + older
              + " are older than "
              + CompatibilityVersions.text(version)
              + "; raise them first.");
    }
  }

  private static void checkLocal(
      Transaction transaction, Entity<DataCenter> current, DataCenter merged) {
    if (!Objects.equals(current.value().local(), merged.local())
        && !transaction.current().owned(Kinds.ATTACHED_STORAGE_DOMAIN, current.key()).isEmpty()) {
      throw ApiFault.conflict(
          "The storage type of data center '"
              + current.value().name()
              + "' cannot change while storage domains are attached to it.");
    }
  }

  /** What lives in its clusters must be gone; attached storage domains too, unless by force. */
  private static void checkRemovable(
      Transaction transaction, Entity<DataCenter> current, boolean force) {
    Snapshot snapshot = transaction.current();
    if (!force) {
      List<String> domains =
          snapshot.owned(Kinds.ATTACHED_STORAGE_DOMAIN, current.key()).stream()
              .map(domain -> snapshot.find(Kinds.STORAGE_DOMAIN, domain.id()))
              .map(domain -> domain.map(found -> String.valueOf(found.value().name())).orElse("?"))
              .toList();
      if (!domains.isEmpty()) {
        throw ApiFault.conflict(
            "Data center '"
                + current.value().name()
                + "' still has the storage domains "
                + domains
                + "; detach them first.");
      }
    }
    for (Entity<Cluster> cluster : snapshot.referrers(Kinds.CLUSTER, "data_center", current.id())) {
      Map<String, Integer> used =
          Map.of(
              "hosts", snapshot.referrers(Kinds.HOST, "cluster", cluster.id()).size(),
              "VMs", snapshot.referrers(Kinds.VM, "cluster", cluster.id()).size());
      used.forEach(
          (what, count) -> {
            if (count > 0) {
              throw ApiFault.conflict(
                  "Cluster '"
                      + cluster.value().name()
                      + "' of data center '"
                      + current.value().name()
                      + "' still has "
                      + count
                      + " "
                      + what
                      + ".");
            }
          });
    }
  }
}

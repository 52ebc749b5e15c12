package io.overt.engine.clusters;

import io.overt.access.permissions.CreationGrants;
import io.overt.access.permissions.InitialAccess;
import io.overt.engine.affinity.AffinityGroups;
import io.overt.engine.networks.ClusterNetworks;
import io.overt.engine.networks.ManagementNetworks;
import io.overt.engine.networks.NetworkFilters;
import io.overt.engine.qos.AssignedCpuProfiles;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.NeverSucceeds;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AffinityGroupsService;
import io.overt.model.services.AssignedCpuProfilesService;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.ClusterEnabledFeatureService;
import io.overt.model.services.ClusterEnabledFeaturesService;
import io.overt.model.services.ClusterExternalProvidersService;
import io.overt.model.services.ClusterNetworksService;
import io.overt.model.services.ClusterService;
import io.overt.model.services.ClustersService;
import io.overt.model.services.GlusterHooksService;
import io.overt.model.services.GlusterVolumesService;
import io.overt.model.services.HostService;
import io.overt.model.services.HostsService;
import io.overt.model.services.NetworkFiltersService;
import io.overt.model.types.Action;
import io.overt.model.types.BiosType;
import io.overt.model.types.Cluster;
import io.overt.model.types.ClusterFeature;
import io.overt.model.types.CpuProfile;
import io.overt.model.types.DataCenter;
import io.overt.model.types.ExternalProvider;
import io.overt.model.types.GlusterHook;
import io.overt.model.types.GlusterVolume;
import io.overt.model.types.HostStatus;
import io.overt.model.types.MigrationPolicy;
import io.overt.model.types.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /clusters}, also those of one data center. */
public final class Clusters implements ClustersService {
  /** The cluster of a new installation. */
  public static final String DEFAULT = "6f400e5a-e631-11f1-af4d-02fc00000001";

  private static final String DEFAULT_CPU_PROFILE = "58ca604e-01a7-003f-01de-000000000250";
  private static final String MINIMAL_DOWNTIME = "80554327-0569-496b-bdeb-fcbbf52b827b";
  private static final Set<String> READ_ONLY =
      Set.of(
          "data_center",
          "mac_pool",
          "management_network",
          "scheduling_policy",
          "custom_scheduling_policy_properties",
          "supported_versions",
          "upgrade_correlation_id",
          "upgrade_in_progress",
          "upgrade_percent_complete");

  private final Platform platform;
  private final Resource<Cluster> resource;
  private final Function<Key, AssignedPermissionsService> permissions;
  private final Supplier<HostsService> hosts;
  private final @Nullable String dataCenterId;

  /**
   * @param permissions serves the permissions of an object
   * @param hosts the hosts, asked to synchronize their networks
   */
  public Clusters(
      Platform platform,
      Function<Key, AssignedPermissionsService> permissions,
      Supplier<HostsService> hosts) {
    this(platform, permissions, hosts, null);
  }

  private Clusters(
      Platform platform,
      Function<Key, AssignedPermissionsService> permissions,
      Supplier<HostsService> hosts,
      @Nullable String dataCenterId) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.CLUSTER, Clusters::present);
    this.permissions = permissions;
    this.hosts = hosts;
    this.dataCenterId = dataCenterId;
  }

  /** The clusters of one data center. */
  public Clusters within(String id) {
    return new Clusters(platform, permissions, hosts, id);
  }

  /**
   * The cluster Default with its CPU profile, in that data center. Networks, MAC pools and
   * scheduling policies must be there.
   */
  public static void install(Transaction transaction, String dataCenterId) {
    Cluster value =
        ClusterDefaults.fill(
            new Cluster()
                .id(DEFAULT)
                .name("Default")
                .description("The default server cluster")
                .biosType(BiosType.Q35_SEA_BIOS)
                .vncEncryption(false)
                .dataCenter(new DataCenter().id(dataCenterId)));
    Objects.requireNonNull(Objects.requireNonNull(value.memoryPolicy()).transparentHugePages())
        .enabled(true);
    Objects.requireNonNull(value.migration()).policy(new MigrationPolicy().id(MINIMAL_DOWNTIME));
    value.macPool(ClusterRules.macPool(transaction, null));
    ClusterRules.settlePolicy(transaction, value, null, null, null);
    value.customSchedulingPolicyProperties(null);
    Entity<Cluster> cluster = transaction.insert(Kinds.CLUSTER, value);
    addCpuProfile(transaction, cluster, DEFAULT_CPU_PROFILE);
    ManagementNetworks.assign(
        transaction, cluster, ManagementNetworks.find(transaction, dataCenterId, null));
  }

  private static Entity<CpuProfile> addCpuProfile(
      Transaction transaction, Entity<Cluster> cluster, String id) {
    Entity<CpuProfile> profile =
        transaction.insert(
            Kinds.CPU_PROFILE,
            new CpuProfile()
                .id(id)
                .name(cluster.value().name())
                .cluster(new Cluster().id(cluster.id())),
            cluster.key());
    InitialAccess.openCpuProfile(transaction, id);
    return profile;
  }

  private boolean here(Entity<Cluster> cluster) {
    return dataCenterId == null
        || (cluster.value().dataCenter() != null
            && dataCenterId.equals(cluster.value().dataCenter().id()));
  }

  private Entity<Cluster> require(Call call, Snapshot snapshot, String id) {
    Entity<Cluster> cluster = resource.require(call, snapshot, id);
    if (!here(cluster)) {
      throw ApiFault.notFound();
    }
    return cluster;
  }

  private Entity<Cluster> require(Call call, Transaction transaction, String id) {
    Entity<Cluster> cluster = resource.require(call, transaction, id);
    if (!here(cluster)) {
      throw ApiFault.notFound();
    }
    return cluster;
  }

  @Override
  public List<Cluster> list(ListRequest request) {
    return resource.list(request.call(), this::here);
  }

  @Override
  public Outcome<Cluster> add(AddRequest request) {
    Call call = request.call();
    Cluster body = platform.body(request.cluster());
    Entity<Cluster> added = platform.write(transaction -> add(transaction, call, body));
    return Outcome.done(changed(call, added));
  }

  private Entity<Cluster> add(Transaction transaction, Call call, Cluster body) {
    DataCenter wanted =
        dataCenterId == null
            ? Objects.requireNonNullElseGet(body.dataCenter(), DataCenter::new)
            : new DataCenter().id(dataCenterId);
    Entity<DataCenter> dataCenter = References.resolve(transaction, Kinds.DATA_CENTER, wanted);
    Cluster given = body.copy();
    READ_ONLY.forEach(member -> given.set(member, null));
    Cluster value = ClusterDefaults.fill(given).id(platform.newId());
    value.dataCenter(new DataCenter().id(dataCenter.id()));
    if (body.version() == null && dataCenter.value().version() != null) {
      value.version(dataCenter.value().version());
    }
    ClusterRules.settle(value, "add");
    ClusterRules.checkVersion(transaction, value, null);
    ClusterRules.settlePolicy(
        transaction, value, body.schedulingPolicy(), body.customSchedulingPolicyProperties(), null);
    value.macPool(ClusterRules.macPool(transaction, body.macPool()));
    Entity<Network> management =
        ManagementNetworks.find(transaction, dataCenter.id(), body.managementNetwork());
    Entity<Cluster> cluster = transaction.insert(Kinds.CLUSTER, value);
    Entity<CpuProfile> profile = addCpuProfile(transaction, cluster, platform.newId());
    CreationGrants.created(
        transaction, platform.caller(call), profile.key(), CreationGrants.Audience.EVERYONE);
    ManagementNetworks.assign(transaction, cluster, management);
    platform.report(transaction, "USER_ADD_CLUSTER", call, cluster.value());
    return cluster;
  }

  /** With {@code all_content} it also names the management network. */
  private static Cluster present(Entity<Cluster> cluster, Snapshot snapshot, Call call) {
    return Boolean.TRUE.equals(call.input("all_content", Boolean.class))
        ? withManagementNetwork(cluster.value(), snapshot, cluster.key())
        : cluster.value();
  }

  /** As an answer to a change, which also names the management network. */
  private Cluster changed(Call call, Entity<Cluster> cluster) {
    return withManagementNetwork(
        resource.present(call, cluster), platform.snapshot(), cluster.key());
  }

  private static Cluster withManagementNetwork(Cluster cluster, Snapshot snapshot, Key key) {
    return cluster
        .copy()
        .managementNetwork(
            ManagementNetworks.of(snapshot, key)
                .map(network -> new Network().id(network.id()))
                .orElse(null));
  }

  @Override
  public ClusterService cluster(String id) {
    return new One(id);
  }

  private final class One implements ClusterService {
    private final String id;

    One(String id) {
      this.id = id;
    }

    private Key key() {
      return Kinds.CLUSTER.key(id);
    }

    @Override
    public Cluster get(GetRequest request) {
      Snapshot snapshot = platform.snapshot();
      return resource.present(request.call(), require(request.call(), snapshot, id));
    }

    @Override
    public Outcome<Cluster> update(UpdateRequest request) {
      Call call = request.call();
      Cluster body = platform.body(request.cluster());
      Entity<Cluster> updated =
          platform.write(
              transaction -> {
                Entity<Cluster> current = require(call, transaction, id);
                Cluster before = current.value();
                Cluster merged = Updates.merge(before, body, READ_ONLY);
                checkDataCenter(transaction, before, body);
                if (newCpu(before, body) && body.biosType() == null && before.biosType() == null) {
                  merged.biosType(null);
                }
                ClusterRules.settle(merged, "update");
                if (body.version() != null) {
                  ClusterRules.checkVersion(transaction, merged, before.version());
                }
                ClusterRules.settlePolicy(
                    transaction,
                    merged,
                    body.schedulingPolicy(),
                    body.customSchedulingPolicyProperties(),
                    before);
                References.optional(transaction, Kinds.MAC_POOL, body.macPool())
                    .ifPresent(
                        pool -> merged.macPool(new io.overt.model.types.MacPool().id(pool.id())));
                Entity<Cluster> entity = transaction.update(current, merged);
                if (body.managementNetwork() != null) {
                  ManagementNetworks.change(transaction, entity, body.managementNetwork());
                }
                platform.report(transaction, "USER_UPDATE_CLUSTER", call, entity.value());
                return entity;
              });
      return Outcome.done(changed(call, updated));
    }

    private boolean newCpu(Cluster before, Cluster body) {
      return body.cpu() != null && !body.cpu().equals(before.cpu());
    }

    /** A cluster gets a data center once, and stays there. */
    private void checkDataCenter(Transaction transaction, Cluster before, Cluster body) {
      DataCenter wanted = body.dataCenter();
      if (wanted == null || (wanted.id() == null && wanted.name() == null)) {
        return;
      }
      DataCenter present = before.dataCenter();
      boolean same =
          present != null
              && (wanted.id() != null
                  ? wanted.id().equalsIgnoreCase(present.id())
                  : transaction
                      .find(Kinds.DATA_CENTER, present.requireId())
                      .filter(found -> Objects.equals(found.value().name(), wanted.name()))
                      .isPresent());
      if (!same) {
        throw ApiFault.conflict(
            "Cluster '" + before.name() + "' cannot be moved to another data center.");
      }
    }

    @Override
    public Outcome<Struct> remove(RemoveRequest request) {
      Call call = request.call();
      platform.write(
          transaction -> {
            Entity<Cluster> current = require(call, transaction, id);
            checkUnused(transaction.current(), current);
            transaction.delete(current);
            platform.report(transaction, "USER_REMOVE_CLUSTER", call, current.value());
            return id;
          });
      return Outcome.removed();
    }

    private void checkUnused(Snapshot snapshot, Entity<Cluster> cluster) {
      List<String> users = new ArrayList<>();
      collect(users, "VM", names(snapshot, Kinds.VM));
      collect(users, "host", names(snapshot, Kinds.HOST));
      collect(users, "template", names(snapshot, Kinds.TEMPLATE));
      collect(users, "VM pool", names(snapshot, Kinds.VM_POOL));
      if (!users.isEmpty()) {
        throw ApiFault.conflict(
            "Cluster '"
                + cluster.value().name()
                + "' is still used by "
                + String.join(", ", users)
                + ".");
      }
    }

    private void collect(List<String> users, String what, List<String> names) {
      names.stream().limit(10).forEach(name -> users.add(what + " " + name));
    }

    private List<String> names(Snapshot snapshot, Kind<? extends Struct> kind) {
      return snapshot.referrers(kind, "cluster", id).stream()
          .map(user -> String.valueOf(user.value().get("name")))
          .toList();
    }

    @Override
    public Outcome<Action> upgrade(UpgradeRequest request) {
      Call call = request.call();
      if (request.upgradeAction() == null) {
        throw ApiFault.incomplete("Action", "upgrade_action", "upgrade");
      }
      platform.write(
          transaction -> {
            Entity<Cluster> current = require(call, transaction, id);
            boolean running = Boolean.TRUE.equals(current.value().upgradeInProgress());
            Cluster changed = current.value().copy();
            String type =
                switch (request.upgradeAction()) {
                  case START -> {
                    requireUpgrade(!running, current, "is already");
                    changed
                        .upgradeInProgress(true)
                        .upgradePercentComplete(0L)
                        .upgradeCorrelationId(correlation(request));
                    yield "USER_START_CLUSTER_UPGRADE";
                  }
                  case UPDATE_PROGRESS -> {
                    requireUpgrade(running, current, "is not");
                    changed.upgradePercentComplete(percent(request.upgradePercentComplete()));
                    yield "USER_UPDATE_CLUSTER_UPGRADE";
                  }
                  case FINISH -> {
                    requireUpgrade(running, current, "is not");
                    changed
                        .upgradeInProgress(false)
                        .upgradePercentComplete(0L)
                        .upgradeCorrelationId(null);
                    yield "USER_FINISH_CLUSTER_UPGRADE";
                  }
                };
            Entity<Cluster> entity = transaction.update(current, changed);
            platform.report(transaction, type, call, entity.value());
            return id;
          });
      return Outcome.done(new Action());
    }

    private String correlation(UpgradeRequest request) {
      return Objects.requireNonNullElseGet(
          request.correlationId(), () -> platform.caller(request.call()).correlationId());
    }

    private void requireUpgrade(boolean condition, Entity<Cluster> cluster, String state) {
      if (!condition) {
        throw ApiFault.conflict(
            "Cluster '" + cluster.value().name() + "' " + state + " being upgraded.");
      }
    }

    private Long percent(@Nullable Long value) {
      if (value == null || value < 0 || value > 100) {
        throw ApiFault.bad("upgrade_percent_complete is " + value + "; expected 0 to 100");
      }
      return value;
    }

    @Override
    public Outcome<Action> resetEmulatedMachine(ResetEmulatedMachineRequest request) {
      platform.write(
          transaction -> {
            Entity<Cluster> current = require(request.call(), transaction, id);
            Map<String, String> internals = new HashMap<>(current.internals());
            internals.remove("emulated_machine");
            return transaction.update(current, current.value(), internals);
          });
      return Outcome.done(new Action());
    }

    @Override
    public Outcome<Action> syncAllNetworks(SyncAllNetworksRequest request) {
      Call call = request.call();
      Snapshot snapshot = platform.snapshot();
      Entity<Cluster> current = require(call, snapshot, id);
      List<String> up =
          snapshot.referrers(Kinds.HOST, "cluster", id).stream()
              .filter(host -> host.value().status() == HostStatus.UP)
              .map(Entity::id)
              .toList();
      platform.write(
          transaction -> {
            platform.report(
                transaction,
                up.isEmpty() ? "CLUSTER_SYNC_NOTHING_TO_DO" : "CLUSTER_SYNC_ALL_NETWORKS_STARTED",
                call,
                current.value());
            return id;
          });
      for (String host : up) {
        hosts.get().host(host).syncAllNetworks(new HostService.SyncAllNetworksRequest(call));
      }
      return Outcome.done(new Action());
    }

    @Override
    public Outcome<Action> refreshGlusterHealStatus(RefreshGlusterHealStatusRequest request) {
      // Clusters have no Gluster volumes whose state of healing could be asked for.
      require(request.call(), platform.snapshot(), id);
      return Outcome.done(new Action());
    }

    @Override
    public AffinityGroupsService affinityGroups() {
      return new AffinityGroups(platform, id);
    }

    @Override
    public AssignedCpuProfilesService cpuProfiles() {
      return new AssignedCpuProfiles(platform, id);
    }

    @Override
    public ClusterNetworksService networks() {
      return new ClusterNetworks(platform, id);
    }

    @Override
    public AssignedPermissionsService permissions() {
      return permissions.apply(key());
    }

    @Override
    public NetworkFiltersService networkFilters() {
      return NetworkFilters.ofCluster(platform, id);
    }

    @Override
    public GlusterHooksService glusterHooks() {
      return new GlusterHooksService() {
        @Override
        public List<GlusterHook> list(GlusterHooksService.ListRequest request) {
          require(request.call(), platform.snapshot(), id);
          return List.of();
        }
      };
    }

    @Override
    public GlusterVolumesService glusterVolumes() {
      return new GlusterVolumesService() {
        @Override
        public List<GlusterVolume> list(GlusterVolumesService.ListRequest request) {
          require(request.call(), platform.snapshot(), id);
          return List.of();
        }
      };
    }

    /** No level has features that a cluster could enable: there is nothing to add. */
    @Override
    public ClusterEnabledFeaturesService enabledFeatures() {
      return new ClusterEnabledFeaturesService() {
        @Override
        public List<ClusterFeature> list(ClusterEnabledFeaturesService.ListRequest request) {
          require(request.call(), platform.snapshot(), id);
          return List.of();
        }

        @Override
        @NeverSucceeds
        public Outcome<ClusterFeature> add(ClusterEnabledFeaturesService.AddRequest request) {
          require(request.call(), platform.snapshot(), id);
          String feature =
              References.uuid(
                  Objects.requireNonNullElse(platform.body(request.feature()).id(), ""));
          throw ApiFault.missing("ClusterFeature: id=" + feature);
        }

        @Override
        public ClusterEnabledFeatureService feature(String featureId) {
          return new ClusterEnabledFeatureService() {
            @Override
            @NeverSucceeds
            public ClusterFeature get(ClusterEnabledFeatureService.GetRequest request) {
              throw ApiFault.notFound();
            }

            @Override
            @NeverSucceeds
            public Outcome<Struct> remove(ClusterEnabledFeatureService.RemoveRequest request) {
              throw ApiFault.notFound();
            }
          };
        }
      };
    }

    @Override
    public ClusterExternalProvidersService externalNetworkProviders() {
      return new ClusterExternalProvidersService() {
        @Override
        public List<ExternalProvider> list(ClusterExternalProvidersService.ListRequest request) {
          require(request.call(), platform.snapshot(), id);
          return List.of();
        }
      };
    }
  }
}

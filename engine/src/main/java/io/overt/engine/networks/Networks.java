package io.overt.engine.networks;

import io.overt.access.permissions.CreationGrants;
import io.overt.access.permissions.InitialAccess;
import io.overt.access.session.Caller;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.AssignedVnicProfilesService;
import io.overt.model.services.NetworkLabelsService;
import io.overt.model.services.NetworkService;
import io.overt.model.services.NetworksService;
import io.overt.model.types.DataCenter;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkUsage;
import io.overt.model.types.Vlan;
import io.overt.model.types.VnicProfile;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code /networks}. */
public final class Networks implements NetworksService {
  /** The management network of a new installation. */
  public static final String DEFAULT = "00000000-0000-0000-0000-000000000009";

  private static final String DEFAULT_PROFILE = "0000000a-000a-000a-000a-000000000398";
  private static final Set<String> READ_ONLY =
      Set.of(
          "data_center",
          "vdsm_name",
          "cluster",
          "status",
          "required",
          "display",
          "external_provider",
          "external_provider_physical_network");

  private final Platform platform;
  private final Resource<Network> resource;
  private final Function<Key, AssignedPermissionsService> permissions;

  /**
   * @param permissions serves the permissions of an object
   */
  public Networks(Platform platform, Function<Key, AssignedPermissionsService> permissions) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.NETWORK);
    this.permissions = permissions;
  }

  /** The management network of the data center Default, with its vNIC profile. */
  public static void install(Transaction transaction, String dataCenterId) {
    Entity<Network> network =
        insertManagement(transaction, DEFAULT, "Management Network", dataCenterId);
    VnicProfileRules.addDefault(transaction, network, DEFAULT_PROFILE);
    InitialAccess.openVnicProfile(transaction, DEFAULT_PROFILE);
  }

  private static Entity<Network> insertManagement(
      Transaction transaction, String id, String description, String dataCenterId) {
    Network network =
        new Network()
            .id(id)
            .name(ManagementNetworks.NAME)
            .description(description)
            .dataCenter(new DataCenter().id(dataCenterId));
    Key dataCenter = Kinds.DATA_CENTER.key(dataCenterId);
    NetworkRules.settle(transaction, network, dataCenter, "add");
    return transaction.insert(Kinds.NETWORK, network, dataCenter);
  }

  /** The management network of a new data center. */
  public void addManagementNetwork(
      Transaction transaction, Call call, Entity<DataCenter> dataCenter) {
    Entity<Network> network =
        insertManagement(
            transaction, platform.newId(), "Default Management Network", dataCenter.id());
    grant(transaction, call, network.key());
    Entity<VnicProfile> profile =
        VnicProfileRules.addDefault(transaction, network, platform.newId());
    grant(transaction, call, profile.key());
  }

  private void grant(Transaction transaction, Call call, Key object) {
    Caller caller = platform.caller(call);
    CreationGrants.created(transaction, caller, object, CreationGrants.Audience.CREATOR);
  }

  @Override
  public List<Network> list(ListRequest request) {
    return resource.list(request.call());
  }

  List<Network> listIn(Call call, Key dataCenter) {
    return resource.listOwned(call, dataCenter);
  }

  @Override
  public Outcome<Network> add(AddRequest request) {
    return add(request.call(), platform.body(request.network()), null);
  }

  /**
   * Adds a network.
   *
   * @param dataCenterId from the URL, or null when the body names the data center
   */
  Outcome<Network> add(Call call, Network body, @Nullable String dataCenterId) {
    Entity<Network> added =
        platform.write(
            transaction -> {
              Entity<DataCenter> dataCenter = dataCenter(transaction, body, dataCenterId);
              Network network = body.copy();
              boolean profile = !Boolean.FALSE.equals(body.profileRequired());
              network
                  .id(platform.newId())
                  .dataCenter(new DataCenter().id(dataCenter.id()))
                  .vdsmName(null);
              NetworkRules.settle(transaction, network, dataCenter.key(), "add");
              Entity<Network> entity = transaction.insert(Kinds.NETWORK, network, dataCenter.key());
              grant(transaction, call, entity.key());
              if (profile && NetworkRules.carriesVms(network)) {
                Entity<VnicProfile> added2 =
                    VnicProfileRules.addDefault(transaction, entity, platform.newId());
                grant(transaction, call, added2.key());
              }
              report(transaction, "NETWORK_ADD_NETWORK", call, entity);
              return entity;
            });
    return Outcome.done(resource.present(call, added));
  }

  private static Entity<DataCenter> dataCenter(
      Transaction transaction, Network body, @Nullable String id) {
    if (id != null) {
      return References.resolveByRule(
          transaction, Kinds.DATA_CENTER, new DataCenter().id(References.pathId(id)));
    }
    DataCenter named = Objects.requireNonNullElseGet(body.dataCenter(), DataCenter::new);
    return named.id() == null
        ? References.resolve(transaction, Kinds.DATA_CENTER, named)
        : References.resolveByRule(transaction, Kinds.DATA_CENTER, named);
  }

  private void report(Transaction transaction, String type, Call call, Entity<Network> network) {
    DataCenter dataCenter = network.value().dataCenter();
    platform
        .events()
        .append(
            transaction,
            type,
            platform
                .about(call, network.value())
                .and(
                    dataCenter == null
                        ? null
                        : transaction
                            .find(Kinds.DATA_CENTER, dataCenter.requireId())
                            .map(Entity::value)
                            .orElse(null)));
  }

  Network get(Call call, String id, Predicate<Entity<Network>> here) {
    Entity<Network> network = resource.require(call, platform.snapshot(), id);
    if (!here.test(network)) {
      throw ApiFault.notFound();
    }
    return resource.present(call, network);
  }

  private Entity<Network> require(
      Call call, Transaction transaction, String id, Predicate<Entity<Network>> here) {
    Entity<Network> network = resource.require(call, transaction, id);
    if (!here.test(network)) {
      throw ApiFault.notFound();
    }
    return network;
  }

  Outcome<Network> update(Call call, String id, Network body, Predicate<Entity<Network>> here) {
    Entity<Network> updated =
        platform.write(
            transaction -> {
              Entity<Network> current = require(call, transaction, id, here);
              Network before = current.value();
              Network merged = Updates.merge(before, body, READ_ONLY);
              // a tag is taken away by an empty one, as oVirt's Ansible modules do
              Vlan vlan = body.vlan();
              if (vlan != null && vlan.get("id") == null) {
                merged.vlan(null);
              }
              NetworkRules.settle(
                  transaction, merged, Objects.requireNonNull(current.owner()), "update");
              checkChange(transaction, current, merged);
              Entity<Network> entity = transaction.update(current, merged);
              report(transaction, "NETWORK_UPDATE_NETWORK", call, entity);
              return entity;
            });
    return Outcome.done(resource.present(call, updated));
  }

  private static void checkChange(
      Transaction transaction, Entity<Network> current, Network merged) {
    Network before = current.value();
    boolean renamed = !Objects.equals(before.name(), merged.name());
    if (renamed && ManagementNetworks.isUsed(transaction.current(), current.id())) {
      throw ApiFault.conflict(
          "Network '" + before.name() + "' manages a cluster and cannot be renamed.");
    }
    boolean losesVms =
        NetworkRules.carriesVms(before) && !Objects.equals(before.usages(), merged.usages());
    if (!Objects.equals(before.portIsolation(), merged.portIsolation())) {
      throw ApiFault.bad("network.port_isolation of network '" + before.name() + "' cannot change");
    }
    if (losesVms) {
      NetworkUsers.ofNetwork(transaction.current(), current.id())
          .refuse(
              "The usage '"
                  + NetworkUsage.VM.wire()
                  + "' of network '"
                  + before.name()
                  + "' cannot change: it");
      transaction.current().owned(Kinds.VNIC_PROFILE, current.key()).forEach(transaction::delete);
    }
  }

  Outcome<Struct> remove(Call call, String id, Predicate<Entity<Network>> here) {
    String job =
        platform.write(
            transaction -> {
              Entity<Network> current = require(call, transaction, id, here);
              if (ManagementNetworks.isUsed(transaction.current(), id)) {
                throw ApiFault.bad(
                    "The management network '" + current.value().name() + "' cannot be removed");
              }
              NetworkUsers.ofNetwork(transaction.current(), id).refuse(current.value());
              returnRoles(transaction, id);
              report(transaction, "NETWORK_REMOVE_NETWORK", call, current);
              transaction.delete(current);
              return platform.finishedJob(
                  transaction, call, "Removing Network " + current.value().name());
            });
    return new Outcome<>(null, job, false);
  }

  /** The management networks of its clusters take over what it did. */
  private static void returnRoles(Transaction transaction, String id) {
    for (Entity<Network> assigned :
        transaction.current().referrers(Kinds.CLUSTER_NETWORK, "id", id)) {
      Key owner = Objects.requireNonNull(assigned.owner());
      transaction
          .find(Kinds.CLUSTER, owner.id())
          .ifPresent(cluster -> ClusterRoles.set(transaction, cluster, id, List.of()));
    }
  }

  @Override
  public NetworkService network(String id) {
    return new NetworkService() {
      @Override
      public Network get(GetRequest request) {
        return Networks.this.get(request.call(), id, network -> true);
      }

      @Override
      public Outcome<Network> update(UpdateRequest request) {
        return Networks.this.update(
            request.call(), id, platform.body(request.network()), network -> true);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        return Networks.this.remove(request.call(), id, network -> true);
      }

      @Override
      public AssignedPermissionsService permissions() {
        return permissions.apply(Kinds.NETWORK.key(id));
      }

      @Override
      public AssignedVnicProfilesService vnicProfiles() {
        return new AssignedVnicProfiles(new VnicProfiles(platform, permissions), platform, id);
      }

      @Override
      public NetworkLabelsService networkLabels() {
        return new NetworkLabels(platform, id);
      }
    };
  }
}

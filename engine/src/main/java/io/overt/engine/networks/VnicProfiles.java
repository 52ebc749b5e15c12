package io.overt.engine.networks;

import io.overt.access.permissions.CreationGrants;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.engine.resource.properties.DeviceProperties;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.VnicProfileService;
import io.overt.model.services.VnicProfilesService;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkFilter;
import io.overt.model.types.Version;
import io.overt.model.types.VnicProfile;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@code /vnicprofiles}: how VMs may use a network. */
public final class VnicProfiles implements VnicProfilesService {
  private final Platform platform;
  private final Resource<VnicProfile> resource;
  private final Function<Key, AssignedPermissionsService> permissions;

  public VnicProfiles(Platform platform, Function<Key, AssignedPermissionsService> permissions) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.VNIC_PROFILE);
    this.permissions = permissions;
  }

  Resource<VnicProfile> resource() {
    return resource;
  }

  @Override
  public List<VnicProfile> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public Outcome<VnicProfile> add(AddRequest request) {
    VnicProfile body = platform.body(request.profile());
    return add(request.call(), body, Objects.requireNonNullElseGet(body.network(), Network::new));
  }

  Outcome<VnicProfile> add(Call call, VnicProfile body, Network wanted) {
    Entity<VnicProfile> added =
        platform.write(
            transaction -> {
              Entity<Network> network = References.resolve(transaction, Kinds.NETWORK, wanted);
              VnicProfile profile = body.copy().id(platform.newId());
              VnicProfileRules.settle(transaction, profile, network, "add");
              checkProperties(transaction, profile, network);
              VnicProfileRules.settleFilter(transaction, profile, body.networkFilter());
              Entity<VnicProfile> entity =
                  transaction.insert(Kinds.VNIC_PROFILE, profile, network.key());
              CreationGrants.created(
                  transaction,
                  platform.caller(call),
                  entity.key(),
                  CreationGrants.Audience.CREATOR);
              report(transaction, "ADD_VNIC_PROFILE", call, entity);
              return entity;
            });
    return Outcome.done(resource.present(call, added));
  }

  /** What a profile's vNICs give to scripts on hosts has to be declared. */
  private void checkProperties(
      Transaction transaction, VnicProfile profile, Entity<Network> network) {
    Version version =
        Optional.ofNullable(network.value().dataCenter())
            .flatMap(reference -> transaction.find(Kinds.DATA_CENTER, reference.requireId()))
            .map(found -> found.value().version())
            .orElse(null);
    platform
        .customProperties()
        .devices()
        .at(version)
        .type(DeviceProperties.INTERFACE)
        .check(profile.customProperties(), "profile.custom_properties");
  }

  private void report(
      Transaction transaction, String type, Call call, Entity<VnicProfile> profile) {
    platform
        .events()
        .append(
            transaction,
            type,
            platform
                .about(call, profile.value())
                .and(
                    transaction
                        .find(Objects.requireNonNull(profile.owner()))
                        .map(Entity::value)
                        .orElse(null)));
  }

  Outcome<Struct> remove(Call call, Entity<VnicProfile> profile, Transaction transaction) {
    NetworkUsers.ofProfile(transaction.current(), profile)
        .refuse("vNIC profile '" + profile.value().name() + "'");
    report(transaction, "REMOVE_VNIC_PROFILE", call, profile);
    transaction.delete(profile);
    return Outcome.removed();
  }

  @Override
  public VnicProfileService profile(String id) {
    return new VnicProfileService() {
      @Override
      public VnicProfile get(GetRequest request) {
        return resource.get(request.call(), id);
      }

      @Override
      public Outcome<VnicProfile> update(UpdateRequest request) {
        Call call = request.call();
        VnicProfile body = platform.body(request.profile());
        Entity<VnicProfile> updated =
            platform.write(transaction -> change(transaction, call, body));
        return Outcome.done(resource.present(call, updated));
      }

      private Entity<VnicProfile> change(Transaction transaction, Call call, VnicProfile body) {
        Entity<VnicProfile> current = resource.require(call, transaction, id);
        VnicProfile before = current.value();
        if (body.network() != null
            && body.network().id() != null
            && !Kinds.NETWORK.key(body.network().id()).equals(current.owner())) {
          throw ApiFault.bad(
              "profile.network cannot change; profile '" + before.name() + "' keeps its network");
        }
        VnicProfile merged = Updates.merge(before, body, Set.of("network", "network_filter"));
        Entity<Network> network =
            transaction
                .find(Kinds.NETWORK, Objects.requireNonNull(before.network()).requireId())
                .orElseThrow(ApiFault::notFound);
        VnicProfileRules.settle(transaction, merged, network, "update");
        checkProperties(transaction, merged, network);
        if (VnicProfileRules.passesThrough(before) != VnicProfileRules.passesThrough(merged)) {
          NetworkUsers.ofProfile(transaction.current(), current)
              .refuse("The pass-through of vNIC profile '" + before.name() + "'");
        }
        NetworkFilter kept =
            before.networkFilter() == null || VnicProfileRules.passesThrough(merged)
                ? new NetworkFilter()
                : before.networkFilter();
        VnicProfileRules.settleFilter(
            transaction, merged, body.networkFilter() == null ? kept : body.networkFilter());
        Entity<VnicProfile> entity = transaction.update(current, merged);
        report(transaction, "UPDATE_VNIC_PROFILE", call, entity);
        return entity;
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        return platform.write(
            transaction ->
                VnicProfiles.this.remove(
                    call, resource.require(call, transaction, id), transaction));
      }

      @Override
      public AssignedPermissionsService permissions() {
        return permissions.apply(Kinds.VNIC_PROFILE.key(id));
      }
    };
  }
}

package io.overt.engine.networks;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.AssignedVnicProfileService;
import io.overt.model.services.AssignedVnicProfilesService;
import io.overt.model.types.Network;
import io.overt.model.types.VnicProfile;
import java.util.List;

/** {@code /networks/{id}/vnicprofiles}. */
final class AssignedVnicProfiles implements AssignedVnicProfilesService {
  private final VnicProfiles profiles;
  private final Platform platform;
  private final Resource<Network> networks;
  private final String networkId;

  AssignedVnicProfiles(VnicProfiles profiles, Platform platform, String networkId) {
    this.profiles = profiles;
    this.platform = platform;
    this.networks = new Resource<>(platform, Kinds.NETWORK);
    this.networkId = networkId;
  }

  private Key network() {
    return Kinds.NETWORK.key(networkId);
  }

  @Override
  public List<VnicProfile> list(ListRequest request) {
    if (networks.absent(request.call(), platform.snapshot(), networkId)) {
      return List.of();
    }
    networks.require(request.call(), platform.snapshot(), networkId);
    return profiles.resource().listOwned(request.call(), network());
  }

  @Override
  public Outcome<VnicProfile> add(AddRequest request) {
    if (platform.snapshot().find(Kinds.NETWORK, References.pathId(networkId)).isEmpty()) {
      throw ApiFault.bad("There is no network " + networkId);
    }
    return profiles.add(
        request.call(), platform.body(request.profile()), new Network().id(networkId));
  }

  @Override
  public AssignedVnicProfileService profile(String id) {
    return new AssignedVnicProfileService() {
      @Override
      public VnicProfile get(GetRequest request) {
        return profiles.resource().getOwned(request.call(), network(), id);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        return platform.write(
            transaction ->
                profiles.remove(
                    call,
                    profiles.resource().requireOwned(call, transaction, network(), id),
                    transaction));
      }

      @Override
      public AssignedPermissionsService permissions() {
        return profiles.profile(id).permissions();
      }
    };
  }
}

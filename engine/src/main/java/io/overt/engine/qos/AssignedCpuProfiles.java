package io.overt.engine.qos;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedCpuProfileService;
import io.overt.model.services.AssignedCpuProfilesService;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.types.Cluster;
import io.overt.model.types.CpuProfile;
import java.util.List;

/** {@code /clusters/{id}/cpuprofiles}. */
public final class AssignedCpuProfiles implements AssignedCpuProfilesService {
  private final Platform platform;
  private final Resource<Cluster> clusters;
  private final CpuProfiles profiles;
  private final String clusterId;

  public AssignedCpuProfiles(Platform platform, String clusterId) {
    this.platform = platform;
    this.clusters = new Resource<>(platform, Kinds.CLUSTER);
    this.profiles = new CpuProfiles(platform, key -> new AssignedPermissionsService() {});
    this.clusterId = clusterId;
  }

  private Key cluster() {
    return Kinds.CLUSTER.key(clusterId);
  }

  @Override
  public List<CpuProfile> list(ListRequest request) {
    clusters.require(request.call(), platform.snapshot(), clusterId);
    return profiles.resource().listOwned(request.call(), cluster());
  }

  @Override
  public Outcome<CpuProfile> add(AddRequest request) {
    clusters.require(request.call(), platform.snapshot(), clusterId);
    return profiles.add(
        request.call(), platform.body(request.profile()), new Cluster().id(clusterId));
  }

  @Override
  public AssignedCpuProfileService profile(String id) {
    return new AssignedCpuProfileService() {
      @Override
      public CpuProfile get(GetRequest request) {
        return profiles.resource().getOwned(request.call(), cluster(), id);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        return platform.write(
            transaction ->
                profiles.remove(
                    call,
                    transaction,
                    profiles.resource().requireOwned(call, transaction, cluster(), id)));
      }
    };
  }
}

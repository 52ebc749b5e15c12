package io.overt.engine.catalogue;

import io.overt.access.permissions.Permit;
import io.overt.engine.clusters.CpuTypes;
import io.overt.engine.resource.CompatibilityVersions;
import io.overt.engine.resource.Resource;
import io.overt.model.ApiFault;
import io.overt.model.NeverSucceeds;
import io.overt.model.services.ClusterFeatureService;
import io.overt.model.services.ClusterFeaturesService;
import io.overt.model.services.ClusterLevelService;
import io.overt.model.services.ClusterLevelsService;
import io.overt.model.types.ClusterFeature;
import io.overt.model.types.ClusterLevel;
import io.overt.model.types.Version;
import java.util.Arrays;
import java.util.List;

/** {@code /clusterlevels}: what clusters of each compatibility version can have. */
public final class ClusterLevels implements ClusterLevelsService {
  @Override
  public List<ClusterLevel> list(ListRequest request) {
    return CompatibilityVersions.all().stream()
        .limit(Resource.limit(request.call()))
        .map(ClusterLevels::level)
        .toList();
  }

  private static ClusterLevel level(Version version) {
    return new ClusterLevel()
        .id(CompatibilityVersions.text(version))
        .cpuTypes(CpuTypes.list())
        .permits(
            Arrays.stream(Permit.values())
                .map(
                    permit ->
                        new io.overt.model.types.Permit()
                            .id(Integer.toString(permit.number()))
                            .name(permit.wire())
                            .administrative(permit.administrative()))
                .toList());
  }

  @Override
  public ClusterLevelService level(String id) {
    return new ClusterLevelService() {
      @Override
      public ClusterLevel get(GetRequest request) {
        return find();
      }

      private ClusterLevel find() {
        return CompatibilityVersions.all().stream()
            .filter(version -> CompatibilityVersions.text(version).equals(id))
            .findFirst()
            .map(ClusterLevels::level)
            .orElseThrow(ApiFault::notFound);
      }

      // No level has features that its clusters could enable.
      @Override
      public ClusterFeaturesService clusterFeatures() {
        return new ClusterFeaturesService() {
          @Override
          public List<ClusterFeature> list(ClusterFeaturesService.ListRequest request) {
            find();
            return List.of();
          }

          @Override
          public ClusterFeatureService feature(String featureId) {
            return new ClusterFeatureService() {
              @Override
              @NeverSucceeds
              public ClusterFeature get(ClusterFeatureService.GetRequest request) {
                throw ApiFault.notFound();
              }
            };
          }
        };
      }
    };
  }
}

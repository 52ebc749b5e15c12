package io.overt.engine.catalogue;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Kinds;
import io.overt.model.NeverSucceeds;
import io.overt.model.Service;
import io.overt.model.services.ExternalHostProviderService;
import io.overt.model.services.ExternalHostProvidersService;
import io.overt.model.services.OpenstackImageProviderService;
import io.overt.model.services.OpenstackImageProvidersService;
import io.overt.model.services.OpenstackNetworkProviderService;
import io.overt.model.services.OpenstackNetworkProvidersService;
import io.overt.model.services.OpenstackVolumeProviderService;
import io.overt.model.services.OpenstackVolumeProvidersService;
import io.overt.model.types.ExternalHostProvider;
import io.overt.model.types.OpenStackImageProvider;
import io.overt.model.types.OpenStackNetworkProvider;
import io.overt.model.types.OpenStackVolumeProvider;
import java.util.List;
import java.util.Map;

/** The collections of external providers, by URL segment; providers cannot be added yet. */
public final class Providers {
  private Providers() {}

  public static Map<String, Service> services(Platform platform) {
    return Map.of(
        "externalhostproviders", hosts(platform),
        "openstackimageproviders", images(platform),
        "openstacknetworkproviders", networks(platform),
        "openstackvolumeproviders", volumes(platform));
  }

  private static ExternalHostProvidersService hosts(Platform platform) {
    Resource<ExternalHostProvider> resource =
        new Resource<>(platform, Kinds.EXTERNAL_HOST_PROVIDER);
    return new ExternalHostProvidersService() {
      @Override
      public List<ExternalHostProvider> list(ListRequest request) {
        return resource.list(request.call());
      }

      @Override
      public ExternalHostProviderService provider(String id) {
        return new ExternalHostProviderService() {
          @Override
          @NeverSucceeds
          public ExternalHostProvider get(GetRequest request) {
            return resource.get(request.call(), id);
          }
        };
      }
    };
  }

  private static OpenstackImageProvidersService images(Platform platform) {
    Resource<OpenStackImageProvider> resource =
        new Resource<>(platform, Kinds.OPEN_STACK_IMAGE_PROVIDER);
    return new OpenstackImageProvidersService() {
      @Override
      public List<OpenStackImageProvider> list(ListRequest request) {
        return resource.list(request.call());
      }

      @Override
      public OpenstackImageProviderService provider(String id) {
        return new OpenstackImageProviderService() {
          @Override
          @NeverSucceeds
          public OpenStackImageProvider get(GetRequest request) {
            return resource.get(request.call(), id);
          }
        };
      }
    };
  }

  private static OpenstackNetworkProvidersService networks(Platform platform) {
    Resource<OpenStackNetworkProvider> resource =
        new Resource<>(platform, Kinds.OPEN_STACK_NETWORK_PROVIDER);
    return new OpenstackNetworkProvidersService() {
      @Override
      public List<OpenStackNetworkProvider> list(ListRequest request) {
        return resource.list(request.call());
      }

      @Override
      public OpenstackNetworkProviderService provider(String id) {
        return new OpenstackNetworkProviderService() {
          @Override
          @NeverSucceeds
          public OpenStackNetworkProvider get(GetRequest request) {
            return resource.get(request.call(), id);
          }
        };
      }
    };
  }

  private static OpenstackVolumeProvidersService volumes(Platform platform) {
    Resource<OpenStackVolumeProvider> resource =
        new Resource<>(platform, Kinds.OPEN_STACK_VOLUME_PROVIDER);
    return new OpenstackVolumeProvidersService() {
      @Override
      public List<OpenStackVolumeProvider> list(ListRequest request) {
        return resource.list(request.call());
      }

      @Override
      public OpenstackVolumeProviderService provider(String id) {
        return new OpenstackVolumeProviderService() {
          @Override
          @NeverSucceeds
          public OpenStackVolumeProvider get(GetRequest request) {
            return resource.get(request.call(), id);
          }
        };
      }
    };
  }
}

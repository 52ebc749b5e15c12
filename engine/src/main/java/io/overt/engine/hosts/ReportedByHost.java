package io.overt.engine.hosts;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Statistics;
import io.overt.engine.resource.Traffic;
import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostCalls;
import io.overt.fleet.HostUnreachable;
import io.overt.fleet.Report;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.NeverSucceeds;
import io.overt.model.Struct;
import io.overt.model.services.ExternalNetworkProviderConfigurationsService;
import io.overt.model.services.HostCpuUnitsService;
import io.overt.model.services.HostDeviceService;
import io.overt.model.services.HostDevicesService;
import io.overt.model.services.HostHookService;
import io.overt.model.services.HostHooksService;
import io.overt.model.services.HostNicService;
import io.overt.model.services.HostNicsService;
import io.overt.model.services.HostNumaNodeService;
import io.overt.model.services.HostNumaNodesService;
import io.overt.model.services.HostStorageService;
import io.overt.model.services.KatelloErrataService;
import io.overt.model.services.NetworkAttachmentsService;
import io.overt.model.services.NetworkLabelsService;
import io.overt.model.services.StorageServerConnectionExtensionsService;
import io.overt.model.services.UnmanagedNetworksService;
import io.overt.model.types.ExternalNetworkProviderConfiguration;
import io.overt.model.types.Hook;
import io.overt.model.types.Host;
import io.overt.model.types.HostCpuUnit;
import io.overt.model.types.HostDevice;
import io.overt.model.types.HostNic;
import io.overt.model.types.HostStorage;
import io.overt.model.types.KatelloErratum;
import io.overt.model.types.NetworkAttachment;
import io.overt.model.types.NetworkLabel;
import io.overt.model.types.NumaNode;
import io.overt.model.types.Statistic;
import io.overt.model.types.StorageConnectionExtension;
import io.overt.model.types.UnmanagedNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The collections below a host that only show what the host last said of itself. */
final class ReportedByHost {
  private static final Duration DEVICES_DEADLINE = Duration.ofSeconds(5);
  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final Resource<Host> hosts;
  private final String id;

  ReportedByHost(Platform platform, Supplier<Fleet> fleet, Resource<Host> hosts, String id) {
    this.platform = platform;
    this.fleet = fleet;
    this.hosts = hosts;
    this.id = id;
  }

  boolean exists() {
    return platform.snapshot().find(Kinds.HOST, id).isPresent();
  }

  /** Empty when the host does not exist; 404 when the caller may not see it. */
  private Optional<Entity<Host>> host(Call call) {
    return exists() ? Optional.of(hosts.require(call, platform.snapshot(), id)) : Optional.empty();
  }

  private Entity<Host> require(Call call) {
    return hosts.require(call, platform.snapshot(), id);
  }

  /** What the host says that one of its interfaces has carried. */
  private Report traffic(String nic) {
    return fleet.get().reports().host(id).report("network").report(nic);
  }

  /** What the host says of the memory of one of its NUMA nodes. */
  private Report free(String node) {
    return fleet.get().reports().host(id).report("numaNodeMemFree").report(node);
  }

  private Report capabilities() {
    return fleet.get().reports().capabilities(id);
  }

  private static <T extends Struct> List<T> limited(Call call, List<T> all) {
    return all.stream().limit(Resource.limit(call)).toList();
  }

  private static <T extends Struct> T one(List<T> all, String id) {
    return all.stream()
        .filter(item -> id.equals(item.id()))
        .findFirst()
        .orElseThrow(ApiFault::notFound);
  }

  HostNicsService nics() {
    return new HostNicsService() {
      @Override
      public List<HostNic> list(ListRequest request) {
        if (!exists()) {
          throw ApiFault.missing("Host: id=" + id);
        }
        require(request.call());
        return limited(request.call(), all());
      }

      private List<HostNic> all() {
        return HostDescriptions.nics(id, capabilities(), fleet.get().reports().host(id));
      }

      @Override
      public HostNicService nic(String nicId) {
        return new HostNicService() {
          @Override
          public HostNic get(GetRequest request) {
            return found(request.call());
          }

          private HostNic found(Call call) {
            require(call);
            return one(all(), nicId);
          }

          @Override
          public Statistics statistics() {
            return call -> {
              HostNic nic = found(call);
              List<Statistic> all = Traffic.of(nicId, traffic(String.valueOf(nic.name())));
              HostNic owner = new HostNic().id(nicId).host(new Host().id(id));
              all.forEach(statistic -> statistic.hostNic(owner));
              return all;
            };
          }

          @Override
          public NetworkAttachmentsService networkAttachments() {
            return new HostNetworkAttachments(
                platform,
                ReportedByHost.this,
                new HostNetworkSetup(platform, fleet, hosts, id),
                nicId);
          }

          @Override
          public NetworkLabelsService networkLabels() {
            return noLabels();
          }

          @Override
          public NetworkLabelsService virtualFunctionAllowedLabels() {
            return noLabels();
          }

          // Interfaces of hosts have no labels.
          private NetworkLabelsService noLabels() {
            return new NetworkLabelsService() {
              @Override
              public List<NetworkLabel> list(NetworkLabelsService.ListRequest request) {
                found(request.call());
                return List.of();
              }
            };
          }
        };
      }
    };
  }

  HostHooksService hooks() {
    return new HostHooksService() {
      @Override
      public List<Hook> list(ListRequest request) {
        return host(request.call()).isEmpty() ? List.of() : limited(request.call(), all());
      }

      private List<Hook> all() {
        return HostDescriptions.hooks(id, capabilities());
      }

      @Override
      public HostHookService hook(String hookId) {
        return new HostHookService() {
          @Override
          @NeverSucceeds
          public Hook get(GetRequest request) {
            require(request.call());
            return one(all(), hookId);
          }
        };
      }
    };
  }

  HostNumaNodesService numaNodes() {
    return new HostNumaNodesService() {
      @Override
      public List<NumaNode> list(ListRequest request) {
        return host(request.call()).isEmpty() ? List.of() : limited(request.call(), all());
      }

      private List<NumaNode> all() {
        return HostDescriptions.numaNodes(id, capabilities());
      }

      @Override
      public HostNumaNodeService node(String nodeId) {
        return new HostNumaNodeService() {
          @Override
          public NumaNode get(GetRequest request) {
            return found(request.call());
          }

          private NumaNode found(Call call) {
            require(call);
            return one(all(), nodeId);
          }

          @Override
          public Statistics statistics() {
            return call -> {
              NumaNode node = found(call);
              Report free = free(String.valueOf(node.index()));
              List<Statistic> all = NumaStatistics.of(nodeId, node.memory(), free);
              NumaNode owner = new NumaNode().id(nodeId).host(new Host().id(id));
              all.forEach(statistic -> statistic.hostNumaNode(owner));
              return all;
            };
          }
        };
      }
    };
  }

  HostDevicesService devices() {
    return new HostDevicesService() {
      @Override
      public List<HostDevice> list(ListRequest request) {
        return host(request.call()).isEmpty() ? List.of() : limited(request.call(), all());
      }

      // they are many and change seldom, so they are asked for, not kept
      private List<HostDevice> all() {
        Optional<HostCalls> calls = fleet.get().find(id);
        if (calls.isEmpty()) {
          return List.of();
        }
        try {
          Object answer =
              calls
                  .get()
                  .call(
                      "Host.hostdevListByCaps", Map.of("caps", List.of()), DEVICES_DEADLINE, null);
          return HostDescriptions.devices(id, answer);
        } catch (HostCallFailed | HostUnreachable e) {
          throw ApiFault.conflict("Host " + id + " did not list its devices: " + e.getMessage());
        }
      }

      @Override
      public HostDeviceService device(String deviceId) {
        return new HostDeviceService() {
          @Override
          public HostDevice get(GetRequest request) {
            require(request.call());
            return one(all(), deviceId);
          }
        };
      }
    };
  }

  HostCpuUnitsService cpuUnits() {
    return new HostCpuUnitsService() {
      @Override
      public List<HostCpuUnit> list(ListRequest request) {
        require(request.call());
        return HostDescriptions.cpuUnits(capabilities());
      }
    };
  }

  /** Block devices; agents serve files only. */
  HostStorageService storage() {
    return new HostStorageService() {
      @Override
      public List<HostStorage> list(ListRequest request) {
        if (host(request.call()).isEmpty()) {
          throw new ApiFault(
              ApiFault.Category.BAD_PARAMETER,
              "Operation Failed",
              "Host " + id + " does not exist, so its storage cannot be listed.");
        }
        return List.of();
      }
    };
  }

  KatelloErrataService errata() {
    return new KatelloErrataService() {
      @Override
      public List<KatelloErratum> list(ListRequest request) {
        require(request.call());
        return List.of();
      }
    };
  }

  List<NetworkAttachment> networkAttachments(Call call) {
    return HostDescriptions.attachments(platform.snapshot(), require(call), capabilities());
  }

  StorageServerConnectionExtensionsService connectionExtensions() {
    return new StorageServerConnectionExtensionsService() {
      @Override
      public List<StorageConnectionExtension> list(ListRequest request) {
        require(request.call());
        return List.of();
      }
    };
  }

  /** Networks that the host has and its data center does not know. */
  UnmanagedNetworksService unmanagedNetworks() {
    return new UnmanagedNetworksService() {
      @Override
      public List<UnmanagedNetwork> list(ListRequest request) {
        return HostDescriptions.unmanaged(
            platform.snapshot(), require(request.call()), capabilities());
      }
    };
  }

  ExternalNetworkProviderConfigurationsService networkProviders() {
    return new ExternalNetworkProviderConfigurationsService() {
      @Override
      public List<ExternalNetworkProviderConfiguration> list(ListRequest request) {
        require(request.call());
        return List.of();
      }
    };
  }
}

package io.overt.engine.networks;

import io.overt.engine.resource.CompatibilityVersions;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.Call;
import io.overt.model.services.NetworkFilterService;
import io.overt.model.services.NetworkFiltersService;
import io.overt.model.types.Cluster;
import io.overt.model.types.NetworkFilter;
import io.overt.model.types.Version;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code /networkfilters}: libvirt's predefined filters, and VDSM's own. */
public final class NetworkFilters implements NetworkFiltersService {
  /** {@code vdsm-no-mac-spoofing}, which new vNIC profiles get. */
  static final String DEFAULT = "d2370ab4-fee3-11e9-a310-8c1645ce738e";

  private record Predefined(String id, String name, long major, long minor) {}

  private static final List<Predefined> ALL =
      List.of(
          new Predefined(DEFAULT, "vdsm-no-mac-spoofing", 3, 2),
          since36("72541a0a", "allow-arp"),
          since36("7254e0ac", "allow-dhcp"),
          since36("72559088", "allow-incoming-ipv4"),
          since36("7255a2a8", "allow-ipv4"),
          since36("7255c256", "clean-traffic"),
          since36("7255da5c", "no-arp-ip-spoofing"),
          since36("7255ffaa", "no-arp-mac-spoofing"),
          since36("72561846", "no-arp-spoofing"),
          since36("72562778", "no-ip-multicast"),
          since36("72566eb8", "no-ip-spoofing"),
          since36("7256bbe8", "no-mac-broadcast"),
          since36("7256d0d8", "no-mac-spoofing"),
          since36("7256dd44", "no-other-l2-traffic"),
          since36("72573f0a", "no-other-rarp-traffic"),
          since36("72578302", "qemu-announce-self"),
          since36("72579d56", "qemu-announce-self-rarp"),
          new Predefined("9d29c784-e631-11f1-b199-02fc00000001", "clean-traffic-gateway", 4, 2));

  private final Platform platform;
  private final Resource<NetworkFilter> resource;
  private final @Nullable String clusterId;

  public NetworkFilters(Platform platform) {
    this(platform, null);
  }

  private NetworkFilters(Platform platform, @Nullable String clusterId) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.NETWORK_FILTER);
    this.clusterId = clusterId;
  }

  /** Those that the cluster's compatibility version knows. */
  public static NetworkFilters ofCluster(Platform platform, String clusterId) {
    return new NetworkFilters(platform, clusterId);
  }

  private static Predefined since36(String prefix, String name) {
    return new Predefined(prefix + "-e631-11f1-be8f-02fc00000001", name, 3, 6);
  }

  /** All predefined filters. */
  public static void install(Transaction transaction) {
    for (Predefined filter : ALL) {
      transaction.insert(
          Kinds.NETWORK_FILTER,
          new NetworkFilter()
              .id(filter.id())
              .name(filter.name())
              .version(new Version().major(filter.major()).minor(filter.minor())));
    }
  }

  @Override
  public List<NetworkFilter> list(ListRequest request) {
    return resource.list(request.call(), known(request.call()));
  }

  private Predicate<Entity<NetworkFilter>> known(Call call) {
    if (clusterId == null) {
      return filter -> true;
    }
    Cluster cluster =
        new Resource<>(platform, Kinds.CLUSTER)
            .require(call, platform.snapshot(), clusterId)
            .value();
    Version version = cluster.version();
    return filter ->
        version == null
            || filter.value().version() == null
            || CompatibilityVersions.compare(filter.value().version(), version) <= 0;
  }

  @Override
  public NetworkFilterService networkFilter(String id) {
    return new NetworkFilterService() {
      @Override
      public NetworkFilter get(GetRequest request) {
        return resource.get(request.call(), id);
      }
    };
  }
}

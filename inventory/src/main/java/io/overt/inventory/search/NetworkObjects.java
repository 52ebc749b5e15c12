package io.overt.inventory.search;

import io.overt.inventory.Entity;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.model.Struct;
import io.overt.model.types.ExternalProvider;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkUsage;
import io.overt.model.types.VnicPassThroughMode;
import io.overt.model.types.VnicProfile;
import java.util.List;
import java.util.function.Supplier;

/** The tables of networks, profiles and providers, and of the interfaces others refer to. */
final class NetworkObjects {
  /** Interfaces of VMs and templates; only as a cross reference. */
  static final Supplier<SearchObject<?>> VNICS =
      SearchObjects.lazily(
          () -> {
            SearchObject<?> nics = new SearchObject<>(Kinds.NIC);
            return nics.text("network_name", "vnic_profile.network.name")
                .text("mac_addr", "mac.address");
          });

  /** Interfaces of hosts; only as a cross reference. */
  static final Supplier<SearchObject<?>> HOST_NICS =
      SearchObjects.lazily(
          () -> {
            SearchObject<?> nics = new SearchObject<>(Kinds.HOST_NIC);
            return nics.text("network_name", "network.name").text("mac_addr", "mac.address");
          });

  /** Networks as assigned to clusters; only as a cross reference. */
  static final Supplier<SearchObject<?>> CLUSTER_NETWORKS =
      SearchObjects.lazily(
          () ->
              new SearchObject<>(Kinds.CLUSTER_NETWORK)
                  .text(
                      "network_name",
                      (scope, assigned) -> {
                        Entity<?> network = scope.find(Kinds.NETWORK, assigned.id());
                        return network == null ? null : network.value().get("name");
                      })
                  .text(
                      "cluster_name",
                      (scope, assigned) -> Accessors.names(scope.owner(assigned, Kinds.CLUSTER))));

  /** Hosts that a network is attached to; only as a cross reference. */
  static final Supplier<SearchObject<?>> HOST_NETWORKS =
      SearchObjects.lazily(() -> new SearchObject<>(Kinds.HOST).text("host_name", "name"));

  private NetworkObjects() {}

  static SearchObject<Network> networks() {
    SearchObject<Network> networks = new SearchObject<>(Kinds.NETWORK);
    return networks
        .texts("name", "description", "comment")
        .number("vlanid", "vlan.id")
        .flag("stp", "stp")
        .number("mtu", "mtu")
        .flag(
            "vmnetwork",
            (scope, network) ->
                network.value().get("usages") instanceof List<?> usages
                    && usages.contains(NetworkUsage.VM))
        .text("datacenter", "data_center.name")
        .text(
            "label",
            (scope, network) ->
                scope.owned(Kinds.NETWORK_LABEL, network).stream().map(Entity::id).toList())
        .text("provider_name", "external_provider.name")
        .text("qos_name", "qos.name")
        .relation(
            "cluster_network",
            CLUSTER_NETWORKS,
            (scope, network) -> scope.referrers(Kinds.CLUSTER_NETWORK, "id", network))
        .relation("host_network", HOST_NETWORKS, NetworkObjects::hosts)
        .relation(
            "provider",
            SearchObjects.lazy(Kinds.OPEN_STACK_NETWORK_PROVIDER),
            (scope, network) ->
                scope.referred(network, "external_provider", Kinds.OPEN_STACK_NETWORK_PROVIDER))
        .order("datacenter", "name");
  }

  static SearchObject<VnicProfile> profiles() {
    SearchObject<VnicProfile> profiles = new SearchObject<>(Kinds.VNIC_PROFILE);
    Accessor passThrough = profiles.path("pass_through.mode");
    return profiles
        .texts("name", "description")
        .flag("port_mirroring", "port_mirroring")
        .flag(
            "passthrough",
            (scope, profile) -> passThrough.value(scope, profile) == VnicPassThroughMode.ENABLED)
        .text("network_name", "network.name")
        .text(
            "compatibility_version",
            Accessors.version(profiles.path("network.data_center.version")))
        .text("datacenter", "network.data_center.name")
        .text("qos_name", "qos.name")
        .text("network_filter", "network_filter.name")
        .text("failover", "failover.name");
  }

  /** Providers of one kind; {@code type} is the engine's name of it. */
  static <T extends ExternalProvider> SearchObject<T> providers(Kind<T> kind, String type) {
    return new SearchObject<>(kind)
        .texts("name", "description")
        .text("url", "url")
        .choice(
            "type",
            Choices.of(
                List.of(
                    "foreman",
                    "openstack_network",
                    "openstack_image",
                    "openstack_volume",
                    "external_network",
                    "vmware",
                    "xen",
                    "kvm",
                    "kubevirt")),
            (scope, provider) -> isExternalNetwork(provider.value()) ? "external_network" : type);
  }

  private static boolean isExternalNetwork(Struct provider) {
    return provider.get("type") instanceof io.overt.model.ApiEnum constant
        && constant.wire().equals("external");
  }

  private static List<Entity<?>> hosts(Scope scope, Entity<?> network) {
    return Accessors.through(
        scope.referrers(Kinds.NETWORK_ATTACHMENT, "network", network),
        attachment -> {
          List<Entity<?>> owner = scope.owner(attachment, Kinds.HOST);
          return owner.isEmpty() ? scope.referred(attachment, "host", Kinds.HOST) : owner;
        });
  }
}

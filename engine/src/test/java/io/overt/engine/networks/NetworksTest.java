package io.overt.engine.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.engine.TestEngine;
import io.overt.engine.clusters.Clusters;
import io.overt.engine.datacenters.DataCenters;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.ClusterNetworkService;
import io.overt.model.services.ClusterNetworksService;
import io.overt.model.services.NetworkLabelsService;
import io.overt.model.services.NetworkService;
import io.overt.model.services.NetworksService;
import io.overt.model.services.VnicProfileService;
import io.overt.model.services.VnicProfilesService;
import io.overt.model.types.Cluster;
import io.overt.model.types.DataCenter;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkFilter;
import io.overt.model.types.NetworkLabel;
import io.overt.model.types.NetworkUsage;
import io.overt.model.types.Nic;
import io.overt.model.types.Vlan;
import io.overt.model.types.Vm;
import io.overt.model.types.VnicPassThrough;
import io.overt.model.types.VnicPassThroughMode;
import io.overt.model.types.VnicProfile;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworksTest {
  private final TestEngine engine = TestEngine.open();
  private final Networks networks =
      new Networks(engine.platform(), key -> new AssignedPermissionsService() {});
  private final VnicProfiles profiles =
      new VnicProfiles(engine.platform(), key -> new AssignedPermissionsService() {});
  private final ClusterNetworks assigned = new ClusterNetworks(engine.platform(), Clusters.DEFAULT);

  @AfterEach
  void close() {
    engine.close();
  }

  private Network add(Network network) {
    network.dataCenter(new DataCenter().id(DataCenters.DEFAULT));
    return Objects.requireNonNull(
        networks
            .add(new NetworksService.AddRequest(engine.call().with("network", network)))
            .entity());
  }

  private Network attach(Network network) {
    return Objects.requireNonNull(
        assigned
            .add(new ClusterNetworksService.AddRequest(engine.call().with("network", network)))
            .entity());
  }

  private Network change(String id, NetworkUsage... usages) {
    return Objects.requireNonNull(
        assigned
            .network(id)
            .update(
                new ClusterNetworkService.UpdateRequest(
                    engine.call().with("network", new Network().usages(List.of(usages)))))
            .entity());
  }

  private Network inCluster(String id) {
    return assigned.network(id).get(new ClusterNetworkService.GetRequest(engine.call()));
  }

  private void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ApiFault.Category category) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiFault.class, fault -> assertThat(fault.category()).isEqualTo(category));
  }

  @Test
  void newNetworkForVmsHasProfileWithDefaultFilter() {
    Network network = add(new Network().name("blue"));

    assertThat(network.usages()).containsExactly(NetworkUsage.VM);
    assertThat(network.vdsmName()).isEqualTo("blue");
    assertThat(network.mtu()).isZero();
    assertThat(profilesOf(network))
        .singleElement()
        .satisfies(
            profile -> {
              assertThat(profile.name()).isEqualTo("blue");
              assertThat(Objects.requireNonNull(profile.networkFilter()).id())
                  .isEqualTo(NetworkFilters.DEFAULT);
            });
  }

  private List<VnicProfile> profilesOf(Network network) {
    return engine
        .inventory()
        .snapshot()
        .referrers(Kinds.VNIC_PROFILE, "network", network.requireId())
        .stream()
        .map(entity -> entity.value())
        .toList();
  }

  @Test
  void networkWithoutVmsHasNoProfile() {
    Network network = add(new Network().name("storage").usages(List.of()));

    assertThat(network.usages()).isEmpty();
    assertThat(profilesOf(network)).isEmpty();
  }

  @Test
  void longNameGetsShortNameForHosts() {
    Network network = add(new Network().name("a name that no bridge can have"));

    assertThat(network.vdsmName()).startsWith("on").hasSize(15);
  }

  @Test
  void numbersOutOfRangeAreBad() {
    refused(() -> add(new Network().name("n").mtu(-1L)), ApiFault.Category.BAD_PARAMETER);
    refused(
        () -> add(new Network().name("n").vlan(new Vlan().id(4095L))),
        ApiFault.Category.BAD_PARAMETER);
    refused(() -> add(new Network().name("bond7")), ApiFault.Category.BAD_PARAMETER);
  }

  @Test
  void emptyTagTakesTheTagAway() {
    String id = Objects.requireNonNull(add(new Network().name("n").vlan(new Vlan().id(7L))).id());

    assertThat(update(id, new Network().description("tagged")).vlan()).isNotNull();
    assertThat(update(id, new Network().vlan(new Vlan())).vlan()).isNull();
  }

  private Network update(String id, Network body) {
    return Objects.requireNonNull(
        networks
            .network(id)
            .update(new NetworkService.UpdateRequest(engine.call().with("network", body)))
            .entity());
  }

  @Test
  void nameIsUniqueInItsDataCenter() {
    add(new Network().name("blue"));

    refused(() -> add(new Network().name("blue")), ApiFault.Category.CONFLICT);
  }

  @Test
  void managementNetworkCannotBeRemoved() {
    refused(
        () ->
            networks
                .network(Networks.DEFAULT)
                .remove(new NetworkService.RemoveRequest(engine.call())),
        ApiFault.Category.BAD_PARAMETER);
    refused(
        () ->
            assigned
                .network(Networks.DEFAULT)
                .remove(new ClusterNetworkService.RemoveRequest(engine.call())),
        ApiFault.Category.BAD_PARAMETER);
  }

  @Test
  void removedNetworkNamesItsJobAndLeavesNothing() {
    Network network = add(new Network().name("blue"));
    attach(new Network().id(network.id()));

    String job =
        networks
            .network(network.requireId())
            .remove(new NetworkService.RemoveRequest(engine.call()))
            .job();

    assertThat(engine.inventory().snapshot().find(Kinds.JOB, Objects.requireNonNull(job)))
        .isPresent();
    assertThat(profilesOf(network)).isEmpty();
    assertThat(engine.inventory().snapshot().count(Kinds.CLUSTER_NETWORK)).isEqualTo(1);
  }

  @Test
  void rolesMoveBetweenNetworksAndReturn() {
    Network network = add(new Network().name("blue"));
    attach(new Network().name("blue").required(false));
    String id = network.requireId();

    assertThat(change(id, NetworkUsage.VM, NetworkUsage.DISPLAY, NetworkUsage.MIGRATION).display())
        .isTrue();
    assertThat(inCluster(Networks.DEFAULT).usages())
        .containsExactly(NetworkUsage.VM, NetworkUsage.MANAGEMENT, NetworkUsage.DEFAULT_ROUTE);

    assertThat(change(id, NetworkUsage.VM, NetworkUsage.DEFAULT_ROUTE).usages())
        .containsExactly(NetworkUsage.VM, NetworkUsage.DEFAULT_ROUTE);
    assertThat(inCluster(Networks.DEFAULT).usages())
        .containsExactly(
            NetworkUsage.VM, NetworkUsage.DISPLAY, NetworkUsage.MIGRATION, NetworkUsage.MANAGEMENT);

    assigned.network(id).remove(new ClusterNetworkService.RemoveRequest(engine.call()));
    assertThat(inCluster(Networks.DEFAULT).usages()).contains(NetworkUsage.DEFAULT_ROUTE);
  }

  @Test
  void networkIsAttachedOnce() {
    add(new Network().name("blue"));
    attach(new Network().name("blue"));

    refused(() -> attach(new Network().name("blue")), ApiFault.Category.CONFLICT);
    refused(() -> attach(new Network().name("nosuch")), ApiFault.Category.NOT_FOUND);
    refused(() -> attach(new Network()), ApiFault.Category.BAD_PARAMETER);
  }

  @Test
  void networkOfRunningMachinesStays() {
    Network network = add(new Network().name("blue"));
    attach(new Network().name("blue"));
    String profile = profilesOf(network).getFirst().requireId();
    engine
        .inventory()
        .change(
            transaction -> {
              var vm =
                  transaction.insert(
                      Kinds.VM,
                      new Vm()
                          .id(UUID.randomUUID().toString())
                          .name("web1")
                          .cluster(new Cluster().id(Clusters.DEFAULT)));
              transaction.insert(
                  Kinds.NIC,
                  new Nic()
                      .id(UUID.randomUUID().toString())
                      .name("nic1")
                      .vnicProfile(new VnicProfile().id(profile)),
                  vm.key());
            });

    assertThatThrownBy(
            () ->
                networks
                    .network(network.requireId())
                    .remove(new NetworkService.RemoveRequest(engine.call())))
        .hasMessageContaining("virtual machine web1");
    refused(
        () ->
            assigned
                .network(network.requireId())
                .remove(new ClusterNetworkService.RemoveRequest(engine.call())),
        ApiFault.Category.CONFLICT);
    refused(
        () -> profiles.profile(profile).remove(new VnicProfileService.RemoveRequest(engine.call())),
        ApiFault.Category.CONFLICT);
  }

  @Test
  void emptyFilterMeansNone() {
    VnicProfile profile =
        Objects.requireNonNull(
            profiles
                .add(
                    new VnicProfilesService.AddRequest(
                        engine
                            .call()
                            .with(
                                "profile",
                                new VnicProfile()
                                    .name("open")
                                    .network(new Network().id(Networks.DEFAULT))
                                    .networkFilter(new NetworkFilter()))))
                .entity());

    assertThat(profile.networkFilter()).isNull();
  }

  @Test
  void passThroughExcludesPortMirroring() {
    refused(
        () ->
            profiles.add(
                new VnicProfilesService.AddRequest(
                    engine
                        .call()
                        .with(
                            "profile",
                            new VnicProfile()
                                .name("fast")
                                .network(new Network().id(Networks.DEFAULT))
                                .portMirroring(true)
                                .passThrough(
                                    new VnicPassThrough().mode(VnicPassThroughMode.ENABLED))))),
        ApiFault.Category.BAD_PARAMETER);
  }

  @Test
  void networkBearsOneLabel() {
    NetworkLabelsService labels = networks.network(Networks.DEFAULT).networkLabels();
    labels.add(
        new NetworkLabelsService.AddRequest(
            engine.call().with("label", new NetworkLabel().id("lan"))));

    assertThat(labels.list(new NetworkLabelsService.ListRequest(engine.call())))
        .extracting(NetworkLabel::id)
        .containsExactly("lan");
    refused(
        () ->
            labels.add(
                new NetworkLabelsService.AddRequest(
                    engine.call().with("label", new NetworkLabel().id("wan")))),
        ApiFault.Category.BAD_PARAMETER);
  }
}

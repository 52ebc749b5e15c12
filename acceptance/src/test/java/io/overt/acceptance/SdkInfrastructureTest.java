package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ovirt.engine.sdk4.builders.Builders.cluster;
import static org.ovirt.engine.sdk4.builders.Builders.cpu;
import static org.ovirt.engine.sdk4.builders.Builders.dataCenter;
import static org.ovirt.engine.sdk4.builders.Builders.network;
import static org.ovirt.engine.sdk4.builders.Builders.vlan;
import static org.ovirt.engine.sdk4.builders.Builders.vnicProfile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.services.SystemService;
import org.ovirt.engine.sdk4.types.Architecture;
import org.ovirt.engine.sdk4.types.Cluster;
import org.ovirt.engine.sdk4.types.DataCenter;
import org.ovirt.engine.sdk4.types.DataCenterStatus;
import org.ovirt.engine.sdk4.types.Network;
import org.ovirt.engine.sdk4.types.VnicProfile;

/** Data centers, clusters and networks through the SDK. */
@ExtendWith(SharedEngine.class)
class SdkInfrastructureTest {
  private final EngineAccess access;

  SdkInfrastructureTest(EngineFixture engine) {
    this.access = engine.access();
  }

  @Test
  void aDataCenterGetsAClusterANetworkAndAProfileAndLosesThem() throws Exception {
    try (Connection connection = access.connect()) {
      SystemService system = connection.systemService();
      DataCenter center =
          system
              .dataCentersService()
              .add()
              .dataCenter(dataCenter().name("sdk-center").local(false))
              .send()
              .dataCenter();
      assertThat(center.status()).isEqualTo(DataCenterStatus.UNINITIALIZED);
      Cluster group =
          system
              .clustersService()
              .add()
              .cluster(
                  cluster()
                      .name("sdk-cluster")
                      .cpu(cpu().architecture(Architecture.X86_64).type("Intel Nehalem Family"))
                      .dataCenter(dataCenter().id(center.id())))
              .send()
              .cluster();
      assertThat(connection.followLink(group.dataCenter()).name()).isEqualTo("sdk-center");
      Network wire =
          system
              .networksService()
              .add()
              .network(
                  network()
                      .name("sdk-wire")
                      .dataCenter(dataCenter().id(center.id()))
                      .vlan(vlan().id(77)))
              .send()
              .network();
      assertThat(wire.vlan().id().intValue()).isEqualTo(77);
      VnicProfile profile =
          system
              .vnicProfilesService()
              .add()
              .profile(vnicProfile().name("sdk-profile").network(network().id(wire.id())))
              .send()
              .profile();
      assertThat(profile.network().id()).isEqualTo(wire.id());

      assertThatThrownBy(
              () ->
                  system
                      .dataCentersService()
                      .add()
                      .dataCenter(dataCenter().name("sdk-center").local(false))
                      .send())
          .isInstanceOf(org.ovirt.engine.sdk4.Error.class)
          .hasMessageContaining("409");

      system.vnicProfilesService().profileService(profile.id()).remove().send();
      system.networksService().networkService(wire.id()).remove().send();
      system.clustersService().clusterService(group.id()).remove().send();
      system.dataCentersService().dataCenterService(center.id()).remove().send();
      assertThat(system.dataCentersService().list().search("name=sdk-center").send().dataCenters())
          .isEmpty();
    }
  }

  @Test
  void aNewClusterIsChangedFieldByField() throws Exception {
    try (Connection connection = access.connect()) {
      SystemService system = connection.systemService();
      Cluster group =
          system
              .clustersService()
              .add()
              .cluster(
                  cluster()
                      .name("sdk-changed")
                      .description("before")
                      .comment("stays")
                      .cpu(cpu().architecture(Architecture.X86_64).type("Intel Nehalem Family"))
                      .dataCenter(dataCenter().name("Default")))
              .send()
              .cluster();
      Cluster changed =
          system
              .clustersService()
              .clusterService(group.id())
              .update()
              .cluster(cluster().description("after"))
              .send()
              .cluster();
      assertThat(changed.description()).isEqualTo("after");
      assertThat(changed.comment()).isEqualTo("stays");
      assertThat(changed.name()).isEqualTo("sdk-changed");
      system.clustersService().clusterService(group.id()).remove().send();
    }
  }
}

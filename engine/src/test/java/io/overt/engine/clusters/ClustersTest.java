package io.overt.engine.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.engine.TestEngine;
import io.overt.engine.datacenters.DataCenters;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.ClusterService;
import io.overt.model.services.ClustersService;
import io.overt.model.services.HostsService;
import io.overt.model.types.Architecture;
import io.overt.model.types.BiosType;
import io.overt.model.types.Cluster;
import io.overt.model.types.ClusterUpgradeAction;
import io.overt.model.types.Cpu;
import io.overt.model.types.DataCenter;
import io.overt.model.types.MemoryPolicy;
import io.overt.model.types.Property;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.SerialNumber;
import io.overt.model.types.SerialNumberPolicy;
import io.overt.model.types.Version;
import io.overt.model.types.Vm;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClustersTest {
  private final TestEngine engine = TestEngine.open();
  private final Clusters clusters =
      new Clusters(
          engine.platform(),
          key -> new AssignedPermissionsService() {},
          () -> new HostsService() {});

  @AfterEach
  void close() {
    engine.close();
  }

  private Cluster add(Cluster cluster) {
    return Objects.requireNonNull(
        clusters
            .add(new ClustersService.AddRequest(engine.call().with("cluster", cluster)))
            .entity());
  }

  private Cluster update(String id, Cluster cluster) {
    return Objects.requireNonNull(
        clusters
            .cluster(id)
            .update(new ClusterService.UpdateRequest(engine.call().with("cluster", cluster)))
            .entity());
  }

  private void remove(String id) {
    clusters.cluster(id).remove(new ClusterService.RemoveRequest(engine.call()));
  }

  private static Cluster named(String name) {
    return new Cluster()
        .name(name)
        .dataCenter(new DataCenter().name("Default"))
        .cpu(new Cpu().type_("Intel Nehalem Family"));
  }

  private static ApiFault.Category category(Throwable fault) {
    return ((ApiFault) fault).category();
  }

  @Test
  void newClusterIsCompletedWithDefaults() {
    Cluster cluster = add(named("one"));

    assertThat(Objects.requireNonNull(cluster.cpu()).architecture()).isEqualTo(Architecture.X86_64);
    assertThat(cluster.biosType()).isEqualTo(BiosType.Q35_OVMF);
    assertThat(cluster.description()).isEmpty();
    assertThat(cluster.customSchedulingPolicyProperties())
        .extracting(Property::name)
        .containsExactly("HighUtilization", "CpuOverCommitDurationMinutes");
    assertThat(Objects.requireNonNull(cluster.managementNetwork()).id())
        .isEqualTo("00000000-0000-0000-0000-000000000009");
    assertThat(
            Objects.requireNonNull(
                    Objects.requireNonNull(cluster.memoryPolicy()).transparentHugePages())
                .enabled())
        .isFalse();
    assertThat(engine.inventory().snapshot().referrers(Kinds.CPU_PROFILE, "cluster", id(cluster)))
        .singleElement()
        .satisfies(profile -> assertThat(profile.value().name()).isEqualTo("one"));
  }

  private static String id(Cluster cluster) {
    return cluster.requireId();
  }

  @Test
  void hugePagesAreOnWhenMemoryPolicyIsGiven() {
    Cluster cluster = add(named("one").memoryPolicy(new MemoryPolicy()));

    assertThat(
            Objects.requireNonNull(
                    Objects.requireNonNull(cluster.memoryPolicy()).transparentHugePages())
                .enabled())
        .isTrue();
  }

  @Test
  void unknownCpuTypeIsBad() {
    assertThatThrownBy(() -> add(named("one").cpu(new Cpu().type_("Abacus"))))
        .satisfies(fault -> assertThat(category(fault)).isEqualTo(ApiFault.Category.BAD_PARAMETER));
  }

  @Test
  void missingDataCenterIsNotFoundByIdAndName() {
    assertThatThrownBy(() -> add(named("one").dataCenter(new DataCenter().name("nosuch"))))
        .satisfies(fault -> assertThat(category(fault)).isEqualTo(ApiFault.Category.NOT_FOUND));
    assertThatThrownBy(
            () -> add(named("one").dataCenter(new DataCenter().id(UUID.randomUUID().toString()))))
        .satisfies(fault -> assertThat(category(fault)).isEqualTo(ApiFault.Category.NOT_FOUND));
  }

  @Test
  void nameIsUniqueAndPlain() {
    add(named("one"));

    assertThatThrownBy(() -> add(named("one")))
        .satisfies(fault -> assertThat(category(fault)).isEqualTo(ApiFault.Category.CONFLICT));
    assertThatThrownBy(() -> add(named("tr/cl")))
        .satisfies(fault -> assertThat(category(fault)).isEqualTo(ApiFault.Category.BAD_PARAMETER));
    Cluster two = add(named("two"));
    assertThatThrownBy(() -> update(id(two), new Cluster().name("Default")))
        .satisfies(fault -> assertThat(category(fault)).isEqualTo(ApiFault.Category.CONFLICT));
  }

  @Test
  void updateKeepsWhatIsNotGiven() {
    Cluster cluster = add(named("one"));

    Cluster updated = update(id(cluster), new Cluster().description("text"));

    assertThat(updated.description()).isEqualTo("text");
    assertThat(updated.copy().description("")).isEqualTo(cluster);
  }

  @Test
  void dataCenterCannotChange() {
    Cluster cluster = add(named("one"));

    assertThat(
            update(id(cluster), new Cluster().dataCenter(new DataCenter().id(DataCenters.DEFAULT)))
                .name())
        .isEqualTo("one");
    assertThatThrownBy(
            () ->
                update(
                    id(cluster),
                    new Cluster().dataCenter(new DataCenter().id(UUID.randomUUID().toString()))))
        .satisfies(fault -> assertThat(category(fault)).isEqualTo(ApiFault.Category.CONFLICT));
  }

  @Test
  void versionNeitherFallsNorLeavesTheKnownOnes() {
    Cluster cluster = add(named("one"));

    for (Version version :
        List.of(
            new Version().major(4L).minor(2L),
            new Version().major(3L).minor(0L),
            new Version().major(9L).minor(9L))) {
      assertThatThrownBy(() -> update(id(cluster), new Cluster().version(version)))
          .satisfies(
              fault -> assertThat(category(fault)).isEqualTo(ApiFault.Category.BAD_PARAMETER));
    }
  }

  @Test
  void schedulingPolicyBringsItsProperties() {
    Cluster cluster = add(named("one"));

    Cluster updated =
        update(
            id(cluster),
            new Cluster()
                .schedulingPolicy(new SchedulingPolicy().name("evenly_distributed"))
                .customSchedulingPolicyProperties(
                    List.of(
                        new Property().name("HighUtilization").value("75"),
                        new Property().name("Nosuch").value("1"))));

    assertThat(updated.customSchedulingPolicyProperties())
        .extracting(Property::name, Property::value)
        .contains(
            org.assertj.core.groups.Tuple.tuple("HighUtilization", "75"),
            org.assertj.core.groups.Tuple.tuple("VCpuToPhysicalCpuRatio", "0"))
        .doesNotContain(org.assertj.core.groups.Tuple.tuple("Nosuch", "1"));
    assertThatThrownBy(
            () ->
                update(
                    id(cluster),
                    new Cluster().schedulingPolicy(new SchedulingPolicy().name("nosuch"))))
        .satisfies(fault -> assertThat(category(fault)).isEqualTo(ApiFault.Category.BAD_PARAMETER));
  }

  @Test
  void contradictionsAreBad() {
    Cluster cluster = add(named("one"));

    for (Cluster body :
        List.of(
            new Cluster().virtService(false).glusterService(false),
            new Cluster().serialNumber(new SerialNumber().policy(SerialNumberPolicy.CUSTOM)))) {
      assertThatThrownBy(() -> update(id(cluster), body))
          .satisfies(
              fault -> assertThat(category(fault)).isEqualTo(ApiFault.Category.BAD_PARAMETER));
    }
  }

  @Test
  void clusterWithVmStays() {
    Cluster cluster = add(named("one"));
    engine
        .inventory()
        .change(
            transaction ->
                transaction.insert(
                    Kinds.VM,
                    new Vm()
                        .id(UUID.randomUUID().toString())
                        .name("vm")
                        .cluster(new Cluster().id(id(cluster)))));

    assertThatThrownBy(() -> remove(id(cluster)))
        .hasMessageContaining("vm")
        .satisfies(fault -> assertThat(category(fault)).isEqualTo(ApiFault.Category.CONFLICT));
  }

  @Test
  void removedClusterTakesItsProfilesAlong() {
    Cluster cluster = add(named("one"));

    remove(id(cluster));

    assertThat(engine.inventory().snapshot().count(Kinds.CPU_PROFILE)).isEqualTo(1);
    assertThat(engine.inventory().snapshot().count(Kinds.CLUSTER_NETWORK)).isEqualTo(1);
    assertThatThrownBy(() -> remove(id(cluster)))
        .satisfies(fault -> assertThat(category(fault)).isEqualTo(ApiFault.Category.NOT_FOUND));
  }

  @Test
  void upgradeIsBegunOnceAndFinished() {
    upgrade(ClusterUpgradeAction.START);
    assertThatThrownBy(() -> upgrade(ClusterUpgradeAction.START))
        .satisfies(fault -> assertThat(category(fault)).isEqualTo(ApiFault.Category.CONFLICT));
    upgrade(ClusterUpgradeAction.FINISH);

    assertThat(
            clusters
                .cluster(Clusters.DEFAULT)
                .get(new ClusterService.GetRequest(engine.call()))
                .upgradeInProgress())
        .isFalse();
  }

  private void upgrade(ClusterUpgradeAction action) {
    clusters
        .cluster(Clusters.DEFAULT)
        .upgrade(new ClusterService.UpgradeRequest(engine.call().with("upgrade_action", action)));
  }
}

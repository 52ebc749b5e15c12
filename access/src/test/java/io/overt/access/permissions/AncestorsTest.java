package io.overt.access.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.access.Fixture;
import io.overt.access.World;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One test a row of the table of ancestors; the system is above everything. */
class AncestorsTest {
  private static Fixture fixture;

  @BeforeAll
  static void open() {
    fixture = Fixture.open();
    fixture.inventory.change(InitialAccess::create);
    fixture.inventory.change(World::create);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void vmIsBelowItsClusterAndDataCenter() {
    assertAncestors(Kinds.VM, "vm1", "cluster1", "dc1");
  }

  @Test
  void hostIsBelowItsClusterAndDataCenter() {
    assertAncestors(Kinds.HOST, "host1", "cluster1", "dc1");
  }

  @Test
  void poolIsBelowItsClusterAndDataCenter() {
    assertAncestors(Kinds.VM_POOL, "pool1", "cluster1", "dc1");
  }

  @Test
  void clusterIsBelowItsDataCenter() {
    assertAncestors(Kinds.CLUSTER, "cluster1", "dc1");
  }

  @Test
  void cpuProfileIsBelowItsClusterAndDataCenter() {
    assertAncestors(Kinds.CPU_PROFILE, "cpus1", "cluster1", "dc1");
  }

  @Test
  void templateIsBelowItsClusterAndTheDataCenterOfItsDisks() {
    assertAncestors(Kinds.TEMPLATE, "template1", "cluster1", "dc1");
  }

  @Test
  void storageDomainIsBelowEveryDataCenterItIsAttachedTo() {
    assertAncestors(Kinds.STORAGE_DOMAIN, "domain1", "dc1");
  }

  @Test
  void quotaAndNetworkAreBelowTheirDataCenter() {
    assertAncestors(Kinds.QUOTA, "quota1", "dc1");
    assertAncestors(Kinds.NETWORK, "network1", "dc1");
  }

  @Test
  void diskIsBelowItsDomainAndItsVm() {
    assertAncestors(Kinds.DISK, "disk1", "domain1", "vm1", "cluster1", "dc1");
    assertAncestors(Kinds.DISK, "floating1", "domain1", "dc1");
  }

  @Test
  void sharedDiskIsBelowAllItsVms() {
    try (Fixture other = Fixture.open()) {
      other.inventory.change(World::create);
      other.inventory.change(
          transaction ->
              transaction.insert(
                  Kinds.DISK_ATTACHMENT,
                  new DiskAttachment().id(World.id("disk1")).disk(new Disk().id(World.id("disk1"))),
                  World.key(Kinds.VM, "vm2")));
      assertThat(Permissions.ancestors(other.snapshot(), World.key(Kinds.DISK, "disk1")))
          .contains(World.key(Kinds.VM, "vm1"), World.key(Kinds.VM, "vm2"));
    }
  }

  @Test
  void vnicProfileIsBelowItsNetworkAndDataCenter() {
    assertAncestors(Kinds.VNIC_PROFILE, "profile1", "network1", "dc1");
  }

  @Test
  void diskProfileIsBelowItsDomainAndDataCenter() {
    assertAncestors(Kinds.DISK_PROFILE, "diskprofile1", "domain1", "dc1");
  }

  @Test
  void dataCenterRoleAndMacPoolAreBelowTheSystemAlone() {
    assertAncestors(Kinds.DATA_CENTER, "dc1");
    assertAncestors(Kinds.MAC_POOL, "macs");
    Key role = Kinds.ROLE.key(WellKnown.SUPER_USER);
    assertThat(Permissions.ancestors(fixture.snapshot(), role)).containsExactly(role);
  }

  @Test
  void partOfAVmIsBelowTheVm() {
    assertAncestors(Kinds.NIC, "nic1", "vm1", "cluster1", "dc1");
    assertAncestors(Kinds.SNAPSHOT, "snapshot1", "vm1", "cluster1", "dc1");
  }

  private static void assertAncestors(Kind<?> kind, String name, String... ancestors) {
    assertThat(
            Permissions.ancestors(fixture.snapshot(), World.key(kind, name)).stream().map(Key::id))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of(name), Stream.of(ancestors)).map(World::id).toList());
  }
}

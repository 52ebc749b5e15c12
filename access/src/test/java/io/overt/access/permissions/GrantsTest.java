package io.overt.access.permissions;

import static io.overt.access.World.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.access.Fixture;
import io.overt.access.World;
import io.overt.access.permissions.Grants.Principal;
import io.overt.access.session.Caller;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.ApiFault.Category;
import io.overt.model.types.Permission;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrantsTest {
  private Fixture fixture;
  private Grants grants;
  private Caller root;
  private String bob;

  @BeforeEach
  void open() {
    fixture = Fixture.open();
    fixture.inventory.change(InitialAccess::create);
    fixture.inventory.change(World::create);
    String admin = fixture.user("admin");
    fixture.inventory.change(transaction -> InitialAccess.superUsers(transaction, List.of(admin)));
    root = fixture.caller(admin, false);
    bob = fixture.user("bob");
    grants = new Grants(fixture.permissions);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void permissionHoldsForWhatIsBelow() {
    Key cluster = key(Kinds.CLUSTER, "cluster1");
    assertThat(allows(Permit.RUN_VM, key(Kinds.VM, "vm1"))).isFalse();
    Entity<Permission> permission = grant(root, "UserRole", cluster);
    assertThat(permission.value().cluster()).isNotNull();
    assertThat(allows(Permit.RUN_VM, key(Kinds.VM, "vm1"))).isTrue();
    assertThat(allows(Permit.RUN_VM, key(Kinds.VM, "vm2"))).isFalse();
    assertThat(allows(Permit.RUN_VM, null)).isFalse();
    assertThat(allows(Permit.DELETE_VM, key(Kinds.VM, "vm1"))).isFalse();
    fixture.inventory.change(
        transaction ->
            grants.revoke(
                transaction,
                root,
                transaction.find(Kinds.PERMISSION, permission.id()).orElseThrow()));
    assertThat(allows(Permit.RUN_VM, key(Kinds.VM, "vm1"))).isFalse();
  }

  @Test
  void permissionOnTheSystemHoldsForEverything() {
    grant(root, "UserRole", null);
    assertThat(allows(Permit.RUN_VM, key(Kinds.VM, "vm2"))).isTrue();
    assertThat(allows(Permit.RUN_VM, null)).isTrue();
  }

  @Test
  void sameGrantReturnsTheExistingPermission() {
    Key vm = key(Kinds.VM, "plain1");
    Entity<Permission> first = grant(root, "UserRole", vm);
    assertThat(grant(root, "UserRole", vm).id()).isEqualTo(first.id());
    assertThat(Grants.on(fixture.snapshot(), vm)).hasSize(1);
  }

  @Test
  void permissionGoesWithItsObjectAndItsUser() {
    Key profile = key(Kinds.VNIC_PROFILE, "profile2");
    grant(root, "VnicProfileUser", profile);
    grant(root, "UserRole", key(Kinds.VM, "plain1"));
    fixture.inventory.change(
        transaction -> transaction.delete(transaction.find(key(Kinds.VM, "plain1")).orElseThrow()));
    assertThat(heldBy(bob)).hasSize(1);
    fixture.inventory.change(
        transaction -> transaction.delete(transaction.find(Kinds.USER, bob).orElseThrow()));
    assertThat(Grants.on(fixture.snapshot(), profile)).isEmpty();
  }

  private List<Entity<Permission>> heldBy(String user) {
    return fixture.snapshot().referrers(Kinds.PERMISSION, "user", user);
  }

  @Test
  void onlyASuperUserHandlesRolesOfAdministrators() {
    Key cluster = key(Kinds.CLUSTER, "cluster1");
    grant(root, "ClusterAdmin", cluster);
    Caller clusterAdmin = fixture.caller(bob, false);
    assertFault(Category.FORBIDDEN, () -> grant(clusterAdmin, "HostAdmin", cluster));
    grant(clusterAdmin, "UserRole", cluster);
    Entity<Permission> own =
        heldBy(bob).stream()
            .filter(p -> "def00001-0000-0000-0000-def000000001".equals(role(p)))
            .findFirst()
            .orElseThrow();
    assertFault(
        Category.FORBIDDEN,
        () -> fixture.inventory.change(t -> grants.revoke(t, clusterAdmin, own)));
  }

  private static String role(Entity<Permission> permission) {
    return permission.value().role() == null ? "" : permission.value().role().requireId();
  }

  @Test
  void lastSuperUserStays() {
    Entity<Permission> first =
        Grants.find(
                fixture.snapshot(), WellKnown.SUPER_USER, new Principal.OfUser(root.userId()), null)
            .orElseThrow();
    assertFault(
        Category.CONFLICT, () -> fixture.inventory.change(t -> grants.revoke(t, root, first)));
    grant(root, "SuperUser", key(Kinds.CLUSTER, "cluster1"));
    assertFault(
        Category.CONFLICT, () -> fixture.inventory.change(t -> grants.revoke(t, root, first)));
    grant(root, "SuperUser", null);
    fixture.inventory.change(t -> grants.revoke(t, root, first));
    assertThat(fixture.permissions.superUser(fixture.snapshot(), root)).isFalse();
  }

  @Test
  void everyonesPermissionOnTheSystemStays() {
    Entity<Permission> everyones =
        Grants.find(fixture.snapshot(), WellKnown.USER_PROFILE_EDITOR, Principal.everyone(), null)
            .orElseThrow();
    assertFault(
        Category.CONFLICT, () -> fixture.inventory.change(t -> grants.revoke(t, root, everyones)));
  }

  @Test
  void vmOfAPoolGetsNoPermissionByHand() {
    assertFault(Category.CONFLICT, () -> grant(root, "UserRole", key(Kinds.VM, "vm1")));
  }

  @Test
  void unknownRoleUserAndObjectAreNamed() {
    assertFault(Category.BAD_PARAMETER, () -> grant(root, "Nobody", null));
    assertThatThrownBy(() -> grant(root, "Nobody", null)).hasMessageContaining("Nobody");
    assertFault(
        Category.BAD_PARAMETER,
        () ->
            fixture.inventory.change(
                t -> grants.grant(t, root, null, "UserRole", new Principal.OfUser("x"), null)));
    assertFault(Category.BAD_PARAMETER, () -> grant(root, "UserRole", key(Kinds.VM, "nosuch")));
  }

  @Test
  void anAdministratorNeedsNoPermissionOnAMachineOfTheirOwn() {
    Key vm = key(Kinds.VM, "plain1");
    int before = Grants.on(fixture.snapshot(), vm).size();
    fixture.inventory.change(
        transaction ->
            CreationGrants.created(transaction, root, vm, CreationGrants.Audience.CREATOR));
    assertThat(Grants.on(fixture.snapshot(), vm)).hasSize(before);
  }

  @Test
  void creationGivesItsPermissions() {
    Caller creator = fixture.caller(bob, true);
    Key vm = key(Kinds.VM, "plain1");
    Key template = key(Kinds.TEMPLATE, "template1");
    Key profile = key(Kinds.CPU_PROFILE, "cpus1");
    fixture.inventory.change(
        transaction -> {
          for (Key key : List.of(vm, template, profile, key(Kinds.DISK, "disk1"))) {
            CreationGrants.created(transaction, creator, key, CreationGrants.Audience.EVERYONE);
          }
        });
    assertThat(allows(Permit.DELETE_VM, vm)).isTrue();
    assertThat(allows(Permit.DELETE_DISK, key(Kinds.DISK, "disk1"))).isTrue();
    assertThat(Grants.on(fixture.snapshot(), template)).hasSize(2);
    assertThat(Grants.on(fixture.snapshot(), profile)).hasSize(2);
    Caller stranger = fixture.caller(fixture.user("stranger"), true);
    assertThat(
            fixture.permissions.allows(
                fixture.snapshot(), stranger, Permit.ASSIGN_CPU_PROFILE, profile))
        .isTrue();
  }

  @Test
  void inheritedPermissionsAreListedWithTheDirectOnes() {
    Entity<Permission> onVm = grant(root, "UserRole", key(Kinds.VM, "plain1"));
    Entity<Permission> onCluster = grant(root, "UserRole", key(Kinds.CLUSTER, "cluster1"));
    grant(root, "UserRole", key(Kinds.CLUSTER, "cluster2"));
    assertThat(Grants.holdingFor(fixture.snapshot(), key(Kinds.VM, "plain1")))
        .extracting(Entity::id)
        .contains(onVm.id(), onCluster.id())
        .hasSize(4)
        .isSorted();
    assertThat(Grants.object(onCluster)).contains(key(Kinds.CLUSTER, "cluster1"));
  }

  private Entity<Permission> grant(Caller caller, String role, @Nullable Key object) {
    return fixture.inventory.write(
        transaction ->
            grants.grant(transaction, caller, null, role, new Principal.OfUser(bob), object));
  }

  private boolean allows(Permit permit, @Nullable Key object) {
    return fixture.permissions.allows(
        fixture.snapshot(), fixture.caller(bob, true), permit, object);
  }

  private static void assertFault(Category category, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiFault.class, fault -> assertThat(fault.category()).isEqualTo(category));
  }
}

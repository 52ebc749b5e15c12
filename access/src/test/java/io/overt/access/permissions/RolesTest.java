package io.overt.access.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.access.Fixture;
import io.overt.access.permissions.Grants.Principal;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.ApiFault.Category;
import io.overt.model.types.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RolesTest {
  private Fixture fixture;

  @BeforeEach
  void open() {
    fixture = Fixture.open();
    fixture.inventory.change(InitialAccess::create);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void predefinedRolesHaveTheirStoredAttributes() {
    Entity<Role> superUser = role(WellKnown.SUPER_USER);
    Set<Permit> missing = EnumSet.allOf(Permit.class);
    missing.removeAll(Roles.permits(superUser));
    assertThat(missing).containsExactlyInAnyOrder(Permit.CREATE_INSTANCE, Permit.EDIT_PROFILE);
    assertThat(Roles.permits(role(WellKnown.USER_ROLE))).hasSize(11);
    assertThat(Roles.opensChildren(role(WellKnown.READ_ONLY_ADMIN))).isTrue();
    assertThat(Roles.opensChildren(role(WellKnown.DISK_PROFILE_USER))).isFalse();
    assertThat(Roles.administrative(role("def0000c-0000-0000-0000-def000000000"))).isFalse();
    assertThat(fixture.snapshot().byName(Kinds.ROLE, "", "PowerUserRole")).isPresent();
  }

  @Test
  void permitIsFoundByNumberOrName() {
    assertThat(Permit.values()).hasSize(99);
    assertThat(Permit.find("1", null)).isEqualTo(Permit.CREATE_VM);
    assertThat(Permit.find(null, "create_host")).isEqualTo(Permit.CREATE_HOST);
    assertThat(Permit.find("99999", null)).isNull();
    assertThat(Permit.find("abc", null)).isNull();
  }

  @Test
  void customRoleChangesWithItsPermits() {
    Entity<Role> role = add(false, Permit.CREATE_VM);
    assertThat(Roles.opensChildren(role)).isFalse();
    Entity<Role> more =
        fixture.inventory.write(t -> Roles.attach(t, latest(role), Permit.DELETE_VM));
    assertThat(Roles.opensChildren(more)).isTrue();
    assertThat(Roles.permits(more)).containsExactly(Permit.CREATE_VM, Permit.DELETE_VM);
    assertFault(
        Category.CONFLICT,
        () -> fixture.inventory.change(t -> Roles.attach(t, latest(role), Permit.DELETE_VM)));
    Entity<Role> less =
        fixture.inventory.write(t -> Roles.detach(t, latest(role), Permit.DELETE_VM));
    assertThat(Roles.opensChildren(less)).isFalse();
    assertFault(
        Category.BAD_PARAMETER,
        () -> fixture.inventory.change(t -> Roles.detach(t, latest(role), Permit.DELETE_VM)));
  }

  @Test
  void userRoleTakesNoPermitOfAdministrators() {
    assertFault(Category.CONFLICT, () -> add(false, Permit.CREATE_HOST));
    Entity<Role> role = add(false, Permit.CREATE_VM);
    assertFault(
        Category.CONFLICT,
        () -> fixture.inventory.change(t -> Roles.attach(t, latest(role), Permit.CREATE_HOST)));
    assertThat(
            Roles.permits(
                fixture.inventory.write(
                    t -> Roles.add(t, named("host", true), Set.of(Permit.CREATE_HOST)))))
        .containsExactly(Permit.CREATE_HOST);
  }

  @Test
  void typeAndPermitsAreNeededAndTheTypeStays() {
    assertFault(
        Category.BAD_PARAMETER,
        () ->
            fixture.inventory.change(
                t -> Roles.add(t, new Role().id("r").name("r"), Set.of(Permit.CREATE_VM))));
    assertFault(
        Category.BAD_PARAMETER,
        () -> fixture.inventory.change(t -> Roles.add(t, named("r", false), Set.of())));
    Entity<Role> role = add(false, Permit.CREATE_VM);
    assertFault(
        Category.BAD_PARAMETER,
        () ->
            fixture.inventory.change(
                t -> Roles.update(t, latest(role), new Role().administrative(true))));
    assertThat(
            fixture
                .inventory
                .write(t -> Roles.update(t, latest(role), new Role().description("new")))
                .value()
                .description())
        .isEqualTo("new");
  }

  @Test
  void predefinedRoleCannotBeChanged() {
    Entity<Role> role = role(WellKnown.USER_ROLE);
    assertFault(
        Category.CONFLICT,
        () -> fixture.inventory.change(t -> Roles.update(t, role, new Role().description("x"))));
    assertFault(Category.CONFLICT, () -> fixture.inventory.change(t -> Roles.remove(t, role)));
    assertFault(
        Category.CONFLICT,
        () -> fixture.inventory.change(t -> Roles.attach(t, role, Permit.DELETE_VM)));
  }

  @Test
  void roleInUseStays() {
    Entity<Role> role = add(false, Permit.CREATE_VM);
    fixture.inventory.change(t -> Grants.put(t, role.id(), Principal.everyone(), null));
    assertFault(
        Category.CONFLICT, () -> fixture.inventory.change(t -> Roles.remove(t, latest(role))));
    fixture.inventory.change(
        t ->
            t.delete(
                Grants.find(t.snapshot(), role.id(), Principal.everyone(), null).orElseThrow()));
    fixture.inventory.change(t -> Roles.remove(t, latest(role)));
    assertThat(fixture.snapshot().find(Kinds.ROLE, role.id())).isEmpty();
  }

  @Test
  void changeOfARoleIsEffectiveAtOnce() {
    Entity<Role> role = add(false, Permit.CREATE_VM);
    String bob = fixture.user("bob");
    fixture.inventory.change(t -> Grants.put(t, role.id(), new Principal.OfUser(bob), null));
    List<Permit> asked = List.of(Permit.CREATE_VM, Permit.DELETE_VM);
    assertThat(asked)
        .filteredOn(
            p -> fixture.permissions.allows(fixture.snapshot(), fixture.caller(bob, true), p, null))
        .containsExactly(Permit.CREATE_VM);
    fixture.inventory.change(t -> Roles.attach(t, latest(role), Permit.DELETE_VM));
    assertThat(asked)
        .allMatch(
            p ->
                fixture.permissions.allows(fixture.snapshot(), fixture.caller(bob, true), p, null));
  }

  private Entity<Role> add(boolean administrative, Permit permit) {
    return fixture.inventory.write(
        t -> Roles.add(t, named("custom", administrative), Set.of(permit)));
  }

  private static Role named(String name, boolean administrative) {
    return new Role()
        .id(java.util.UUID.randomUUID().toString())
        .name(name)
        .administrative(administrative);
  }

  private Entity<Role> latest(Entity<Role> role) {
    return role(role.id());
  }

  private Entity<Role> role(String id) {
    return fixture.snapshot().find(Kinds.ROLE, id).orElseThrow();
  }

  private static void assertFault(Category category, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiFault.class, fault -> assertThat(fault.category()).isEqualTo(category));
  }
}

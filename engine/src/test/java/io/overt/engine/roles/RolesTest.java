package io.overt.engine.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.access.permissions.Grants.Principal;
import io.overt.access.permissions.WellKnown;
import io.overt.engine.TestEngine;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.ApiFault.Category;
import io.overt.model.services.AssignedRolesService;
import io.overt.model.services.PermitService;
import io.overt.model.services.PermitsService;
import io.overt.model.services.RoleService;
import io.overt.model.services.RolesService;
import io.overt.model.types.Permit;
import io.overt.model.types.Role;
import io.overt.model.types.User;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RolesTest {
  private final TestEngine engine = TestEngine.open();
  private final AllRoles roles = new AllRoles(engine.platform());

  @AfterEach
  void close() {
    engine.close();
  }

  private Role add(Role body) {
    return Objects.requireNonNull(
        roles.add(new RolesService.AddRequest(engine.call().with("role", body))).entity());
  }

  private Role update(String id, Role body) {
    return Objects.requireNonNull(
        roles
            .role(id)
            .update(new RoleService.UpdateRequest(engine.call().with("role", body)))
            .entity());
  }

  private void remove(String id) {
    roles.role(id).remove(new RoleService.RemoveRequest(engine.call()));
  }

  private List<Permit> permits(String id) {
    return roles.role(id).permits().list(new PermitsService.ListRequest(engine.call()));
  }

  private Permit attach(String id, Permit permit) {
    return Objects.requireNonNull(
        roles
            .role(id)
            .permits()
            .add(new PermitsService.AddRequest(engine.call().with("permit", permit)))
            .entity());
  }

  private static Role twoPermits(String name) {
    return new Role()
        .name(name)
        .administrative(false)
        .permits(List.of(new Permit().id("1"), new Permit().id("2")));
  }

  private static void refused(Category category, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiFault.class, fault -> assertThat(fault.category()).isEqualTo(category));
  }

  @Test
  void predefinedRolesComeFirstAndStayAsTheyAre() {
    List<Role> all = roles.list(new RolesService.ListRequest(engine.call()));

    assertThat(all).hasSize(37);
    assertThat(all.subList(0, 3))
        .extracting(Role::name)
        .containsExactly("SuperUser", "UserRole", "PowerUserRole");
    refused(Category.CONFLICT, () -> update(WellKnown.USER_ROLE, new Role().description("other")));
    refused(Category.CONFLICT, () -> remove(WellKnown.USER_ROLE));
    refused(Category.CONFLICT, () -> attach(WellKnown.USER_ROLE, new Permit().id("3")));
  }

  @Test
  void aNewRoleIsMutableAndHasItsPermits() {
    Role added = add(twoPermits("mine").description("r"));

    assertThat(added.mutable()).isTrue();
    assertThat(added.description()).isEqualTo("r");
    assertThat(permits(added.requireId()))
        .extracting(Permit::name)
        .containsExactly("create_vm", "delete_vm");
    assertThat(permits(added.requireId()))
        .allMatch(permit -> new Role().id(added.id()).equals(permit.role()));
    refused(Category.CONFLICT, () -> add(twoPermits("mine")));
    refused(Category.BAD_PARAMETER, () -> add(twoPermits("other").administrative(null)));
  }

  @Test
  void permitsAreAttachedOnceAndDetachedOnce() {
    String role = add(twoPermits("mine")).requireId();

    Permit attached = attach(role, new Permit().name("edit_vm_properties"));
    assertThat(attached.id()).isEqualTo("3");
    refused(Category.CONFLICT, () -> attach(role, new Permit().id("3")));
    refused(Category.CONFLICT, () -> attach(role, new Permit().name("create_host")));
    refused(Category.BAD_PARAMETER, () -> attach(role, new Permit().id("99999")));

    PermitService three = roles.role(role).permits().permit("3");
    three.remove(new PermitService.RemoveRequest(engine.call()));
    assertThat(permits(role)).hasSize(2);
    refused(
        Category.BAD_PARAMETER, () -> three.remove(new PermitService.RemoveRequest(engine.call())));
    refused(
        Category.NOT_FOUND,
        () ->
            roles
                .role(role)
                .permits()
                .permit("abc")
                .get(new PermitService.GetRequest(engine.call())));
  }

  @Test
  void nameAndDescriptionChangeButNotTheType() {
    String role = add(twoPermits("mine")).requireId();

    assertThat(update(role, new Role().description("changed")).name()).isEqualTo("mine");
    assertThat(update(role, new Role().name("renamed")).description()).isEqualTo("changed");
    refused(Category.BAD_PARAMETER, () -> update(role, new Role().administrative(true)));
    refused(Category.CONFLICT, () -> update(role, new Role().name("UserRole")));
    remove(role);
    refused(Category.NOT_FOUND, () -> remove(role));
  }

  @Test
  void aUserHasTheRolesOnTheSystemThroughEveryoneToo() {
    String admin = engine.platform().snapshot().all(Kinds.USER).getFirst().id();
    AssignedRoles held = new AssignedRoles(engine.platform(), new Principal.OfUser(admin));

    List<Role> list = held.list(new AssignedRolesService.ListRequest(engine.call()));

    assertThat(list)
        .extracting(Role::name)
        .containsExactlyInAnyOrder("SuperUser", "UserProfileEditor");
    assertThat(list).allMatch(role -> new User().id(admin).equals(role.user()));
    refused(
        Category.NOT_FOUND,
        () -> held.role(WellKnown.USER_ROLE).get(new RoleService.GetRequest(engine.call())));
  }
}

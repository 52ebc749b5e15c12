package io.overt.engine.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.access.permissions.Grants.Principal;
import io.overt.access.permissions.WellKnown;
import io.overt.engine.TestEngine;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.PermissionService;
import io.overt.model.services.SystemPermissionsService;
import io.overt.model.types.Cluster;
import io.overt.model.types.Group;
import io.overt.model.types.Permission;
import io.overt.model.types.Role;
import io.overt.model.types.User;
import io.overt.model.types.Vm;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PermissionsTest {
  private final TestEngine engine = TestEngine.open();
  private final String cluster = engine.platform().snapshot().all(Kinds.CLUSTER).getFirst().id();
  private final String vm = UUID.randomUUID().toString();
  private final String bob = UUID.randomUUID().toString();
  private final ObjectPermissions onVm = new ObjectPermissions(engine.platform(), Kinds.VM, vm);
  private final ObjectPermissions onCluster =
      new ObjectPermissions(engine.platform(), Kinds.CLUSTER, cluster);
  private final SystemPermissions onSystem = new SystemPermissions(engine.platform());
  private final PrincipalPermissions ofBob =
      new PrincipalPermissions(engine.platform(), new Principal.OfUser(bob));

  PermissionsTest() {
    engine
        .inventory()
        .change(
            transaction -> {
              transaction.insert(
                  Kinds.VM, new Vm().id(vm).name("vm").cluster(new Cluster().id(cluster)));
              transaction.insert(
                  Kinds.USER, new User().id(bob).name("bob").userName("bob@internal-authz"));
            });
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Permission add(AssignedPermissionsService service, Permission body) {
    return Objects.requireNonNull(
        service
            .add(new AssignedPermissionsService.AddRequest(engine.call().with("permission", body)))
            .entity());
  }

  private List<Permission> list(AssignedPermissionsService service) {
    return service.list(new AssignedPermissionsService.ListRequest(engine.call()));
  }

  private Permission get(PermissionService service) {
    return service.get(new PermissionService.GetRequest(engine.call()));
  }

  private void remove(PermissionService service) {
    service.remove(new PermissionService.RemoveRequest(engine.call()));
  }

  private Permission toBob(String role) {
    return new Permission().role(new Role().name(role)).user(new User().id(bob));
  }

  @Test
  void whatIsGivenIsFoundAtTheObjectTheUserAndTheRoot() {
    Permission given = add(onVm, toBob("UserRole"));

    assertThat(given.href()).isEqualTo("/users/" + bob + "/permissions/" + given.id());
    assertThat(Objects.requireNonNull(given.vm()).id()).isEqualTo(vm);
    assertThat(Objects.requireNonNull(given.role()).id()).isEqualTo(WellKnown.USER_ROLE);
    assertThat(get(onVm.permission(given.requireId())).user()).isEqualTo(new User().id(bob));
    assertThat(get(onSystem.permission(given.requireId())).vm()).isEqualTo(new Vm().id(vm));
    assertThat(list(ofBob)).extracting(Permission::id).contains(given.id());
    assertThat(add(onVm, toBob("UserRole")).id()).isEqualTo(given.id());
  }

  @Test
  void anInheritedPermissionRefersToTheListedObjectToo() {
    Permission given = add(onCluster, toBob("UserVmManager"));

    Permission inherited =
        list(onVm).stream().filter(p -> given.requireId().equals(p.id())).findFirst().orElseThrow();
    assertThat(inherited.vm()).isEqualTo(new Vm().id(vm));
    assertThat(inherited.cluster()).isEqualTo(new Cluster().id(cluster));
    assertThat(list(onVm))
        .as("those on the system hold as well")
        .anyMatch(p -> new Role().id(WellKnown.SUPER_USER).equals(p.role()));
  }

  @Test
  void aPermissionOfAGroupNamesTheGroup() {
    Permission given =
        add(
            onVm,
            new Permission()
                .role(new Role().id(WellKnown.USER_ROLE))
                .group(new Group().id(WellKnown.EVERYONE)));

    assertThat(given.group()).isEqualTo(new Group().id(WellKnown.EVERYONE));
    assertThat(given.user()).as("as engine 4.5").isEqualTo(new User().id(WellKnown.EVERYONE));
    assertThat(list(ofBob)).extracting(Permission::id).contains(given.id());
    assertThatThrownBy(() -> remove(ofBob.permission(given.requireId())))
        .isInstanceOfSatisfying(
            ApiFault.class,
            fault -> assertThat(fault.category()).isEqualTo(ApiFault.Category.CONFLICT));
    remove(onVm.permission(given.requireId()));
    assertThat(list(onVm)).extracting(Permission::id).doesNotContain(given.id());
  }

  @Test
  void aUserGetsARoleOnOneObjectThatTheBodyNames() {
    Permission given =
        add(ofBob, new Permission().role(new Role().name("UserRole")).vm(new Vm().id(vm)));

    assertThat(get(onVm.permission(given.requireId())).user()).isEqualTo(new User().id(bob));
    assertThatThrownBy(() -> add(ofBob, new Permission().role(new Role().name("UserRole"))))
        .hasMessage(
            "Incomplete parameters: Permission"
                + " [dataCenter|cluster|host|storageDomain|vm|vmPool|template.id] required for"
                + " add");
    assertThatThrownBy(
            () ->
                add(
                    ofBob,
                    new Permission()
                        .role(new Role().name("UserRole"))
                        .vm(new Vm().id(vm))
                        .cluster(new Cluster().id(cluster))))
        .hasMessageContaining("exactly one object");
  }

  @Test
  void theFaultNamesAllThatIsMissing() {
    assertThatThrownBy(() -> add(onVm, new Permission()))
        .hasMessageEndingWith("Permission [role.id|name, user|group.id] required for add");
    assertThatThrownBy(() -> add(onVm, new Permission().user(new User().id(bob))))
        .hasMessageEndingWith("Permission [role.id|name] required for add");
    assertThatThrownBy(() -> add(onVm, new Permission().role(new Role().name("UserRole"))))
        .hasMessageEndingWith("Permission [user|group.id] required for add");
    assertThatThrownBy(() -> add(onVm, toBob("Nobody"))).hasMessageContaining("Nobody");
  }

  @Test
  void aMissingObjectOrPermissionIsNotFound() {
    ObjectPermissions nowhere =
        new ObjectPermissions(engine.platform(), Kinds.VM, UUID.randomUUID().toString());
    Permission given = add(onCluster, toBob("UserRole"));
    remove(onCluster.permission(given.requireId()));

    assertThatThrownBy(() -> list(nowhere)).isInstanceOf(ApiFault.class);
    assertThatThrownBy(() -> add(nowhere, toBob("UserRole"))).hasMessage("Not Found");
    assertThatThrownBy(() -> get(onCluster.permission(given.requireId()))).hasMessage("Not Found");
    assertThatThrownBy(() -> remove(onCluster.permission(given.requireId())))
        .hasMessage("Not Found");
    assertThatThrownBy(() -> get(onVm.permission("zz"))).hasMessage("Not Found");
  }

  @Test
  void theLastSuperUserStays() {
    Permission last =
        onSystem.list(new SystemPermissionsService.ListRequest(engine.call())).stream()
            .filter(p -> new Role().id(WellKnown.SUPER_USER).equals(p.role()))
            .findFirst()
            .orElseThrow();

    assertThatThrownBy(() -> remove(onSystem.permission(last.requireId())))
        .isInstanceOfSatisfying(
            ApiFault.class,
            fault -> assertThat(fault.category()).isEqualTo(ApiFault.Category.CONFLICT));
    onSystem.add(
        new SystemPermissionsService.AddRequest(
            engine.call().with("permission", toBob("SuperUser"))));
    remove(onSystem.permission(last.requireId()));
  }
}

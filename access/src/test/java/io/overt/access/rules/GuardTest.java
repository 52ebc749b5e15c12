package io.overt.access.rules;

import static io.overt.access.World.id;
import static io.overt.access.World.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.access.Fixture;
import io.overt.access.World;
import io.overt.access.permissions.Grants;
import io.overt.access.permissions.InitialAccess;
import io.overt.access.permissions.Visibility;
import io.overt.access.session.Caller;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.OperationType;
import io.overt.model.Schema;
import io.overt.model.Struct;
import io.overt.model.types.Cluster;
import io.overt.model.types.Disk;
import io.overt.model.types.Permission;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.Vm;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardTest {
  private Fixture fixture;
  private Guard guard;
  private Caller root;
  private String bob;

  @BeforeEach
  void open() {
    fixture = Fixture.open();
    fixture.inventory.change(InitialAccess::create);
    fixture.inventory.change(World::create);
    String admin = fixture.user("admin");
    fixture.inventory.change(t -> InitialAccess.superUsers(t, List.of(admin)));
    root = fixture.caller(admin, false);
    bob = fixture.user("bob");
    guard =
        new Guard(OperationRules.read(), fixture.permissions, new Visibility(fixture.permissions));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void superUserMayCallEverything() {
    assertAllowed(root, call("vm.start", null, Map.of("vm", id("vm1"))));
    assertAllowed(root, call("openstack_image_providers.add", null, Map.of()));
    assertAllowed(root, call("tags.list", null, Map.of()));
  }

  @Test
  void permitOnTheObjectOfTheUrlIsNeeded() {
    grant("UserRole", key(Kinds.VM, "plain1"));
    assertAllowed(bob(), call("vm.start", null, Map.of("vm", id("plain1"))));
    assertThatThrownBy(() -> check(bob(), call("vm.remove", null, Map.of("vm", id("plain1")))))
        .isInstanceOfSatisfying(
            ApiFault.class,
            fault -> {
              assertThat(fault.category()).isEqualTo(ApiFault.Category.FORBIDDEN);
              assertThat(fault.detail()).contains("delete_vm", "vm " + id("plain1"), "vm.remove");
            });
  }

  @Test
  void hiddenObjectOfTheUrlIsNotFound() {
    for (String operation : List.of("vm.start", "vm.get", "vm_nics.list")) {
      assertRefused(404, bob(), call(operation, null, Map.of("vm", id("vm1"))));
    }
  }

  @Test
  void permitOnTheObjectOfTheBodyIsNeededByIdOrName() {
    grant("PowerUserRole", key(Kinds.CLUSTER, "cluster1"));
    assertAllowed(bob(), addVm(new Cluster().id(id("cluster1"))));
    assertAllowed(bob(), addVm(new Cluster().name("cluster1")));
    assertRefused(403, bob(), addVm(new Cluster().name("cluster2")));
    assertRefused(403, bob(), addVm(new Cluster().id(id("cluster2"))));
    // The feature says what is missing.
    assertAllowed(bob(), call("vms.add", new Vm().name("x"), Map.of()));
  }

  @Test
  void everyReferencedObjectNeedsThePermit() {
    grant("DiskCreator", key(Kinds.STORAGE_DOMAIN, "domain1"));
    assertAllowed(bob(), addDisk("domain1"));
    assertRefused(403, bob(), addDisk("domain2"));
    assertRefused(403, bob(), addDisk("domain1", "domain2"));
    assertRefused(403, bob(), call("disks.add", new Disk(), Map.of()));
  }

  @Test
  void unlistedWriteIsRefusedToAnyoneElse() {
    grant("DataCenterAdmin", null);
    assertRefused(403, bob(), call("openstack_image_providers.add", null, Map.of()));
  }

  @Test
  void manipulatingPermissionsNeedsThePermitOnTheirObject() {
    grant("UserVmManager", key(Kinds.VM, "plain1"));
    Permission body = new Permission();
    assertAllowed(bob(), call("assigned_permissions.add", body, Map.of("vm", id("plain1"))));
    assertRefused(403, bob(), call("system_permissions.add", body, Map.of()));
    String others =
        fixture
            .inventory
            .write(
                t ->
                    new Grants(fixture.permissions)
                        .grant(
                            t,
                            root,
                            null,
                            "UserRole",
                            new Grants.Principal.OfUser(root.userId()),
                            key(Kinds.VM, "plain1")))
            .id();
    assertAllowed(
        bob(), call("permission.remove", null, Map.of("vm", id("plain1"), "permission", others)));
    String system = Grants.onSystem(fixture.snapshot()).getFirst().id();
    assertThatThrownBy(
            () -> check(bob(), call("permission.remove", null, Map.of("permission", system))))
        .isInstanceOf(ApiFault.class);
  }

  @Test
  void ownProfileMayBeEditedAndNoOther() {
    assertAllowed(bob(), call("ssh_public_keys.add", null, Map.of("user", bob)));
    assertRefused(404, bob(), call("ssh_public_keys.add", null, Map.of("user", root.userId())));
  }

  @Test
  void userMayNotSwitchTheFilterOffNorListWhatIsForAdministrators() {
    assertRefused(400, fixture.caller(bob, false), call("vms.list", null, Map.of()));
    assertAllowed(bob(), call("vms.list", null, Map.of()));
    for (String closed : List.of("tags.list", "jobs.list", "mac_pools.list")) {
      assertRefused(400, bob(), call(closed, null, Map.of()));
    }
  }

  private Caller bob() {
    Caller caller = fixture.caller(bob, true);
    return caller.administrator() ? caller.withFilter(false) : caller;
  }

  private void grant(String role, @Nullable Key object) {
    fixture.inventory.change(
        t ->
            new Grants(fixture.permissions)
                .grant(t, root, null, role, new Grants.Principal.OfUser(bob), object));
  }

  private void check(Caller caller, Call call) {
    guard.check(call, caller, fixture.snapshot());
  }

  private void assertAllowed(Caller caller, Call call) {
    assertThatCode(() -> check(caller, call)).doesNotThrowAnyException();
  }

  private void assertRefused(int status, Caller caller, Call call) {
    assertThatThrownBy(() -> check(caller, call))
        .isInstanceOfSatisfying(
            ApiFault.class, fault -> assertThat(fault.category().status()).isEqualTo(status));
  }

  private static Call addVm(Cluster cluster) {
    return call("vms.add", new Vm().name("x").cluster(cluster), Map.of());
  }

  private static Call addDisk(String... domains) {
    List<StorageDomain> references =
        java.util.Arrays.stream(domains).map(name -> new StorageDomain().id(id(name))).toList();
    return call("disks.add", new Disk().storageDomains(references), Map.of());
  }

  private static Call call(String key, @Nullable Struct body, Map<String, String> path) {
    String[] parts = key.split("\\.");
    OperationType operation =
        Objects.requireNonNull(Schema.current().service(parts[0]).operation(parts[1]), key);
    return new Call() {
      @Override
      public OperationType operation() {
        return operation;
      }

      @Override
      public @Nullable Struct body() {
        return body;
      }

      @Override
      public <T> @Nullable T input(String parameter, Class<T> type) {
        return null;
      }

      @Override
      public <T> T context(Class<T> type) {
        throw new IllegalStateException("no " + type);
      }

      @Override
      public @Nullable String pathId(String service) {
        return path.get(service);
      }

      @Override
      public @Nullable String parameter(String name) {
        return null;
      }
    };
  }
}

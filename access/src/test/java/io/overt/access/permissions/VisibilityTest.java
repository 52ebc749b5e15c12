package io.overt.access.permissions;

import static io.overt.access.World.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.access.Fixture;
import io.overt.access.World;
import io.overt.access.session.Caller;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.model.types.Cluster;
import io.overt.model.types.Event;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One test a row of the table of visibility, with what oVirt's own tests of it left broken. */
class VisibilityTest {
  /** A user role that opens what is below. */
  private static final String OPEN = WellKnown.USER_VM_MANAGER;

  /** A user role that does not. */
  private static final String SHUT = "00000000-0000-0000-0001-000000000002";

  private static final String CLUSTER_ADMIN = "def00001-0000-0000-0000-def000000001";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static Fixture fixture;
  private static Visibility visibility;

  @BeforeAll
  static void open() {
    fixture = Fixture.open();
    fixture.inventory.change(InitialAccess::create);
    fixture.inventory.change(World::create);
    visibility = new Visibility(fixture.permissions);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void withoutPermissionNothingIsVisible() {
    Caller nobody = nobody();
    for (Kind<?> kind :
        List.of(Kinds.VM, Kinds.HOST, Kinds.CLUSTER, Kinds.DATA_CENTER, Kinds.DISK, Kinds.TAG)) {
      assertThat(fixture.snapshot().all(kind)).isNotEmpty().noneMatch(e -> sees(nobody, e.key()));
    }
  }

  @Test
  void dataCenterIsVisibleThroughItselfTheSystemAndWhatIsInside() {
    Key dc = key(Kinds.DATA_CENTER, "dc1");
    assertShown(dc, SHUT, dc);
    assertShown(dc, SHUT, null);
    for (Key inside :
        List.of(
            key(Kinds.CLUSTER, "cluster1"), key(Kinds.VM_POOL, "pool1"), key(Kinds.VM, "vm1"))) {
      assertShown(dc, SHUT, inside);
    }
    assertHidden(key(Kinds.DATA_CENTER, "dc2"), OPEN, key(Kinds.VM, "vm1"));
    assertHidden(dc, OPEN, key(Kinds.HOST, "host1"));
  }

  @Test
  void clusterIsVisibleThroughItsAncestorsAndItsMachines() {
    Key cluster = key(Kinds.CLUSTER, "cluster1");
    assertShown(cluster, SHUT, cluster);
    assertShown(cluster, SHUT, key(Kinds.DATA_CENTER, "dc1"));
    assertShown(cluster, SHUT, null);
    assertShown(cluster, SHUT, key(Kinds.VM, "vm1"));
    assertShown(cluster, SHUT, key(Kinds.TEMPLATE, "template1"));
    assertHidden(cluster, OPEN, key(Kinds.VM, "vm2"));
  }

  @Test
  void hostIsVisibleThroughItsAncestorsByRolesOfUsersOnly() {
    Key host = key(Kinds.HOST, "host1");
    assertShown(host, SHUT, host);
    assertShown(host, SHUT, key(Kinds.CLUSTER, "cluster1"));
    assertShown(host, SHUT, key(Kinds.DATA_CENTER, "dc1"));
    assertShown(host, SHUT, null);
    assertHidden(host, OPEN, key(Kinds.VM, "vm1"));
    assertHidden(host, CLUSTER_ADMIN, key(Kinds.CLUSTER, "cluster1"));
  }

  @Test
  void eventIsVisibleThroughItsSubjectButNotThroughWhatIsAroundThat() {
    Event event =
        new Event()
            .vm(new Vm().id(World.id("vm1")))
            .template(new Template().id(World.id("template1")))
            .cluster(new Cluster().id(World.id("cluster1")));
    fixture.inventory.change(
        transaction ->
            transaction.append(
                Kinds.EVENT,
                number -> event.copy().id(Long.toString(number)).index(number),
                null,
                Map.of()));
    Key key = fixture.snapshot().all(Kinds.EVENT).getFirst().key();
    assertShown(key, OPEN, key(Kinds.VM, "vm1"));
    assertHidden(key, OPEN, key(Kinds.TEMPLATE, "template1"));
    assertHidden(key, OPEN, key(Kinds.VM, "vm2"));
  }

  @Test
  void storageDomainIsVisibleThroughItsDataCenterAndWhatIsStoredThere() {
    Key domain = key(Kinds.STORAGE_DOMAIN, "domain1");
    assertShown(domain, SHUT, domain);
    assertShown(domain, SHUT, key(Kinds.DATA_CENTER, "dc1"));
    assertShown(domain, SHUT, null);
    assertShown(domain, SHUT, key(Kinds.VM, "vm1"));
    assertShown(domain, SHUT, key(Kinds.TEMPLATE, "template1"));
    assertShown(domain, SHUT, key(Kinds.VM, "plain1"));
    assertHidden(key(Kinds.STORAGE_DOMAIN, "spare1"), OPEN, key(Kinds.VM, "vm1"));
  }

  @Test
  void vmIsVisibleThroughItselfAndOpenedAncestors() {
    Key vm = key(Kinds.VM, "vm1");
    assertShown(vm, SHUT, vm);
    for (String ancestor : List.of("cluster1", "dc1")) {
      Key above =
          ancestor.startsWith("c")
              ? key(Kinds.CLUSTER, ancestor)
              : key(Kinds.DATA_CENTER, ancestor);
      assertShown(vm, OPEN, above);
      assertHidden(vm, SHUT, above);
    }
    assertShown(vm, OPEN, null);
    assertHidden(vm, SHUT, null);
    assertHidden(vm, OPEN, key(Kinds.VM, "plain1"));
  }

  @Test
  void poolIsVisibleThroughOpenedAncestorsAndItsVms() {
    Key pool = key(Kinds.VM_POOL, "pool1");
    assertShown(pool, SHUT, pool);
    assertShown(pool, OPEN, key(Kinds.CLUSTER, "cluster1"));
    assertHidden(pool, SHUT, key(Kinds.CLUSTER, "cluster1"));
    assertShown(pool, OPEN, key(Kinds.DATA_CENTER, "dc1"));
    assertShown(pool, OPEN, null);
    assertShown(pool, SHUT, key(Kinds.VM, "vm1"));
    assertHidden(pool, OPEN, key(Kinds.VM, "plain1"));
  }

  @Test
  void templateIsVisibleThroughOpenedAncestorsAndItsVms() {
    Key template = key(Kinds.TEMPLATE, "template1");
    assertShown(template, SHUT, template);
    assertShown(template, OPEN, key(Kinds.CLUSTER, "cluster1"));
    assertShown(template, OPEN, key(Kinds.DATA_CENTER, "dc1"));
    assertHidden(template, SHUT, key(Kinds.DATA_CENTER, "dc1"));
    assertShown(template, OPEN, null);
    assertShown(template, SHUT, key(Kinds.VM, "vm1"));
  }

  @Test
  void diskIsVisibleThroughItsDomainAndWhoUsesIt() {
    Key disk = key(Kinds.DISK, "disk1");
    assertShown(disk, SHUT, disk);
    assertShown(disk, OPEN, key(Kinds.STORAGE_DOMAIN, "domain1"));
    assertHidden(disk, SHUT, key(Kinds.STORAGE_DOMAIN, "domain1"));
    assertShown(disk, OPEN, key(Kinds.DATA_CENTER, "dc1"));
    assertShown(disk, OPEN, null);
    assertShown(disk, SHUT, key(Kinds.VM, "vm1"));
    assertShown(key(Kinds.DISK, "templatedisk1"), SHUT, key(Kinds.TEMPLATE, "template1"));
    assertHidden(key(Kinds.DISK, "floating1"), OPEN, key(Kinds.VM, "vm1"));
  }

  @Test
  void vnicProfileIsVisibleThroughItsNetworkAClusterAndWhoUsesIt() {
    Key profile = key(Kinds.VNIC_PROFILE, "profile1");
    assertShown(profile, SHUT, profile);
    assertShown(profile, OPEN, key(Kinds.NETWORK, "network1"));
    assertHidden(profile, SHUT, key(Kinds.NETWORK, "network1"));
    assertShown(profile, OPEN, key(Kinds.DATA_CENTER, "dc1"));
    assertShown(profile, OPEN, key(Kinds.CLUSTER, "cluster1"));
    assertHidden(profile, OPEN, key(Kinds.CLUSTER, "cluster2"));
    assertShown(profile, OPEN, null);
    assertShown(profile, SHUT, key(Kinds.VM, "vm1"));
    assertHidden(profile, OPEN, key(Kinds.VM, "plain1"));
  }

  @Test
  void networkIsVisibleThroughAVisibleProfile() {
    Key network = key(Kinds.NETWORK, "network1");
    assertShown(network, SHUT, key(Kinds.VNIC_PROFILE, "profile1"));
    assertShown(network, SHUT, key(Kinds.VM, "vm1"));
    assertHidden(key(Kinds.NETWORK, "othernet1"), OPEN, key(Kinds.VNIC_PROFILE, "profile1"));
  }

  @Test
  void diskProfileIsVisibleThroughItselfAndOpenedAncestors() {
    Key profile = key(Kinds.DISK_PROFILE, "diskprofile1");
    assertShown(profile, SHUT, profile);
    assertShown(profile, OPEN, key(Kinds.STORAGE_DOMAIN, "domain1"));
    assertHidden(profile, SHUT, key(Kinds.STORAGE_DOMAIN, "domain1"));
  }

  @Test
  void permissionIsVisibleToItsPrincipalAndWhoMayTakeItBack() {
    Key vm = key(Kinds.VM, "vm2");
    String holder = fixture.user("holder" + COUNT.incrementAndGet());
    String group = fixture.group("group" + COUNT.incrementAndGet());
    Key own = grant(WellKnown.USER_ROLE, new Grants.Principal.OfUser(holder), vm);
    Key groups = grant(WellKnown.USER_ROLE, new Grants.Principal.OfGroup(group), vm);
    assertThat(sees(fixture.caller(holder, true), own)).isTrue();
    assertThat(sees(fixture.caller(holder, true), groups)).isFalse();
    assertThat(sees(fixture.caller(holder, true, group), groups)).isTrue();
    Key everyones =
        Grants.find(
                fixture.snapshot(),
                WellKnown.USER_PROFILE_EDITOR,
                Grants.Principal.everyone(),
                null)
            .orElseThrow()
            .key();
    assertThat(sees(nobody(), everyones)).isTrue();
    assertShown(own, OPEN, vm);
    assertHidden(own, WellKnown.USER_ROLE, vm);
  }

  @Test
  void partIsVisibleAsItsOwnerIs() {
    assertShown(key(Kinds.NIC, "nic1"), SHUT, key(Kinds.VM, "vm1"));
    assertHidden(key(Kinds.NIC, "nic1"), OPEN, key(Kinds.VM, "plain1"));
    assertShown(key(Kinds.SNAPSHOT, "snapshot1"), SHUT, key(Kinds.VM, "vm1"));
  }

  @Test
  void administratorOfAClusterSeesUnfilteredWhatIsBelowAndAround() {
    Caller admin = admin(CLUSTER_ADMIN, key(Kinds.CLUSTER, "cluster1"));
    for (Key seen :
        List.of(
            key(Kinds.CLUSTER, "cluster1"),
            key(Kinds.HOST, "host1"),
            key(Kinds.VM, "vm1"),
            key(Kinds.DISK, "disk1"),
            key(Kinds.DATA_CENTER, "dc1"),
            key(Kinds.TAG, "tag"))) {
      assertThat(sees(admin, seen)).as("%s", seen).isTrue();
    }
    for (Key hidden : List.of(key(Kinds.HOST, "host2"), key(Kinds.VM, "vm2"))) {
      assertThat(sees(admin, hidden)).as("%s", hidden).isFalse();
    }
    Visibility compatible =
        new Visibility(fixture.permissions, Visibility.Administrators.SEE_EVERYTHING);
    assertThat(
            compatible.visible(
                fixture.snapshot(),
                admin,
                fixture.snapshot().find(key(Kinds.VM, "vm2")).orElseThrow()))
        .isTrue();
  }

  @Test
  void readOnlyAdministratorSeesEverythingUnfilteredAndNothingFiltered() {
    Caller admin = admin(WellKnown.READ_ONLY_ADMIN, key(Kinds.CLUSTER, "cluster1"));
    assertThat(sees(admin, key(Kinds.VM, "vm2"))).isTrue();
    assertThat(sees(admin.withFilter(true), key(Kinds.VM, "vm2"))).isFalse();
    assertThat(sees(admin.withFilter(true), key(Kinds.VM, "vm1"))).isFalse();
  }

  @Test
  void userWithoutAdministratorsRoleGetsNoMoreByLeavingTheFilterOut() {
    String user = fixture.user("plainuser" + COUNT.incrementAndGet());
    assertThat(sees(fixture.caller(user, false), key(Kinds.TAG, "tag"))).isFalse();
  }

  private static Caller admin(String role, Key object) {
    String user = fixture.user("admin" + COUNT.incrementAndGet());
    grant(role, new Grants.Principal.OfUser(user), object);
    return fixture.caller(user, false);
  }

  private static Caller nobody() {
    return fixture.caller(fixture.user("nobody" + COUNT.incrementAndGet()), true);
  }

  private static void assertShown(Key object, String role, @Nullable Key on) {
    assertThat(sees(holder(role, on), object)).as("%s by %s on %s", object, role, on).isTrue();
  }

  private static void assertHidden(Key object, String role, @Nullable Key on) {
    assertThat(sees(holder(role, on), object)).as("%s by %s on %s", object, role, on).isFalse();
  }

  private static Caller holder(String role, @Nullable Key on) {
    String user = fixture.user("user" + COUNT.incrementAndGet());
    grant(role, new Grants.Principal.OfUser(user), on);
    return fixture.caller(user, true);
  }

  private static Key grant(String role, Grants.Principal principal, @Nullable Key on) {
    return fixture
        .inventory
        .write(transaction -> Grants.put(transaction, role, principal, on))
        .key();
  }

  private static boolean sees(Caller caller, Key object) {
    return visibility.visible(
        fixture.snapshot(), caller, fixture.snapshot().find(object).orElseThrow());
  }
}

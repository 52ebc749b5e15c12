package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk.Api;
import org.ovirt.engine.sdk.decorators.VM;
import org.ovirt.engine.sdk.entities.Action;
import org.ovirt.engine.sdk.entities.Boot;
import org.ovirt.engine.sdk.entities.CPU;
import org.ovirt.engine.sdk.entities.Cluster;
import org.ovirt.engine.sdk.entities.DataCenter;
import org.ovirt.engine.sdk.entities.Disk;
import org.ovirt.engine.sdk.entities.Host;
import org.ovirt.engine.sdk.entities.NIC;
import org.ovirt.engine.sdk.entities.Network;
import org.ovirt.engine.sdk.entities.OperatingSystem;
import org.ovirt.engine.sdk.entities.Permission;
import org.ovirt.engine.sdk.entities.SchedulingPolicy;
import org.ovirt.engine.sdk.entities.Snapshot;
import org.ovirt.engine.sdk.entities.Storage;
import org.ovirt.engine.sdk.entities.StorageDomain;
import org.ovirt.engine.sdk.entities.StorageDomains;
import org.ovirt.engine.sdk.entities.Tag;
import org.ovirt.engine.sdk.entities.Template;
import org.ovirt.engine.sdk.entities.Ticket;
import org.ovirt.engine.sdk.entities.User;
import org.ovirt.engine.sdk.exceptions.ServerException;

/** oVirt's Java SDK of version 3 against the API's version 3. */
@ExtendWith(SharedEngine.class)
class OldSdkTest {
  private static final long MEBIBYTE = 1L << 20;
  private static final String PASSWORD = "Correct-Horse-7";

  private final EngineFixture engine;

  OldSdkTest(EngineFixture engine) {
    this.engine = engine;
  }

  private static org.ovirt.engine.sdk.entities.VM diskless(Api api, String name, String cluster)
      throws Exception {
    org.ovirt.engine.sdk.entities.VM vm = new org.ovirt.engine.sdk.entities.VM();
    vm.setName(name);
    vm.setCluster(api.getClusters().get(cluster));
    vm.setTemplate(api.getTemplates().get("Blank"));
    vm.setMemory(256 * MEBIBYTE);
    OperatingSystem os = new OperatingSystem();
    os.setType("rhel_6x64");
    os.setKernel("/boot/vmlinuz");
    os.setInitrd("/boot/initrd");
    os.setCmdline("quiet");
    Boot boot = new Boot();
    boot.setDev("network");
    os.getBoot().add(boot);
    vm.setOs(os);
    return vm;
  }

  /** What the SDK's methods throw is no matter of the one who waits. */
  private interface Reading<T> {
    T read() throws Exception;
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (Exception e) {
      throw new IllegalStateException("cannot be read", e);
    }
  }

  private static void awaitState(Api api, String machine, String state) {
    Await.until(
        machine + " is " + state,
        () -> read(() -> api.getVMs().get(machine).getStatus().getState()),
        state::equals);
  }

  @Test
  void aMachineLivesItsLife() throws Exception {
    engine.farm();
    try (Api api = engine.access().connectOld()) {
      VM added = api.getVMs().add(diskless(api, "old-life", "Default"));
      assertThat(added.getOs().getType()).isEqualTo("rhel_6x64");
      assertThat(added.getOs().getBoot().getFirst().getDev()).isEqualTo("network");
      assertThat(added.getCpu().getTopology().getSockets()).isEqualTo(1);
      awaitState(api, "old-life", "down");
      added.start(new Action());
      awaitState(api, "old-life", "up");
      VM up = api.getVMs().get("old-life");
      Host host = api.getHosts().getById(up.getHost().getId());
      assertThat(host.getName()).startsWith("shared-");
      assertThat(host.getStatus().getState()).isEqualTo("up");
      assertThat(host.getVersion().getMajor()).isNotNull();

      Action ticket = new Action();
      ticket.setTicket(new Ticket());
      ticket.getTicket().setExpiry(120L);
      assertThat(up.ticket(ticket).getTicket().getValue()).isNotEmpty();

      Action migrate = up.migrate(new Action());
      assertThat(migrate.getStatus().getState()).isNotEmpty();
      awaitState(api, "old-life", "up");
      assertThat(api.getVMs().list("name=old-life and status=up")).hasSize(1);
      assertThat(up.getStatistics().list())
          .anySatisfy(
              statistic -> {
                assertThat(statistic.getName()).isEqualTo("memory.installed");
                assertThat(statistic.getType().value()).isEqualTo("GAUGE");
                assertThat(statistic.getValues().getType().value()).isEqualTo("INTEGER");
                assertThat(statistic.getValues().getValues()).isNotEmpty();
              });
      Await.until(
          "it came to rest on its new host",
          () -> read(() -> api.getVMs().get("old-life").getHost().getId()),
          id -> !id.equals(host.getId()));
      awaitState(api, "old-life", "up");
      api.getVMs().get("old-life").stop(new Action());
      awaitState(api, "old-life", "down");
      up.setDescription("changed");
      VM changed = api.getVMs().get("old-life");
      changed.setDescription("changed");
      assertThat(changed.update().getDescription()).isEqualTo("changed");
      changed.delete();
      assertThat(api.getVMs().get("old-life")).isNull();
    }
  }

  @Test
  void anInterfaceIsGivenItsNetworkAndAMachineTagsAndPermissions() throws Exception {
    try (Api api = engine.access().connectOld()) {
      VM machine = api.getVMs().add(diskless(api, "old-parts", "Default"));
      NIC wanted = new NIC();
      wanted.setName("nic1");
      wanted.setInterface("virtio");
      Network network = new Network();
      network.setName("ovirtmgmt");
      wanted.setNetwork(network);
      NIC nic = machine.getNics().add(wanted);
      assertThat(nic.getMac().getAddress()).contains(":");
      assertThat(nic.getVnicProfile().getId()).isNotEmpty();
      assertThat(nic.getActive()).isEqualTo(nic.getPlugged());
      assertThat(api.getNetworks().getById(nic.getNetwork().getId()).getName())
          .isEqualTo("ovirtmgmt");
      network.setName("nosuch");
      assertThatThrownBy(() -> machine.getNics().add(wanted))
          .isInstanceOfSatisfying(
              ServerException.class,
              refused -> {
                assertThat(refused.getCode()).isEqualTo(400);
                assertThat(refused.getDetail()).contains("nosuch");
              });

      Tag tag = new Tag();
      tag.setName("old-tag");
      api.getTags().add(tag);
      machine.getTags().add(tag);
      assertThat(machine.getTags().list().getFirst().getName()).isEqualTo("old-tag");
      assertThat(api.getVMs().list("tag=old-tag")).hasSize(1);

      engine.channel().call("user add", Map.of("name", "joan", "password", PASSWORD));
      User joan = new User();
      joan.setUserName("joan@internal-authz");
      joan.setDomain(api.getDomains().get("internal-authz"));
      Permission permission = new Permission();
      permission.setUser(api.getUsers().add(joan));
      permission.setRole(api.getRoles().get("UserRole"));
      machine.getPermissions().add(permission);
      assertThat(machine.getPermissions().list())
          .anySatisfy(given -> assertThat(given.getUser()).isNotNull());
      try (Api hers = engine.access().connectOld("joan@internal", PASSWORD, true)) {
        assertThat(hers.getVMs().list().stream().map(VM::getName)).containsExactly("old-parts");
        assertThatThrownBy(() -> hers.getVMs().get("old-parts").delete())
            .isInstanceOfSatisfying(
                ServerException.class, refused -> assertThat(refused.getCode()).isEqualTo(403));
      }
      assertThatThrownBy(() -> api.getVMs().add(diskless(api, "old-parts", "Default")))
          .isInstanceOfSatisfying(
              ServerException.class,
              refused -> {
                assertThat(refused.getCode()).isEqualTo(409);
                assertThat(refused.getDetail()).contains("old-parts");
              });
      assertThatThrownBy(() -> api.getVMs().add(new org.ovirt.engine.sdk.entities.VM()))
          .isInstanceOfSatisfying(
              ServerException.class, refused -> assertThat(refused.getCode()).isEqualTo(400));
      machine.delete();
      assertThatThrownBy(machine::update)
          .isInstanceOfSatisfying(
              ServerException.class, refused -> assertThat(refused.getCode()).isEqualTo(404));
    }
  }

  @Test
  void everyCollectionOfTheRootIsRead() throws Exception {
    try (Api api = engine.access().connectOld()) {
      assertThat(api.getProductInfo().getFullVersion()).startsWith("4.");
      assertThat(api.getSummary().getVMs().getTotal()).isNotNull();
      assertThat(api.getDataCenters().get("Default").getStatus().getState()).isNotEmpty();
      assertThat(api.getDataCenters().get("Default").getVersion().getMajor()).isEqualTo(4);
      assertThat(api.getClusters().get("Default").getSchedulingPolicy().getPolicy()).isNotEmpty();
      assertThat(api.getNetworks().get("ovirtmgmt").getDataCenter().getId()).isNotEmpty();
      assertThat(api.getEvents().list()).isNotEmpty();
      assertThat(api.getRoles().list()).isNotEmpty();
      assertThat(api.getUsers().list()).isNotEmpty();
      assertThat(api.getTemplates().get("Blank").getStatus().getState()).isEqualTo("ok");
      assertThat(api.getOperatingSystemInfos().list()).isNotEmpty();
      assertThat(api.getSchedulingPolicyUnits().list()).isNotEmpty();
      assertThat(api.getMacPools().list()).isNotEmpty();
      assertThat(api.getVnicProfiles().list()).isNotEmpty();
      assertThat(api.getInstanceTypes().list()).isNotEmpty();
      assertThat(api.getPermissions().list()).isNotEmpty();
      assertThat(api.getCapabilities().list())
          .anySatisfy(level -> assertThat(level.getCpus().getCPUs()).isNotEmpty());
      assertThat(api.getCapabilities().list().getLast().getVmTypes().getVmTypes())
          .contains("server", "desktop");
    }
    try (RestClient rest = RestClient.open(engine.access())) {
      JsonNode level = rest.get("/api/v3/capabilities").document().path("version").path(0);
      assertThat(level.path("storage_types").path("storage_type").path(0).asText()).isNotEmpty();
      assertThat(rest.get("/api/v3/capabilities/" + level.path("id").asText()).document())
          .isEqualTo(level);
    }
  }

  @Test
  void disksBelongToAMachine() throws Exception {
    try (Api api = engine.access().connectOld()) {
      DataCenter center = new DataCenter();
      center.setName("old-center");
      center.setStorageType("nfs");
      DataCenter made = api.getDataCenters().add(center);
      assertThat(made.getLocal()).isFalse();
      Cluster cluster = new Cluster();
      cluster.setName("old-cluster");
      cluster.setDataCenter(made);
      CPU cpu = new CPU();
      cpu.setId("Intel Nehalem Family");
      cluster.setCpu(cpu);
      SchedulingPolicy policy = new SchedulingPolicy();
      policy.setPolicy("none");
      cluster.setSchedulingPolicy(policy);
      Cluster group = api.getClusters().add(cluster);
      assertThat(group.getCpu().getId()).isEqualTo("Intel Nehalem Family");
      assertThat(group.getSchedulingPolicy().getPolicy()).isEqualTo("none");
      try (HostFarm farm = HostFarm.register(engine.access(), "old", "old-cluster", 1)) {
        assertThat(farm.ids()).hasSize(1);
        store(api);
        withDisks(api);
      }
    }
  }

  private static void store(Api api) throws Exception {
    StorageDomain domain = new StorageDomain();
    domain.setName("old-store");
    domain.setType("data");
    Host host = new Host();
    host.setName("old-0");
    domain.setHost(host);
    Storage storage = new Storage();
    storage.setType("nfs");
    storage.setAddress("nas");
    storage.setPath("/export/old");
    domain.setStorage(storage);
    api.getStorageDomains().add(domain);
    StorageDomain attached = new StorageDomain();
    attached.setName("old-store");
    api.getDataCenters().get("old-center").getStorageDomains().add(attached);
    Await.until(
        "the storage domain is active",
        () ->
            read(
                () ->
                    api.getDataCenters()
                        .get("old-center")
                        .getStorageDomains()
                        .get("old-store")
                        .getStatus()
                        .getState()),
        "active"::equals);
  }

  private static void withDisks(Api api) throws Exception {
    VM machine = api.getVMs().add(diskless(api, "old-disks", "old-cluster"));
    Disk wanted = new Disk();
    wanted.setName("old-disk");
    wanted.setSize(64 * MEBIBYTE);
    wanted.setInterface("virtio");
    wanted.setFormat("cow");
    wanted.setBootable(true);
    StorageDomain place = new StorageDomain();
    place.setName("old-store");
    wanted.setStorageDomains(new StorageDomains());
    wanted.getStorageDomains().getStorageDomains().add(place);
    assertThat(machine.getDisks().add(wanted).getSize()).isEqualTo(64 * MEBIBYTE);
    Await.until(
        "the disk is made",
        () -> read(() -> machine.getDisks().list().getFirst().getStatus().getState()),
        "ok"::equals);
    var disk = machine.getDisks().list().getFirst();
    assertThat(disk.getInterface()).isEqualTo("virtio");
    assertThat(disk.getBootable()).isTrue();
    assertThat(disk.getHref()).contains("/vms/" + machine.getId() + "/disks/");
    disk.deactivate(new Action());
    assertThat(machine.getDisks().list().getFirst().getActive()).isFalse();
    disk.activate(new Action());
    assertThat(machine.getDisks().getById(disk.getId()).getActive()).isTrue();

    Snapshot snapshot = new Snapshot();
    snapshot.setDescription("before");
    machine.getSnapshots().add(snapshot);
    Await.until(
        "the snapshot is made",
        () ->
            read(
                () ->
                    machine.getSnapshots().list().stream()
                        .filter(taken -> "before".equals(taken.getDescription()))
                        .map(Snapshot::getSnapshotStatus)
                        .findFirst()
                        .orElse("")),
        "ok"::equals);
    assertThat(machine.getSnapshots().list().stream().map(Snapshot::getType)).contains("regular");

    machine.start(new Action());
    awaitState(api, "old-disks", "up");
    machine.suspend(new Action());
    awaitState(api, "old-disks", "suspended");
    machine.start(new Action());
    awaitState(api, "old-disks", "up");
    machine.shutdown(new Action());
    awaitState(api, "old-disks", "down");

    Template template = new Template();
    template.setName("old-template");
    template.setVm(machine);
    api.getTemplates().add(template);
    Await.until(
        "the template is made",
        () -> read(() -> api.getTemplates().get("old-template").getStatus().getState()),
        "ok"::equals);
    assertThat(api.getTemplates().get("old-template").getDisks().list()).hasSize(1);
    api.getTemplates().get("old-template").delete();

    Action detach = new Action();
    detach.setDetach(true);
    machine.getDisks().getById(disk.getId()).delete(detach);
    assertThat(machine.getDisks().list()).isEmpty();
    assertThat(api.getDisks().get("old-disk")).isNotNull();
    Disk again = new Disk();
    again.setId(disk.getId());
    machine.getDisks().add(again);
    machine.getDisks().getById(disk.getId()).delete();
    Await.until(
        "the disk is gone", () -> read(() -> api.getDisks().get("old-disk") == null), gone -> gone);
    machine.delete();
  }
}

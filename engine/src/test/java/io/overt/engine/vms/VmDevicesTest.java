package io.overt.engine.vms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.overt.engine.vms.devices.Cdroms;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.services.SnapshotsService;
import io.overt.model.services.StatisticsService;
import io.overt.model.services.VmCdromService;
import io.overt.model.services.VmCdromsService;
import io.overt.model.services.VmGraphicsConsoleService;
import io.overt.model.services.VmGraphicsConsolesService;
import io.overt.model.services.VmMediatedDevicesService;
import io.overt.model.services.VmNicService;
import io.overt.model.services.VmNicsService;
import io.overt.model.services.VmNumaNodesService;
import io.overt.model.services.VmService;
import io.overt.model.services.VmWatchdogsService;
import io.overt.model.types.Cdrom;
import io.overt.model.types.Core;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.File;
import io.overt.model.types.GraphicsConsole;
import io.overt.model.types.GraphicsType;
import io.overt.model.types.Mac;
import io.overt.model.types.Nic;
import io.overt.model.types.NicInterface;
import io.overt.model.types.Property;
import io.overt.model.types.Snapshot;
import io.overt.model.types.SnapshotType;
import io.overt.model.types.Statistic;
import io.overt.model.types.VirtualNumaNode;
import io.overt.model.types.Vm;
import io.overt.model.types.VmMediatedDevice;
import io.overt.model.types.VnicProfile;
import io.overt.model.types.Watchdog;
import io.overt.model.types.WatchdogAction;
import io.overt.model.types.WatchdogModel;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VmDevicesTest {
  private static final String NOBODY = "11111111-2222-3333-4444-555555555555";
  private final MachineFixture fixture = new MachineFixture();
  private VmService vm = fixture.vms.vm(NOBODY);
  private Vm machine = new Vm();

  @BeforeEach
  void addMachine() {
    Vm body = fixture.blank("web");
    body.cpu(new Cpu().topology(new CpuTopology().cores(4L)));
    machine = fixture.add(body);
    vm = fixture.one(machine);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void interfacesGetAddressesOfThePoolThatNoOtherHas() {
    Nic first = addNic(nic("nic1"));
    Nic second = addNic(nic("nic2"));

    assertThat(first.interface_()).isEqualTo(NicInterface.VIRTIO);
    assertThat(first.linked()).isTrue();
    assertThat(first.plugged()).isTrue();
    assertThat(first.synced()).isTrue();
    assertThat(Objects.requireNonNull(first.vm()).id()).isEqualTo(machine.id());
    assertThat(address(first)).isEqualTo("56:6f:01:02:00:00");
    assertThat(address(second)).isEqualTo("56:6f:01:02:00:01");
  }

  @Test
  void addressesOfClientsAreChecked() {
    addNic(nic("nic1").mac(new Mac().address("02:AA:00:00:00:01")));
    refused(400, () -> addNic(nic("nic2").mac(new Mac().address("zz"))));
    refused(400, () -> addNic(nic("nic2").mac(new Mac().address("01:00:00:00:00:01"))));
    refused(409, () -> addNic(nic("nic2").mac(new Mac().address("02:aa:00:00:00:01"))));
  }

  @Test
  void namesAndProfilesOfInterfacesAreChecked() {
    addNic(nic("nic1"));
    refused(409, () -> addNic(nic("nic1")));
    refused(400, () -> addNic(nic("nic 2")));
    refused(400, () -> addNic(nic("nic2").vnicProfile(new VnicProfile().id(NOBODY))));
  }

  @Test
  void anInterfaceIsUpdatedUnpluggedAndRemoved() {
    Nic added = addNic(nic("nic1"));
    VmNicService one = vm.nics().nic(added.requireId());
    Nic body = nic("nic1b").linked(false);
    Nic updated =
        Objects.requireNonNull(
            one.update(new VmNicService.UpdateRequest(fixture.call().with("nic", body))).entity());
    assertThat(updated.name()).isEqualTo("nic1b");
    assertThat(updated.linked()).isFalse();
    assertThat(updated.mac()).isEqualTo(added.mac());

    one.deactivate(new VmNicService.DeactivateRequest(fixture.call()));
    assertThat(one.get(new VmNicService.GetRequest(fixture.call())).plugged()).isFalse();
    one.activate(new VmNicService.ActivateRequest(fixture.call()));
    assertThat(one.get(new VmNicService.GetRequest(fixture.call())).plugged()).isTrue();

    one.remove(new VmNicService.RemoveRequest(fixture.call()));
    refused(404, () -> one.get(new VmNicService.GetRequest(fixture.call())));
  }

  @Test
  void anAdministratorSeesNoInterfacesOfAMissingMachine() {
    assertThat(fixture.vms.vm(NOBODY).nics().list(new VmNicsService.ListRequest(fixture.call())))
        .isEmpty();
  }

  @Test
  void theStatisticsAreThoseOfEngine45() {
    List<Statistic> statistics =
        vm.statistics().list(new StatisticsService.ListRequest(fixture.call()));

    assertThat(statistics).hasSize(16);
    assertThat(statistics.getFirst().name()).isEqualTo("memory.installed");
    assertThat(statistics.getLast().name()).isEqualTo("network.usage.history");
    assertThat(statistics.getLast().vm()).isNull();
  }

  @Test
  void thereIsOneCdromWhoseDiscCanBeChosen() {
    List<Cdrom> all = vm.cdroms().list(new VmCdromsService.ListRequest(fixture.call()));
    assertThat(all).singleElement().satisfies(c -> assertThat(c.id()).isEqualTo(Cdroms.ID));
    VmCdromService cdrom = vm.cdroms().cdrom(Cdroms.ID);
    Cdrom disc = new Cdrom().file(new File().id("install.iso"));
    cdrom.update(new VmCdromService.UpdateRequest(fixture.call().with("cdrom", disc)));
    assertThat(cdrom.get(new VmCdromService.GetRequest(fixture.call())).file()).isNotNull();
    Cdrom none = new Cdrom().file(new File().id(""));
    cdrom.update(new VmCdromService.UpdateRequest(fixture.call().with("cdrom", none)));
    assertThat(cdrom.get(new VmCdromService.GetRequest(fixture.call())).file()).isNull();
  }

  @Test
  void withoutAConsoleThereIsNoDisplay() {
    VmGraphicsConsolesService consoles = vm.graphicsConsoles();
    GraphicsConsole vnc = new GraphicsConsole().protocol(GraphicsType.VNC);
    refused(
        400,
        () ->
            consoles.add(
                new VmGraphicsConsolesService.AddRequest(fixture.call().with("console", vnc))));
    VmGraphicsConsoleService one = consoles.console("766e63");
    refused(409, () -> one.ticket(new VmGraphicsConsoleService.TicketRequest(fixture.call())));
    one.remove(new VmGraphicsConsoleService.RemoveRequest(fixture.call()));
    assertThat(fixture.get(machine).display()).isNull();
    refused(404, () -> one.remove(new VmGraphicsConsoleService.RemoveRequest(fixture.call())));
    assertThat(
            consoles.list(
                new VmGraphicsConsolesService.ListRequest(fixture.call().with("current", true))))
        .isEmpty();
  }

  @Test
  void thereIsOneWatchdogAtMost() {
    Watchdog watchdog = new Watchdog().action(WatchdogAction.RESET).model(WatchdogModel.I6300ESB);
    VmWatchdogsService.AddRequest add =
        new VmWatchdogsService.AddRequest(fixture.call().with("watchdog", watchdog));
    assertThat(vm.watchdogs().add(add).entity()).isNotNull();
    refused(409, () -> vm.watchdogs().add(add));
  }

  @Test
  void mediatedDevicesSayTheirType() {
    Property type = new Property().name("mdevType").value("nvidia-11");
    VmMediatedDevice added =
        Objects.requireNonNull(addMediated(List.of(type, display("true"))).entity());
    assertThat(vm.mediatedDevices().list(new VmMediatedDevicesService.ListRequest(fixture.call())))
        .singleElement()
        .satisfies(
            device -> {
              assertThat(device.id()).isEqualTo(added.id());
              assertThat(device.specParams()).hasSize(2);
            });
    refused(400, () -> addMediated(List.of(display("true"))));
    refused(400, () -> addMediated(List.of(type, display("maybe"))));
    refused(400, () -> addMediated(List.of(type, type)));
    refused(400, () -> addMediated(List.of(type, new Property().name("colour").value("red"))));
  }

  private static Property display(String value) {
    return new Property().name("nodisplay").value(value);
  }

  private Outcome<VmMediatedDevice> addMediated(List<Property> parameters) {
    VmMediatedDevice device = new VmMediatedDevice().specParams(parameters);
    return vm.mediatedDevices()
        .add(new VmMediatedDevicesService.AddRequest(fixture.call().with("device", device)));
  }

  @Test
  void numaNodesAreNumberedWithoutGaps() {
    addNode(node(0, 0, 1));
    addNode(node(1, 2, 3));
    refused(400, () -> addNode(node(0, 0)));
    refused(400, () -> addNode(node(5, 0)));
    refused(400, () -> addNode(node(2, 99)));
    assertThat(vm.numaNodes().list(new VmNumaNodesService.ListRequest(fixture.call())))
        .extracting(VirtualNumaNode::index)
        .containsExactly(0L, 1L);
  }

  @Test
  void theActiveSnapshotIsThereAndOthersNeedStorage() {
    List<Snapshot> all = vm.snapshots().list(new SnapshotsService.ListRequest(fixture.call()));
    assertThat(all)
        .singleElement()
        .satisfies(
            snapshot -> {
              assertThat(snapshot.snapshotType()).isEqualTo(SnapshotType.ACTIVE);
              assertThat(snapshot.description()).isEqualTo("Active VM");
            });
    Snapshot body = new Snapshot();
    body.description("one");
    refused(
        409,
        () ->
            vm.snapshots()
                .add(new SnapshotsService.AddRequest(fixture.call().with("snapshot", body))));
    refused(400, () -> vm.undoSnapshot(new VmService.UndoSnapshotRequest(fixture.call())));
  }

  private static Nic nic(String name) {
    Nic nic = new Nic();
    nic.name(name);
    return nic;
  }

  private Nic addNic(Nic body) {
    return Objects.requireNonNull(
        vm.nics().add(new VmNicsService.AddRequest(fixture.call().with("nic", body))).entity());
  }

  private static String address(Nic nic) {
    return Objects.requireNonNull(Objects.requireNonNull(nic.mac()).address());
  }

  private static VirtualNumaNode node(long index, long... processors) {
    VirtualNumaNode node = new VirtualNumaNode();
    node.index(index).memory(256L);
    List<Core> cores = Arrays.stream(processors).mapToObj(p -> new Core().index(p)).toList();
    node.cpu(new Cpu().cores(cores));
    return node;
  }

  private void addNode(VirtualNumaNode node) {
    vm.numaNodes().add(new VmNumaNodesService.AddRequest(fixture.call().with("node", node)));
  }

  private static void refused(int status, ThrowingCallable call) {
    assertThatExceptionOfType(ApiFault.class)
        .isThrownBy(call)
        .satisfies(fault -> assertThat(fault.category().status()).isEqualTo(status));
  }
}

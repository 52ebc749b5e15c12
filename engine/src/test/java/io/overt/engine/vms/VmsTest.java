package io.overt.engine.vms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.VmService;
import io.overt.model.services.VmsService;
import io.overt.model.types.BiosType;
import io.overt.model.types.Cluster;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuProfile;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.Display;
import io.overt.model.types.DisplayType;
import io.overt.model.types.GraphicsType;
import io.overt.model.types.HighAvailability;
import io.overt.model.types.Host;
import io.overt.model.types.Initialization;
import io.overt.model.types.MemoryPolicy;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.Quota;
import io.overt.model.types.Template;
import io.overt.model.types.TimeZone;
import io.overt.model.types.VideoType;
import io.overt.model.types.Vm;
import io.overt.model.types.VmPlacementPolicy;
import io.overt.model.types.VmStatus;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VmsTest {
  private static final String NOBODY = "11111111-2222-3333-4444-555555555555";
  private final MachineFixture fixture = new MachineFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aNewMachineHasTheDefaultsOfBlankAndItsCluster() {
    Vm vm = fixture.get(fixture.add("web"));

    assertThat(vm.status()).isEqualTo(VmStatus.DOWN);
    assertThat(vm.description()).isEmpty();
    assertThat(vm.comment()).isEmpty();
    assertThat(vm.memory()).isEqualTo(1L << 30);
    assertThat(vm.memoryPolicy())
        .isEqualTo(new MemoryPolicy().ballooning(true).guaranteed(1L << 30).max(4L << 30));
    assertThat(Objects.requireNonNull(vm.bios()).type_()).isEqualTo(BiosType.Q35_SEA_BIOS);
    assertThat(Objects.requireNonNull(vm.timeZone()).name()).isEqualTo("Etc/GMT");
    assertThat(Objects.requireNonNull(vm.os()).type_()).isEqualTo("other");
    assertThat(vm.origin()).isEqualTo("ovirt");
    assertThat(vm.nextRunConfigurationExists()).isFalse();
    assertThat(Objects.requireNonNull(vm.template()).id()).isEqualTo(Machines.BLANK);
    assertThat(Objects.requireNonNull(vm.originalTemplate()).id()).isEqualTo(Machines.BLANK);
    assertThat(vm.cpuProfile()).isNotNull();
    assertThat(Objects.requireNonNull(vm.display()).type_()).isEqualTo(DisplayType.VNC);
    assertThat(Objects.requireNonNull(vm.display()).videoType()).isEqualTo(VideoType.VGA);
  }

  @Test
  void onlyAllContentShowsDevicesSwitchesAndTheOvf() {
    Vm added = fixture.add("web");
    Vm plain = fixture.get(added);
    Vm all =
        fixture.one(added).get(new VmService.GetRequest(fixture.call().with("all_content", true)));

    assertThat(plain.console()).isNull();
    assertThat(plain.rngDevice()).isNull();
    assertThat(plain.soundcardEnabled()).isNull();
    assertThat(plain.initialization()).isNull();
    for (Vm vm : List.of(added, all)) {
      assertThat(vm.console()).isNotNull();
      assertThat(vm.rngDevice()).isNotNull();
      assertThat(vm.tpmEnabled()).isFalse();
      assertThat(vm.virtioScsi()).isNotNull();
      var configuration = Objects.requireNonNull(vm.initialization()).configuration();
      assertThat(Objects.requireNonNull(configuration).data())
          .contains("<Name>web</Name>", "ovf:Envelope", "1024 MB of memory");
    }
  }

  @Test
  void theClockFitsTheOperatingSystem() {
    Vm body = fixture.blank("win");
    body.os(new OperatingSystem().type_("windows_2019x64"));

    Vm vm = fixture.add(body);
    assertThat(Objects.requireNonNull(vm.timeZone()).name()).isEqualTo("GMT Standard Time");
    assertThat(vm.largeIcon()).isNotNull();
  }

  @Test
  void stoppingWhatIsDownSucceedsUnderAJob() {
    Vm vm = fixture.add("web");
    var outcome = fixture.one(vm).stop(new VmService.StopRequest(fixture.call()));
    assertThat(outcome.pending()).isFalse();
    assertThat(outcome.job()).isNotNull();
  }

  @Test
  void memoryBringsItsPolicyAlong() {
    Vm body = fixture.blank("small");
    body.memory(512L << 20);
    body.memoryPolicy(new MemoryPolicy().max(512L << 20));
    MemoryPolicy policy = Objects.requireNonNull(fixture.add(body).memoryPolicy());

    assertThat(policy.guaranteed()).isEqualTo(512L << 20);
    assertThat(policy.max()).isEqualTo(512L << 20);
    assertThat(policy.ballooning()).isTrue();
  }

  @Test
  void aPartialTopologyKeepsTheOtherNumbers() {
    Vm body = fixture.blank("four");
    body.cpu(new Cpu().topology(new CpuTopology().cores(4L)));

    CpuTopology topology =
        Objects.requireNonNull(Objects.requireNonNull(fixture.add(body).cpu()).topology());
    assertThat(topology).isEqualTo(new CpuTopology().cores(4L).sockets(1L).threads(1L));
  }

  @Test
  void theKindOfDisplayDecidesConsoleAndVideo() {
    Vm body = fixture.blank("spicy");
    body.display(new Display().type_(DisplayType.SPICE));
    Vm vm = fixture.add(body);

    assertThat(Objects.requireNonNull(vm.display()).type_()).isEqualTo(DisplayType.SPICE);
    assertThat(
            fixture
                .engine
                .inventory()
                .snapshot()
                .owned(Kinds.GRAPHICS_CONSOLE, Kinds.VM.key(vm.requireId())))
        .singleElement()
        .satisfies(console -> assertThat(console.id()).isEqualTo("7370696365"));
  }

  private static Vm spice() {
    Vm body = new Vm();
    body.display(new Display().type_(DisplayType.SPICE));
    return body;
  }

  private static void assertSpice(Vm vm) {
    assertThat(Objects.requireNonNull(vm.display()).type_()).isEqualTo(DisplayType.SPICE);
  }

  @Test
  void anotherKindOfDisplayReplacesTheConsole() {
    Vm vm = fixture.add("web");
    assertSpice(update(vm, spice()));
    assertThat(consoles(vm)).singleElement().isEqualTo(GraphicsType.SPICE);
    Vm named = new Vm();
    named.name("www");
    assertSpice(update(vm, named));
  }

  @Test
  void theConsoleOfARunningMachineIsReplacedWhenItStartsAgain() {
    Vm vm = fixture.add("web");
    setStatus(vm, VmStatus.UP);
    Vm updated = update(vm, spice());
    assertThat(updated.nextRunConfigurationExists()).isTrue();
    assertThat(Objects.requireNonNull(updated.display()).type_()).isEqualTo(DisplayType.VNC);
    assertSpice(
        fixture.one(vm).get(new VmService.GetRequest(fixture.call().with("next_run", true))));
    assertThat(consoles(vm)).singleElement().isEqualTo(GraphicsType.VNC);

    setStatus(vm, VmStatus.DOWN);
    fixture
        .engine
        .inventory()
        .change(
            transaction ->
                NextRun.apply(
                    transaction, transaction.find(Kinds.VM, vm.requireId()).orElseThrow()));
    assertSpice(fixture.get(vm));
    assertThat(consoles(vm)).singleElement().isEqualTo(GraphicsType.SPICE);
  }

  private List<GraphicsType> consoles(Vm vm) {
    return fixture
        .engine
        .inventory()
        .snapshot()
        .owned(Kinds.GRAPHICS_CONSOLE, Kinds.VM.key(vm.requireId()))
        .stream()
        .map(console -> Objects.requireNonNull(console.value().protocol()))
        .toList();
  }

  @Test
  void passwordsOfTheInitializationAreNotShown() {
    Vm body = fixture.blank("cloudy");
    body.initialization(new Initialization().hostName("cloudy").rootPassword("Secret-1"));
    Vm vm = fixture.get(fixture.add(body));

    Initialization shown = Objects.requireNonNull(vm.initialization());
    assertThat(shown.hostName()).isEqualTo("cloudy");
    assertThat(shown.rootPassword()).isNull();
    assertThat(
            fixture
                .engine
                .inventory()
                .snapshot()
                .find(Kinds.VM, vm.requireId())
                .orElseThrow()
                .internal(Secrets.ROOT_PASSWORD))
        .isEqualTo("Secret-1");
  }

  @Test
  void whatIsMissingIsNamed() {
    Vm nothing = new Vm();
    refused(nothing, 400, "Incomplete parameters", "cluster.id|name");
    Vm nameless = fixture.blank("x");
    nameless.name(null);
    refused(nameless, 400, "Incomplete parameters", "Vm [name]");
    refused(fixture.blank("x").template(null), 400, "Incomplete parameters", "template.id|name");
  }

  @Test
  void whatIsReferredToMustExist() {
    Vm body = fixture.blank("x");
    body.cluster(named(new Cluster(), "nosuch"));
    refused(body, 404, "Operation Failed", "nosuch");
    body = fixture.blank("x");
    body.cluster(new Cluster().id("x"));
    refused(body, 400, "Operation failed", "x");
    refused(
        fixture.blank("x").template(named(new Template(), "nosuch")),
        404,
        "Operation Failed",
        "nosuch");
    body = fixture.blank("x");
    body.quota(new Quota().id(NOBODY));
    refused(body, 400, "Operation Failed", "quota");
    body = fixture.blank("x");
    body.cpuProfile(new CpuProfile().id(NOBODY));
    refused(body, 400, "Operation Failed", "cpu_profile");
    body = fixture.blank("x");
    body.placementPolicy(new VmPlacementPolicy().hosts(List.of(named(new Host(), "nosuch"))));
    refused(body, 404, "Operation Failed", "nosuch");
  }

  @Test
  void valuesOutsideTheirLimitsAreRefused() {
    refused(fixture.blank("a b"), 400, "Operation Failed", "vm.name");
    refused(fixture.blank("n".repeat(256)), 400, "Operation Failed", "256");
    for (long memory : List.of(-1L, 0L, 99_999_999_999_999_999L)) {
      Vm body = fixture.blank("x");
      body.memory(memory);
      refused(body, 400, "Operation Failed", "memory");
    }
    for (CpuTopology topology :
        List.of(new CpuTopology().sockets(1000L), new CpuTopology().cores(0L))) {
      Vm body = fixture.blank("x");
      body.cpu(new Cpu().topology(topology));
      refused(body, 409, "Operation Failed", "topology");
    }
    Vm body = fixture.blank("x");
    body.timeZone(new TimeZone().name("Nowhere"));
    refused(body, 400, "Operation Failed", "Nowhere");
    body = fixture.blank("x");
    body.highAvailability(new HighAvailability().enabled(true).priority(1000L));
    refused(body, 400, "Operation Failed", "priority");
  }

  @Test
  void namesAreUniqueAndMayHaveLettersOfAnyScript() {
    fixture.add("trü");
    refused(fixture.blank("trü"), 409, "Operation Failed", "trü");
  }

  @Test
  void anUpdateMergesAndIgnoresWhatClientsCannotSet() {
    Vm vm = fixture.add("web");
    Vm body = new Vm();
    body.description("new");
    body.status(VmStatus.UP);
    body.os(new OperatingSystem().cmdline("quiet"));
    Vm updated = update(vm, body);

    assertThat(updated.description()).isEqualTo("new");
    assertThat(updated.status()).isEqualTo(VmStatus.DOWN);
    assertThat(updated.name()).isEqualTo("web");
    assertThat(Objects.requireNonNull(updated.os()).cmdline()).isEqualTo("quiet");
    assertThat(Objects.requireNonNull(updated.os()).type_()).isEqualTo("other");
    assertThat(updated.creationTime()).isEqualTo(vm.creationTime());
  }

  @Test
  void anUpdateCannotChangeIdentityOrTemplate() {
    Vm vm = fixture.add("web");
    Vm other = new Vm();
    other.id(NOBODY);
    assertThatExceptionOfType(ApiFault.class)
        .isThrownBy(() -> update(vm, other))
        .satisfies(fault -> assertThat(fault.reason()).isEqualTo("Broken immutability constraint"));
    Vm moved = new Vm().template(new Template().id(NOBODY));
    assertThatExceptionOfType(ApiFault.class)
        .isThrownBy(() -> update(vm, moved))
        .satisfies(fault -> assertThat(fault.category().status()).isEqualTo(400));
    Vm nameless = new Vm();
    nameless.name("");
    assertThatExceptionOfType(ApiFault.class)
        .isThrownBy(() -> update(vm, nameless))
        .satisfies(fault -> assertThat(fault.category().status()).isEqualTo(400));
  }

  @Test
  void whatARunningMachineCannotChangeWaitsForItsNextStart() {
    Vm vm = fixture.add("web");
    setStatus(vm, VmStatus.UP);
    Vm body = new Vm();
    body.memory(2L << 30);
    body.description("running");
    Vm updated = update(vm, body);

    assertThat(updated.nextRunConfigurationExists()).isTrue();
    assertThat(updated.description()).isEqualTo("running");
    assertThat(updated.memory()).isEqualTo(1L << 30);
    Vm next = fixture.one(vm).get(new VmService.GetRequest(fixture.call().with("next_run", true)));
    assertThat(next.memory()).isEqualTo(2L << 30);
  }

  @Test
  void aMachineIsRemovedWithItsDevicesUnderAJob() {
    Vm vm = fixture.add("web");
    Outcome<Struct> outcome = fixture.one(vm).remove(new VmService.RemoveRequest(fixture.call()));

    assertThat(outcome.job()).isNotNull();
    assertThat(fixture.engine.inventory().snapshot().count(Kinds.VM)).isZero();
    assertThat(fixture.engine.inventory().snapshot().count(Kinds.SNAPSHOT)).isZero();
    assertThatExceptionOfType(ApiFault.class)
        .isThrownBy(() -> fixture.one(vm).remove(new VmService.RemoveRequest(fixture.call())))
        .satisfies(fault -> assertThat(fault.category().status()).isEqualTo(404));
  }

  @Test
  void aProtectedOrRunningMachineStays() {
    Vm vm = fixture.add("web");
    Vm body = new Vm();
    body.deleteProtected(true);
    update(vm, body);
    assertRemovalConflicts(vm);
    Vm open = new Vm();
    open.deleteProtected(false);
    update(vm, open);
    setStatus(vm, VmStatus.UP);
    assertRemovalConflicts(vm);
  }

  @Test
  void aCloneHasItsOwnIdentity() {
    Vm source = fixture.blank("one");
    source.description("source");
    Vm vm = fixture.add(source);
    Vm name = new Vm();
    name.name("two");
    var outcome =
        fixture.one(vm).clone(new VmService.CloneRequest(fixture.call().with("vm", name)));

    assertThat(outcome.job()).isNotNull();
    Vm clone =
        fixture.engine.inventory().snapshot().byName(Kinds.VM, "", "two").orElseThrow().value();
    assertThat(clone.description()).isEqualTo("source");
    assertThat(clone.id()).isNotEqualTo(vm.id());
    assertThatExceptionOfType(ApiFault.class)
        .isThrownBy(
            () ->
                fixture.one(vm).clone(new VmService.CloneRequest(fixture.call().with("vm", name))))
        .satisfies(fault -> assertThat(fault.category().status()).isEqualTo(409));
  }

  private void assertRemovalConflicts(Vm vm) {
    assertThatExceptionOfType(ApiFault.class)
        .isThrownBy(() -> fixture.one(vm).remove(new VmService.RemoveRequest(fixture.call())))
        .satisfies(fault -> assertThat(fault.category().status()).isEqualTo(409));
  }

  private Vm update(Vm vm, Vm body) {
    return Objects.requireNonNull(
        fixture
            .one(vm)
            .update(new VmService.UpdateRequest(fixture.call().with("vm", body)))
            .entity());
  }

  private void setStatus(Vm vm, VmStatus status) {
    fixture
        .engine
        .inventory()
        .change(
            transaction -> {
              var entity = transaction.find(Kinds.VM, vm.requireId()).orElseThrow();
              transaction.update(entity, entity.value().copy().status(status));
            });
  }

  private static <T extends Struct> T named(T struct, String name) {
    struct.set("name", name);
    return struct;
  }

  private void refused(Vm body, int status, String reason, String word) {
    assertThatExceptionOfType(ApiFault.class)
        .isThrownBy(
            () -> fixture.vms.add(new VmsService.AddRequest(fixture.call().with("vm", body))))
        .satisfies(
            fault -> {
              assertThat(fault.category().status()).isEqualTo(status);
              assertThat(fault.reason()).isEqualTo(reason);
              assertThat(fault.detail()).contains(word);
            });
  }
}

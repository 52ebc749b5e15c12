package io.overt.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.inventory.Kinds;
import io.overt.model.services.HostsService;
import io.overt.model.services.StatisticsService;
import io.overt.model.services.VmNicsService;
import io.overt.model.services.VmReportedDevicesService;
import io.overt.model.services.VmService;
import io.overt.model.services.VmsService;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.Nic;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.ReportedDevice;
import io.overt.model.types.Statistic;
import io.overt.model.types.Template;
import io.overt.model.types.Value;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.model.types.VnicProfile;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a simulated host says of itself and of a machine is found by searches. */
@Timeout(120)
class ReportedValuesTest {
  private static TestHosts world;
  private static String id = "";

  @BeforeAll
  static void open() {
    world = TestHosts.open(1);
    world.addHost(0);
    id = running("reported");
    world.await("the first sample", snapshot -> !history("cpu").isEmpty());
  }

  private static String running(String name) {
    Vm body =
        new Vm()
            .name(name)
            .memory(1L << 30)
            .cluster(new Cluster().name("Default"))
            .template(new Template().name("Blank"))
            .os(new OperatingSystem().kernel("/boot/vmlinuz"));
    String added =
        Objects.requireNonNull(
                world
                    .service(VmsService.class, "vms")
                    .add(new VmsService.AddRequest(world.call().with("vm", body)))
                    .entity())
            .requireId();
    VmService vm = world.service(VmService.class, "vms/" + added);
    world.await("the machine", snapshot -> status(added) == VmStatus.DOWN);
    vm.nics()
        .add(
            new VmNicsService.AddRequest(
                world.call().with("nic", new Nic().name("nic1").vnicProfile(profile()))));
    vm.start(new VmService.StartRequest(world.call()));
    world.await("the start", snapshot -> status(added) == VmStatus.UP);
    return added;
  }

  @AfterAll
  static void close() {
    world.close();
  }

  private static VnicProfile profile() {
    return new VnicProfile().id(world.snapshot().all(Kinds.VNIC_PROFILE).getFirst().id());
  }

  private static VmStatus status(String machine) {
    return world.snapshot().find(Kinds.VM, machine).orElseThrow().value().status();
  }

  private static List<Value> history(String what) {
    return values(what + ".usage.history");
  }

  private static List<Statistic> statistics(String machine) {
    return world
        .service(StatisticsService.class, "vms/" + machine + "/statistics")
        .list(new StatisticsService.ListRequest(world.call()));
  }

  private static List<Value> values(String statisticName) {
    return statistics(id).stream()
        .filter(statistic -> statisticName.equals(statistic.name()))
        .map(Statistic::values)
        .map(Objects::requireNonNull)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> machines(String search) {
    return world
        .service(VmsService.class, "vms")
        .list(new VmsService.ListRequest(world.call().with("search", search)))
        .stream()
        .map(Vm::name)
        .toList();
  }

  private static List<String> hosts(String search) {
    return world
        .service(HostsService.class, "hosts")
        .list(new HostsService.ListRequest(world.call().with("search", search)))
        .stream()
        .map(Host::name)
        .toList();
  }

  @Test
  void machinesAreFoundByWhatTheirHostSays() {
    assertThat(machines("cpu_usage>=0 and cpu_usage<101 and network_usage<101"))
        .containsExactly("reported");
    assertThat(machines("mem_usage>=0")).containsExactly("reported");
    assertThat(machines("cpu_usage>100")).isEmpty();
  }

  @Test
  void machinesAreFoundByWhatTheirGuestSays() {
    world.await("its addresses", snapshot -> !machines("ip=10.*").isEmpty());
    assertThat(machines("ip=*127.0.0.1*")).isEmpty();
    assertThat(machines("fqdn=reported*")).containsExactly("reported");
    assertThat(machines("ip=192.0.2.1")).isEmpty();
  }

  @Test
  void hostsAreFoundByWhatTheySay() {
    assertThat(hosts("cpu_usage>=0 and load>=0 and mem_usage<=100")).containsExactly("host0");
    assertThat(hosts("committed_mem=1024 and migrating_vms=0")).containsExactly("host0");
    assertThat(hosts("network_usage>100")).isEmpty();
  }

  @Test
  void aMachineThatRunsHasAHistory() {
    for (String what : List.of("cpu", "memory", "network")) {
      assertThat(history(what))
          .isNotEmpty()
          .allSatisfy(
              value ->
                  assertThat(value.datum()).isBetween(BigDecimal.ZERO, BigDecimal.valueOf(100)));
    }
  }

  @Test
  void fileSystemsAreTextInJson() {
    world.await("the guest", snapshot -> !values("disks.usage").isEmpty());
    assertThat(values("disks.usage").getFirst().detail())
        .startsWith("[{")
        .contains("\"path\":\"/\"");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofAMachineThatStoppedNothingIsSaid(boolean byItself) {
    String stopped = running("stopped-" + byItself);
    VmService vm = world.service(VmService.class, "vms/" + stopped);
    String search = "ip=10.* and name=stopped-" + byItself;
    world.await("its addresses", snapshot -> !machines(search).isEmpty());
    assertThat(devices(vm)).isNotEmpty();
    if (byItself) {
      vm.shutdown(new VmService.ShutdownRequest(world.call()));
    } else {
      vm.stop(new VmService.StopRequest(world.call()));
    }
    world.await("its end", snapshot -> status(stopped) == VmStatus.DOWN);
    assertThat(machines(search)).isEmpty();
    assertThat(devices(vm)).isEmpty();
    assertThat(vm.get(new VmService.GetRequest(world.call())).fqdn()).isNull();
    assertThat(statistics(stopped))
        .filteredOn(statistic -> !"memory.installed".equals(statistic.name()))
        .flatExtracting(Statistic::values)
        .allSatisfy(value -> assertThat(value.datum()).isZero());
  }

  private static List<ReportedDevice> devices(VmService vm) {
    return vm.reportedDevices().list(new VmReportedDevicesService.ListRequest(world.call()));
  }
}

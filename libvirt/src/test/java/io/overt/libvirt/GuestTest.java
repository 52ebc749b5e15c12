package io.overt.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.libvirt.testing.Mounts;
import io.overt.libvirt.testing.PrivateLibvirt;
import io.overt.libvirt.testing.RecordingListener;
import io.overt.libvirt.testing.TestGuest;
import io.overt.libvirt.testing.TestGuest.Heartbeat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Real guests under QEMU, through a real libvirtd. */
class GuestTest {
  private static final String METADATA = "http://ovirt.org/vm/1.0";

  private final PrivateLibvirt libvirt = PrivateLibvirt.shared();
  private final RecordingListener events = new RecordingListener();
  private Connection connection;
  private TestGuest guest;

  @BeforeEach
  void open(TestInfo test) {
    connection = Connection.open(libvirt.uri());
    connection.listen(events);
    guest = new TestGuest(test.getTestMethod().orElseThrow().getName(), libvirt.directory());
  }

  @AfterEach
  void close() {
    connection.findDomain(guest.uuid()).ifPresent(Domain::destroy);
    connection.close();
  }

  @Test
  void tellsAboutTheHost() {
    assertThat(connection.hypervisorVersion()).isGreaterThan(new Version(5, 0, 0));
    assertThat(connection.capabilities()).contains("<domain type='qemu'");
    assertThat(connection.domainCapabilities(null, "x86_64", "q35", "qemu"))
        .contains("<domainCapabilities>");
    assertThat(connection.cpuModelNames("x86_64")).contains("qemu64", "Nehalem");
    assertThat(connection.cpuStatistics(-1)).containsKeys("user", "kernel", "idle", "iowait");
    assertThat(connection.memoryStatistics(-1).get("total")).isPositive();
    assertThat(connection.nodeInfo().model()).isEqualTo("x86_64");
    assertThat(connection.nodeDevices()).isNotEmpty();
    assertThat(connection.hasNetworkFilter("vdsm-no-mac-spoofing")).isTrue();
    assertThat(connection.hasNetworkFilter("nothing-like-it")).isFalse();
  }

  @Test
  void livesFromCreationToShutdown() throws InterruptedException {
    Domain domain = connection.createDomain(guest.xml());
    events.await(guest.uuid(), LifecycleDetail.STARTED_BOOTED);
    Heartbeat first = guest.awaitBoot();
    assertThat(domain.status())
        .isEqualTo(new DomainStatus(DomainState.RUNNING, DomainStatus.Reason.BOOTED));
    assertThat(domain.info().maximumMemoryKib()).isEqualTo(128 * 1024);
    assertThat(domain.uuid()).isEqualTo(guest.uuid());
    assertThat(connection.domains(Flags.ListDomains.ACTIVE))
        .extracting(Domain::uuid)
        .contains(guest.uuid());

    domain.suspend();
    events.await(guest.uuid(), LifecycleDetail.SUSPENDED_PAUSED);
    Heartbeat paused = guest.heartbeats().getLast();
    Thread.sleep(2500);
    assertThat(guest.heartbeats().getLast().count()).isLessThanOrEqualTo(paused.count() + 1);
    domain.resume();
    events.await(guest.uuid(), LifecycleDetail.RESUMED_UNPAUSED);
    assertThat(guest.awaitNext(paused).boot()).isEqualTo(first.boot());

    Screenshot screenshot = domain.screenshot(0);
    assertThat(screenshot.mimeType()).startsWith("image/");
    assertThat(screenshot.data().length).isGreaterThan(500);

    domain.shutdown(Flags.Shutdown.ACPI_POWER_BUTTON);
    assertThat(
            events
                .await(
                    DomainEvent.Lifecycle.class,
                    guest.uuid(),
                    event -> event.kind() == LifecycleDetail.Kind.STOPPED)
                .detail())
        .isEqualTo(LifecycleDetail.STOPPED_SHUTDOWN);
    assertThat(guest.consoleText()).contains("POWER-BUTTON");
    assertThat(connection.findDomain(guest.uuid())).isEmpty();
    assertThatThrownBy(domain::status)
        .isInstanceOfSatisfying(
            LibvirtException.class,
            problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NO_DOMAIN));
  }

  @Test
  void reachesItsNetworkThroughTheFilter() {
    connection.createDomain(guest.xml());
    Heartbeat beat = guest.awaitBoot();
    libvirt.inNetwork("ip", "addr", "replace", "10.88.0.254/24", "dev", "ovirtmgmt");
    String answer =
        libvirt.inNetwork(
            "bash",
            "-c",
            // The guest's services come up within a second of its first heartbeat.
            "for i in {1..50}; do head -1 2>/dev/null </dev/tcp/10.88.0.1/7777 && break; sleep 0.2;"
                + " done 2>/dev/null");
    assertThat(answer.split(" ")[2]).startsWith(beat.boot());
  }

  @Test
  void asksTheGuestAgent() {
    Domain domain = connection.createDomain(guest.withAgent());
    events.await(DomainEvent.AgentLifecycle.class, guest.uuid(), event -> event.connected());
    Heartbeat beat = guest.awaitBoot();
    assertThat(domain.guest().agentCommand("{\"execute\":\"guest-ping\"}", Duration.ofSeconds(20)))
        .contains("return");
    assertThat(domain.guest().interfaceAddresses(InterfaceAddresses.Source.AGENT))
        .anySatisfy(
            nic -> {
              assertThat(nic.name()).isEqualTo("eth0");
              assertThat(nic.hardwareAddress()).startsWith("52:54:00");
              assertThat(nic.addresses())
                  .contains(new InterfaceAddresses.Address(false, "10.88.0.1", 24));
            });
    assertThat(domain.guest().information().text("hostname")).contains(guest.name());
    domain.guest().setTime(Instant.parse("2030-01-02T03:04:05Z"));
    assertThat(domain.guest().freeze(List.of())).isZero();
    assertThat(domain.guest().thaw(List.of())).isZero();
    guest.awaitNext(beat);
    assertThatThrownBy(() -> domain.guest().setUserPassword("nobody-here", "secret"))
        .isInstanceOf(LibvirtException.class)
        .message()
        .doesNotContain("secret");
    domain.shutdown(Flags.Shutdown.GUEST_AGENT);
    events.await(guest.uuid(), LifecycleDetail.STOPPED_SHUTDOWN);
    assertThat(guest.consoleText()).contains("AGENT-SHUTDOWN");
  }

  @Test
  void givesBulkStatistics() throws InterruptedException {
    connection.createDomain(guest.xml());
    guest.awaitBoot();
    Thread.sleep(1500);
    DomainStatistics statistics =
        connection
            .statistics(
                Flags.Statistics.STATE,
                Flags.Statistics.CPU_TOTAL,
                Flags.Statistics.BALLOON,
                Flags.Statistics.VCPU,
                Flags.Statistics.INTERFACE,
                Flags.Statistics.BLOCK)
            .stream()
            .filter(one -> one.uuid().equals(guest.uuid()))
            .findFirst()
            .orElseThrow();
    assertThat(statistics.name()).isEqualTo(guest.name());
    assertThat(statistics.status().state()).isEqualTo(DomainState.RUNNING);
    TypedParameters values = statistics.values();
    assertThat(values.number("cpu.time", 0)).isGreaterThan(100_000_000);
    assertThat(values.number("balloon.current", 0)).isEqualTo(128 * 1024);
    assertThat(values.number("vcpu.current", 0)).isEqualTo(1);
    assertThat(values.text("net.0.name")).hasValueSatisfying(nic -> assertThat(nic).isNotEmpty());
    assertThat(values.text("block.0.name")).contains("vda");
  }

  @Test
  void keepsMetadataAndTellsItBack() {
    Domain domain = connection.createDomain(guest.xml(), Flags.Create.PAUSED);
    assertThat(domain.metadata(METADATA, Flags.Affect.LIVE)).isEmpty();
    domain.setMetadata(METADATA, "ovirt-vm", "<vm><exit>no</exit></vm>", Flags.Affect.LIVE);
    assertThat(domain.metadata(METADATA, Flags.Affect.LIVE))
        .hasValueSatisfying(xml -> assertThat(xml).contains("<exit>no</exit>"));
    domain.setMetadata(METADATA, "ovirt-vm", null, Flags.Affect.LIVE);
    assertThat(domain.metadata(METADATA, Flags.Affect.LIVE)).isEmpty();
  }

  @Test
  void offersDisksToBackupPrograms() {
    Domain domain = connection.createDomain(guest.xml(), Flags.Create.PAUSED);
    Path socket = libvirt.directory().resolve("nbd.sock");
    domain
        .blocks()
        .beginBackup(
            """
            <domainbackup mode='pull'><server transport='unix' socket='%s'/>
              <disks><disk name='vda' backup='yes' type='file'><scratch file='%s'/></disk></disks>
            </domainbackup>
            """
                .formatted(socket, libvirt.directory().resolve("scratch")),
            "<domaincheckpoint><name>first</name></domaincheckpoint>");
    assertThat(domain.blocks().backupXml()).contains(socket.toString());
    assertThat(libvirt.inNetwork("qemu-img", "info", "nbd+unix:///vda?socket=" + socket))
        .contains("virtual size: 64 MiB");
    assertThat(domain.jobs().current().values().number("operation")).hasValue(9);
    domain.jobs().abort();
    events.await(DomainEvent.JobCompleted.class, guest.uuid(), event -> true);
    domain.blocks().deleteCheckpoint("first");
    assertThatThrownBy(() -> domain.blocks().deleteCheckpoint("first"))
        .isInstanceOfSatisfying(
            LibvirtException.class,
            problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NO_DOMAIN_CHECKPOINT));
  }

  @Test
  void keepsSecretsWithoutShowingThem() {
    UUID uuid = UUID.randomUUID();
    String xml = "<secret ephemeral='yes' private='yes'><uuid>%s</uuid></secret>".formatted(uuid);
    connection.defineSecret(xml, "value".getBytes(StandardCharsets.UTF_8));
    connection.defineSecret(xml, "other".getBytes(StandardCharsets.UTF_8));
    connection.undefineSecret(uuid);
    connection.undefineSecret(uuid);
  }

  @Test
  void comparesCpus() {
    String cpu = "<cpu><arch>x86_64</arch><model>%s</model></cpu>";
    assertThat(
            connection.baselineCpu(
                "x86_64", "qemu", List.of(cpu.formatted("qemu64"), cpu.formatted("qemu64"))))
        .contains("<model");
    assertThat(connection.offersCpu("x86_64", "qemu", cpu.formatted("qemu64"))).isTrue();
    assertThat(connection.offersCpu("x86_64", "qemu", cpu.formatted("Skylake-Server"))).isFalse();
  }

  @Test
  void startsPausedAndDestroys() {
    Domain domain = connection.createDomain(guest.xml(), Flags.Create.PAUSED);
    assertThat(domain.status().state()).isEqualTo(DomainState.PAUSED);
    domain.destroy();
    events.await(guest.uuid(), LifecycleDetail.STOPPED_DESTROYED);
    assertThat(connection.findDomain(guest.uuid())).isEmpty();
  }

  @Test
  void mapsErrorsOfTheQemuDriver() {
    assertThatThrownBy(() -> connection.createDomain("<domain type='qemu'>"))
        .isInstanceOfSatisfying(
            LibvirtException.class,
            problem -> assertThat(problem.code()).isEqualTo(ErrorCode.XML_DETAIL));
    Domain domain = connection.createDomain(guest.xml(), Flags.Create.PAUSED);
    assertThatThrownBy(() -> connection.createDomain(guest.xml()))
        .isInstanceOfSatisfying(
            LibvirtException.class,
            problem -> assertThat(problem.code()).isEqualTo(ErrorCode.OPERATION_INVALID));
    domain.resume();
    assertThatThrownBy(domain.jobs()::abort)
        .isInstanceOfSatisfying(
            LibvirtException.class,
            problem -> assertThat(problem.code()).isEqualTo(ErrorCode.OPERATION_INVALID));
    assertThat(domain.jobs().current().kind()).isEqualTo(JobStatistics.Kind.NONE);
    // The channel is there, an agent is not.
    assertThatThrownBy(
            () ->
                domain.guest().agentCommand("{\"execute\":\"guest-ping\"}", Duration.ofSeconds(2)))
        .isInstanceOfSatisfying(
            LibvirtException.class,
            problem -> assertThat(problem.code()).isEqualTo(ErrorCode.AGENT_UNRESPONSIVE));
  }

  @Test
  void opensTheConsoleByTicket() {
    Domain domain = connection.createDomain(guest.xml());
    assertThat(domain.xml()).doesNotContain("passwd='x'");
    String validTo = Instant.now().plusSeconds(120).toString().substring(0, 19);
    domain.updateDevice(
        "<graphics type='vnc' port='%s' autoport='yes' listen='127.0.0.1' passwd='ticket' passwdValidTo='%s'/>"
            .formatted(
                domain.xml().replaceAll("(?s).*<graphics type='vnc' port='(\\d+)'.*", "$1"),
                validTo),
        Flags.Affect.LIVE);
    assertThat(domain.xml(Flags.Xml.SECURE)).contains("passwd='ticket'", validTo);

    String port = domain.xml().replaceAll("(?s).*<graphics type='vnc' port='(\\d+)'.*", "$1");
    assertThat(libvirt.inNetwork("bash", "-c", "head -c 12 </dev/tcp/127.0.0.1/" + port))
        .isEqualTo("RFB 003.008");
    DomainEvent.Graphics connected =
        events.await(
            DomainEvent.Graphics.class,
            guest.uuid(),
            event -> event.phase() == DomainEvent.GraphicsPhase.CONNECT);
    assertThat(connected.local().node()).isEqualTo("127.0.0.1");
    assertThat(connected.local().service()).isEqualTo(port);
    assertThat(connected.remote().service()).isNotEmpty();
    events.await(
        DomainEvent.Graphics.class,
        guest.uuid(),
        event -> event.phase() == DomainEvent.GraphicsPhase.DISCONNECT);
  }

  @Test
  void plugsAndUnplugsDevices() {
    Domain domain = connection.createDomain(guest.xml());
    guest.awaitBoot();
    Path second = new TestGuest(guest.name() + "-2", libvirt.directory()).disk();
    domain.attachDevice(
        """
        <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='%s'/>
          <target dev='vdb' bus='virtio'/><alias name='ua-second'/></disk>
        """
            .formatted(second),
        Flags.Affect.LIVE);
    assertThat(domain.blocks().info("vdb").capacity()).isEqualTo(64L << 20);
    domain.blocks().resize("vdb", 96L << 20);
    assertThat(domain.blocks().info("vdb").capacity()).isEqualTo(96L << 20);
    domain.detachDeviceByAlias("ua-second", Flags.Affect.LIVE);
    events.await(DomainEvent.DeviceRemoved.class, guest.uuid(), e -> e.alias().equals("ua-second"));
    assertThat(domain.xml()).doesNotContain("ua-second");

    String nic =
        "<interface type='bridge'><source bridge='ovirtmgmt'/><model type='virtio'/>"
            + "<mac address='56:6f:00:00:00:77'/><rom enabled='no'/>"
            + "<alias name='ua-nic2'/></interface>";
    domain.attachDevice(nic, Flags.Affect.LIVE);
    domain.detachDevice(nic, Flags.Affect.LIVE);
    events.await(DomainEvent.DeviceRemoved.class, guest.uuid(), e -> e.alias().equals("ua-nic2"));
  }

  @Test
  void changesCpusAndMemory() {
    Domain domain = connection.createDomain(guest.xml());
    guest.awaitBoot();
    domain.setVcpus(2, Flags.Affect.LIVE);
    assertThat(domain.info().vcpus()).isEqualTo(2);
    domain.setMemory(112 * 1024, Flags.Affect.LIVE);
    events.await(DomainEvent.BalloonChanged.class, guest.uuid(), e -> e.actualKib() == 112 * 1024);
  }

  @Test
  void movesDisksWhileTheGuestRuns() throws Exception {
    Domain domain = connection.createDomain(guest.xml());
    Heartbeat first = guest.awaitBoot();
    Path overlay = libvirt.directory().resolve("overlay.qcow2");
    domain
        .blocks()
        .createSnapshot(
            """
            <domainsnapshot><disks><disk name='vda' snapshot='external'>
              <source file='%s'/></disk></disks></domainsnapshot>
            """
                .formatted(overlay),
            Flags.Snapshot.DISK_ONLY,
            Flags.Snapshot.NO_METADATA,
            Flags.Snapshot.ATOMIC);
    assertThat(domain.xml()).contains(overlay.toString());
    domain.blocks().commit("vda", null, null, 0, Flags.BlockCommit.ACTIVE);
    awaitReady("vda");
    assertThat(domain.blocks().job("vda").orElseThrow().caughtUp()).isTrue();
    domain.blocks().abortJob("vda", Flags.BlockJobAbort.PIVOT);
    assertThat(domain.xml()).doesNotContain(overlay.toString());

    Path copy = libvirt.directory().resolve("copy.qcow2");
    domain
        .blocks()
        .copy(
            "vda",
            "<disk type='file'><driver type='qcow2'/><source file='" + copy + "'/></disk>",
            TypedParameters.NONE,
            Flags.BlockCopy.TRANSIENT_JOB);
    awaitReady("vda");
    domain.blocks().abortJob("vda", Flags.BlockJobAbort.PIVOT);
    assertThat(domain.xml()).contains(copy.toString());
    assertThat(Files.size(copy)).isPositive();
    guest.awaitNext(first);
  }

  private void awaitReady(String disk) {
    events.await(
        DomainEvent.BlockJob.class,
        guest.uuid(),
        event -> event.disk().equals(disk) && event.status() == DomainEvent.BlockJobStatus.READY);
  }

  @Test
  void pausesWhenItsStorageIsFull() {
    Path storage = libvirt.directory().resolve("small");
    libvirt.inNetwork("mkdir", storage.toString());
    // Made after libvirtd started, as storage domains are: it must arrive there.
    Mounts.tmpfs(storage, "4m");
    try {
      Path disk = storage.resolve("disk.raw");
      Mounts.sparse(disk, 64);
      Domain domain = connection.createDomain(guest.withWrittenDisk(disk), Flags.Create.PAUSED);
      domain.blocks().setThreshold("vdb", 2L << 20);
      domain.resume();
      DomainEvent.BlockThreshold passed =
          events.await(DomainEvent.BlockThreshold.class, guest.uuid(), event -> true);
      assertThat(passed.device()).startsWith("vdb");
      assertThat(passed.threshold()).isEqualTo(2L << 20);
      assertThat(passed.excess()).isPositive();
      DomainEvent.IoError error =
          events.await(DomainEvent.IoError.class, guest.uuid(), event -> true);
      assertThat(error.alias()).isEqualTo("ua-written");
      assertThat(error.source()).isEqualTo(disk.toString());
      assertThat(error.action()).isEqualTo(DomainEvent.IoErrorAction.PAUSED);
      assertThat(error.reason()).isEqualTo("enospc");
      assertThat(domain.status())
          .isEqualTo(new DomainStatus(DomainState.PAUSED, DomainStatus.Reason.IO_ERROR));

      Mounts.resize(storage, "128m");
      Heartbeat before = guest.heartbeats().getLast();
      domain.resume();
      guest.awaitNext(before);
      assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
      domain.destroy();
    } finally {
      connection.findDomain(guest.uuid()).ifPresent(Domain::destroy);
      Mounts.unmount(storage);
    }
  }

  @Test
  void savesAndRestoresTheSameMachine() {
    Domain domain = connection.createDomain(guest.xml());
    Heartbeat before = guest.awaitBoot();
    Path file = libvirt.directory().resolve("saved");
    domain.save(file.toString(), null);
    events.await(guest.uuid(), LifecycleDetail.STOPPED_SAVED);
    assertThat(connection.findDomain(guest.uuid())).isEmpty();
    connection.restore(file.toString(), null, Flags.Save.RUNNING);
    events.await(guest.uuid(), LifecycleDetail.STARTED_RESTORED);
    guest.awaitNext(before);
  }

  @Test
  void tellsThatQemuDied() {
    Domain domain = connection.createDomain(guest.xml());
    guest.awaitBoot();
    List<ProcessHandle> qemu =
        ProcessHandle.allProcesses()
            .filter(
                process ->
                    process.info().commandLine().orElse("").contains(guest.uuid().toString()))
            .toList();
    assertThat(qemu).hasSize(1);
    qemu.getFirst().destroyForcibly();
    events.await(guest.uuid(), LifecycleDetail.STOPPED_FAILED);
    assertThatThrownBy(domain::suspend).isInstanceOf(LibvirtException.class);
  }

  @Test
  void resetsAndTellsIt() {
    Domain domain = connection.createDomain(guest.xml());
    Heartbeat before = guest.awaitBoot();
    domain.reset();
    events.await(DomainEvent.Rebooted.class, guest.uuid(), event -> true);
    guest.await(
        "heartbeat of a new boot",
        Duration.ofMinutes(1),
        beat -> !beat.boot().equals(before.boot()));
  }
}

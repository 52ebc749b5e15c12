package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.libvirt.testing.TestGuest.Heartbeat;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.builders.Builders;
import org.ovirt.engine.sdk4.services.DiskService;
import org.ovirt.engine.sdk4.services.SystemService;
import org.ovirt.engine.sdk4.services.TemplateService;
import org.ovirt.engine.sdk4.types.Configuration;
import org.ovirt.engine.sdk4.types.ConfigurationType;
import org.ovirt.engine.sdk4.types.Disk;
import org.ovirt.engine.sdk4.types.DiskContentType;
import org.ovirt.engine.sdk4.types.DiskFormat;
import org.ovirt.engine.sdk4.types.DiskStatus;
import org.ovirt.engine.sdk4.types.Snapshot;
import org.ovirt.engine.sdk4.types.SnapshotStatus;
import org.ovirt.engine.sdk4.types.TemplateStatus;
import org.ovirt.engine.sdk4.types.VmStatus;
import org.w3c.dom.Element;

/** Machines that are saved and go on, and their disks, on a real host. */
@ExtendWith({SharedEngine.class, RealHosts.class})
@Timeout(600)
class SavedMachinesTest {
  private final EngineFixture engine;
  private final RealHost host;

  SavedMachinesTest(EngineFixture engine, RealHost host) {
    this.engine = engine;
    this.host = host;
  }

  private long memoryDisks(Connection connection, RealMachine machine) {
    String name = machine.get().name();
    return connection.systemService().disksService().list().send().disks().stream()
        .filter(disk -> disk.contentType() == DiskContentType.MEMORY_DUMP_VOLUME)
        .filter(disk -> disk.alias().startsWith(name))
        .count();
  }

  @Test
  void aSuspendedMachineGoesOnWhereItWas() throws Exception {
    try (Connection connection = engine.access().connect()) {
      RealMachine machine = RealMachine.from(connection, host, RealHost.TEMPLATE, "real-sleeper");
      machine.addDisk("real-pillow", DiskFormat.COW);
      assertThatThrownBy(() -> machine.service().suspend().send())
          .isInstanceOf(org.ovirt.engine.sdk4.Error.class)
          .hasMessageContaining("409");
      machine.start();
      Heartbeat before = machine.awaitBeat(1);

      machine.service().suspend().send();
      machine.await(VmStatus.SUSPENDED);
      assertThat(RealHost.processes(machine.id())).isEmpty();
      assertThat(machine.get().hostPresent()).isFalse();
      assertThat(memoryDisks(connection, machine)).isEqualTo(1);
      machine.service().start().send();
      machine.await(VmStatus.UP);
      Heartbeat after = machine.awaitBeat(before.count() + 1);
      assertThat(after.boot()).isEqualTo(before.boot());
      Await.until(
          "the memory is removed", () -> memoryDisks(connection, machine), count -> count == 0);

      machine.service().suspend().send();
      machine.await(VmStatus.SUSPENDED);
      machine.stop();
      Await.until(
          "the memory is removed", () -> memoryDisks(connection, machine), count -> count == 0);
      machine.remove();
    }
  }

  private Snapshot snapshot(RealMachine machine, String name, boolean memory) {
    String id =
        machine
            .service()
            .snapshotsService()
            .add()
            .snapshot(Builders.snapshot().description(name).persistMemorystate(memory))
            .send()
            .snapshot()
            .id();
    return await(machine, id, SnapshotStatus.OK);
  }

  private Snapshot await(RealMachine machine, String id, SnapshotStatus status) {
    return Await.until(
        "the snapshot is " + status,
        () ->
            machine.service().snapshotsService().list().send().snapshots().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(),
        found -> found.snapshotStatus() == status);
  }

  private void awaitRemoved(RealMachine machine, Snapshot snapshot) {
    Await.until(
        "the snapshot is removed",
        () -> machine.service().snapshotsService().list().send().snapshots(),
        left -> left.stream().noneMatch(each -> each.id().equals(snapshot.id())));
    machine.onlyDisk();
  }

  private void write(RealMachine machine, String text) {
    host.inGuest(
        machine.id(),
        "echo %s | dd of=/dev/vda bs=512 conv=sync 2>/dev/null; sync".formatted(text));
  }

  /** What the disk's image begins with, as a guest would see it. */
  private String content(RealMachine machine) {
    return host.firstLine(RealMachine.image(host, machine.onlyDisk()));
  }

  private void preview(RealMachine machine, Snapshot snapshot, boolean memory) {
    machine
        .service()
        .previewSnapshot()
        .snapshot(Builders.snapshot().id(snapshot.id()))
        .restoreMemory(memory)
        .send();
    await(machine, snapshot.id(), SnapshotStatus.IN_PREVIEW);
  }

  @Test
  void aMachineLooksBackAtASnapshotWithMemoryAndKeepsWhatItLikes() throws Exception {
    try (Connection connection = engine.access().connect()) {
      RealMachine machine = RealMachine.from(connection, host, RealHost.TEMPLATE, "real-poser");
      machine.addDisk("real-canvas", DiskFormat.COW);
      Heartbeat boot = machine.start();
      write(machine, "one");
      Snapshot first = snapshot(machine, "first", true);
      assertThat(first.persistMemorystate()).isTrue();
      assertThat(memoryDisks(connection, machine)).isEqualTo(1);
      machine.awaitBeat(boot.count() + 1);
      write(machine, "two");
      machine.stop();
      assertThat(content(machine)).isEqualTo("two");

      preview(machine, first, true);
      assertThat(machine.get().status()).isEqualTo(VmStatus.SUSPENDED);
      machine.service().start().send();
      machine.await(VmStatus.UP);
      assertThat(machine.awaitBeat(boot.count()).boot()).isEqualTo(boot.boot());
      assertThat(host.inGuest(machine.id(), "head -n 1 /dev/vda | grep -q one")).isZero();
      machine.stop();
      machine.service().undoSnapshot().send();
      await(machine, first.id(), SnapshotStatus.OK);
      machine.await(VmStatus.DOWN);
      assertThat(content(machine)).isEqualTo("two");

      preview(machine, first, false);
      assertThat(content(machine)).isEqualTo("one");
      machine.service().commitSnapshot().send();
      await(machine, first.id(), SnapshotStatus.OK);
      machine.await(VmStatus.DOWN);
      assertThat(content(machine)).isEqualTo("one");

      machine.start();
      host.inGuest(
          machine.id(),
          "( n=0; while [ $n -lt 400 ]; do n=$((n+1));"
              + " echo $n | dd of=/dev/vda bs=512 seek=$n conv=sync,fsync 2>/dev/null; done;"
              + " echo WRITTEN >/dev/ttyS0 ) >/dev/null 2>&1 &");
      machine.service().snapshotsService().snapshotService(first.id()).remove().send();
      awaitRemoved(machine, first);
      Await.until(
          "the guest has written",
          RealMachine.PATIENCE,
          () -> host.consoleOf(machine.id()),
          console -> console.contains("WRITTEN"));
      assertThat(host.domainXml(machine.id())).contains("<backingStore/>");
      assertThat(memoryDisks(connection, machine)).isZero();
      machine.stop();
      Disk disk = machine.onlyDisk();
      assertThat(host.imageInformation(RealMachine.image(host, disk))).doesNotContain("backing");
      assertThat(host.lines(RealMachine.image(host, disk), 401)).contains("one", "1", "77", "400");
      try (var files = Files.list(RealMachine.image(host, disk).getParent())) {
        assertThat(files.filter(file -> !file.toString().contains("."))).hasSize(1);
      }
      machine.remove();
    }
  }

  @Test
  void snapshotsInTheMiddleAreMergedOnStorage() throws Exception {
    try (Connection connection = engine.access().connect()) {
      RealMachine machine = RealMachine.from(connection, host, RealHost.TEMPLATE, "real-layers");
      machine.addDisk("real-onion", DiskFormat.COW);
      Path bottom = RealMachine.image(host, machine.onlyDisk());
      host.write(bottom, 1, 0);
      Snapshot first = snapshot(machine, "first", false);
      host.write(RealMachine.image(host, machine.onlyDisk()), 2, 1);
      Snapshot middle = snapshot(machine, "middle", false);
      host.write(RealMachine.image(host, machine.onlyDisk()), 3, 2);
      Snapshot last = snapshot(machine, "last", false);
      host.write(RealMachine.image(host, machine.onlyDisk()), 4, 2);
      assertThat(
              machine
                  .service()
                  .snapshotsService()
                  .snapshotService(first.id())
                  .disksService()
                  .list()
                  .send()
                  .disks())
          .singleElement()
          .satisfies(disk -> assertThat(disk.imageId()).isEqualTo(bottom.getFileName().toString()));

      machine.service().snapshotsService().snapshotService(middle.id()).remove().send();
      awaitRemoved(machine, middle);
      machine.await(VmStatus.DOWN);
      assertThat(host.patterns(RealMachine.image(host, machine.onlyDisk()), 3))
          .containsExactly(1, 2, 4);
      aMachineAndATemplateAreMadeOf(connection, machine, last);
      machine.service().snapshotsService().snapshotService(last.id()).restore().send();
      await(machine, last.id(), SnapshotStatus.OK);
      machine.await(VmStatus.DOWN);
      assertThat(host.patterns(RealMachine.image(host, machine.onlyDisk()), 3))
          .containsExactly(1, 2, 3);
      machine.service().snapshotsService().snapshotService(first.id()).restore().send();
      await(machine, first.id(), SnapshotStatus.OK);
      machine.await(VmStatus.DOWN);
      assertThat(host.patterns(RealMachine.image(host, machine.onlyDisk()), 3))
          .containsExactly(1, 0, 0);
      awaitRemoved(machine, last);
      machine.remove();
    }
  }

  /** The snapshot's disk has the patterns 1, 2, 3. */
  private void aMachineAndATemplateAreMadeOf(
      Connection connection, RealMachine machine, Snapshot snapshot) {
    SystemService system = connection.systemService();
    var kept = Builders.snapshot().id(snapshot.id());
    String twin =
        system
            .vmsService()
            .add()
            .vm(
                Builders.vm()
                    .name("real-twin")
                    .cluster(Builders.cluster().name(RealHost.NAME))
                    .snapshots(kept))
            .send()
            .vm()
            .id();
    RealMachine copy = RealMachine.of(connection, host, twin);
    copy.await(VmStatus.DOWN);
    assertThat(host.patterns(RealMachine.image(host, copy.onlyDisk()), 3)).containsExactly(1, 2, 3);
    copy.remove();

    String mould =
        system
            .templatesService()
            .add()
            .template(
                Builders.template()
                    .name("real-mould")
                    .vm(Builders.vm().id(machine.id()).snapshots(kept)))
            .send()
            .template()
            .id();
    TemplateService template = system.templatesService().templateService(mould);
    Await.until(
        "the template is made",
        () -> template.get().send().template().status(),
        TemplateStatus.OK::equals);
    String disk =
        template.diskAttachmentsService().list().send().attachments().getFirst().disk().id();
    assertThat(host.patterns(RealMachine.image(host, RealMachine.awaitDisk(connection, disk)), 3))
        .containsExactly(1, 2, 3);
    template.remove().send();
    machine.await(VmStatus.DOWN);
  }

  @Test
  void aDiskGrowsUnderItsGuestAndMovesWithItsSnapshots() throws Exception {
    try (Connection connection = engine.access().connect()) {
      RealMachine machine = RealMachine.from(connection, host, RealHost.TEMPLATE, "real-mover");
      machine.addDisk("real-piano", DiskFormat.COW);
      host.write(RealMachine.image(host, machine.onlyDisk()), 5, 0);
      Snapshot kept = snapshot(machine, "kept", false);
      host.write(RealMachine.image(host, machine.onlyDisk()), 6, 1);
      machine.start();
      long larger = RealMachine.DISK_SIZE + (32L << 20);
      machine
          .service()
          .diskAttachmentsService()
          .attachmentService(machine.onlyDisk().id())
          .update()
          .diskAttachment(Builders.diskAttachment().disk(Builders.disk().provisionedSize(larger)))
          .send();
      assertThat(machine.onlyDisk().provisionedSize()).isEqualTo(BigInteger.valueOf(larger));
      assertThat(
              host.inGuest(
                  machine.id(), "grep -q '^%d$' /sys/block/vda/size".formatted(larger / 512)))
          .isZero();
      DiskService service =
          connection.systemService().disksService().diskService(machine.onlyDisk().id());
      String home = machine.onlyDisk().storageDomains().getFirst().id();
      String other = host.addStorage(connection, "real-second");
      Path live = host.storage("real-second", aDiskMovesUnderItsGuest(machine, service, other));
      assertThat(live.getParent()).exists();

      Disk moved = move(service, home);
      Await.until("its old place is empty", () -> Files.exists(live.getParent()), no -> !no);
      Path after = RealMachine.image(host, moved);
      assertThat(host.patterns(after, 3)).containsExactly(5, 6, 0);
      service.sparsify().send();
      machine.onlyDisk();
      assertThat(host.patterns(after, 3)).containsExactly(5, 6, 0);
      machine.service().snapshotsService().snapshotService(kept.id()).restore().send();
      await(machine, kept.id(), SnapshotStatus.OK);
      machine.await(VmStatus.DOWN);
      assertThat(machine.onlyDisk().provisionedSize())
          .isEqualTo(BigInteger.valueOf(RealMachine.DISK_SIZE));
      assertThat(host.patterns(RealMachine.image(host, machine.onlyDisk()), 3))
          .containsExactly(5, 0, 0);
      aMachineIsPackedIntoAFile(machine);
      aMachineComesBackWithItsDisk(connection, machine);
    }
  }

  private void aMachineIsPackedIntoAFile(RealMachine machine) throws Exception {
    Disk disk = machine.onlyDisk();
    Path directory = Files.createDirectories(host.storage().resolveSibling("appliances"));
    machine
        .service()
        .exportToPathOnHost()
        .host(Builders.host().name(RealHost.NAME))
        .directory(directory.toString())
        .filename("mover.ova")
        .send();
    machine.await(VmStatus.DOWN);
    assertThat(host.unpack(directory.resolve("mover.ova")))
        .containsExactly("vm.ovf", disk.imageId());
    Path image = directory.resolve(disk.imageId());
    assertThat(host.check(image)).contains("No errors");
    assertThat(host.imageInformation(image)).contains("qcow2").doesNotContain("backing");
    host.compareImages(image, RealMachine.image(host, disk));
    Element envelope =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(directory.resolve("vm.ovf").toFile())
            .getDocumentElement();
    assertThat(envelope.getElementsByTagName("Name").item(0).getTextContent())
        .isEqualTo("real-mover");
    assertThat(envelope.getElementsByTagName("File").item(0).getAttributes())
        .extracting(all -> all.getNamedItem("ovf:href").getNodeValue())
        .isEqualTo(disk.imageId());
    assertThat(envelope.getTextContent()).contains("128 MB of memory", "1 virtual cpu");
  }

  /** As backup programs restore it: from its own description, with a disk that is there. */
  private void aMachineComesBackWithItsDisk(Connection connection, RealMachine machine) {
    Disk disk = machine.onlyDisk();
    Configuration kept =
        machine.service().get().allContent(true).send().vm().initialization().configuration();
    machine.service().remove().detachOnly(true).send();
    Await.until(
        "the machine is gone",
        () -> connection.systemService().vmsService().list().search("name=real-mover").send().vms(),
        List::isEmpty);
    String id =
        connection
            .systemService()
            .vmsService()
            .add()
            .vm(
                Builders.vm()
                    .name("real-returned")
                    .cluster(Builders.cluster().name(RealHost.NAME))
                    .initialization(
                        Builders.initialization()
                            .configuration(
                                Builders.configuration()
                                    .type(ConfigurationType.OVF)
                                    .data(kept.data()))))
            .send()
            .vm()
            .id();
    assertThat(id).isEqualTo(machine.id());
    assertThat(machine.get().name()).isEqualTo("real-returned");
    assertThat(machine.get().os().cmdline()).contains("ttyS0");
    assertThat(machine.onlyDisk().id()).isEqualTo(disk.id());
    machine.remove();
  }

  private static Disk move(DiskService service, String domain) {
    service.move().storageDomain(Builders.storageDomain().id(domain)).send();
    return Await.until(
        "the disk has moved",
        RealMachine.PATIENCE,
        () -> service.get().send().disk(),
        disk ->
            disk.status() == DiskStatus.OK && disk.storageDomains().getFirst().id().equals(domain));
  }

  /** The guest writes all the time, and finds every word when it is over; the machine is down. */
  private Disk aDiskMovesUnderItsGuest(RealMachine machine, DiskService service, String domain) {
    Path before = RealMachine.image(host, machine.onlyDisk());
    String home = machine.onlyDisk().storageDomains().getFirst().id();
    host.inGuest(
        machine.id(),
        "( n=0; while [ ! -e /tmp/enough ]; do n=$((n+1));"
            + " echo $n | dd of=/dev/vda bs=512 seek=$((8192+n)) conv=sync,fsync 2>/dev/null;"
            + " done; echo WROTE $n END >/dev/ttyS0 ) >/dev/null 2>&1 &");
    Disk moved = move(service, domain);
    assertThat(before.getParent()).doesNotExist();
    assertThat(machine.service().snapshotsService().list().send().snapshots())
        .noneMatch(each -> each.description().contains("Auto-generated"));
    assertThat(host.domainXml(machine.id()))
        .contains("%s/images/%s/%s'".formatted(domain, moved.id(), moved.imageId()))
        .contains("domainID>" + domain)
        .doesNotContain("%s/images/%s".formatted(home, moved.id()))
        .doesNotContain("<mirror");
    host.inGuest(machine.id(), "touch /tmp/enough");
    String console =
        Await.until(
            "the guest has written",
            RealMachine.PATIENCE,
            () -> host.consoleOf(machine.id()),
            text -> text.matches("(?s).*WROTE \\d+ END.*"));
    int written = Integer.parseInt(console.replaceAll("(?s).*WROTE (\\d+) END.*", "$1"));
    machine.stop();
    List<String> lines = host.lines(host.storage("real-second", moved), 8193 + written);
    assertThat(lines.subList(8193, 8193 + written))
        .isEqualTo(IntStream.rangeClosed(1, written).mapToObj(String::valueOf).toList());
    return moved;
  }
}

package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ovirt.engine.sdk4.builders.Builders.cluster;
import static org.ovirt.engine.sdk4.builders.Builders.disk;
import static org.ovirt.engine.sdk4.builders.Builders.diskAttachment;
import static org.ovirt.engine.sdk4.builders.Builders.nic;
import static org.ovirt.engine.sdk4.builders.Builders.storageDomain;
import static org.ovirt.engine.sdk4.builders.Builders.template;
import static org.ovirt.engine.sdk4.builders.Builders.vm;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.services.SystemService;
import org.ovirt.engine.sdk4.services.VmService;
import org.ovirt.engine.sdk4.types.Disk;
import org.ovirt.engine.sdk4.types.DiskAttachment;
import org.ovirt.engine.sdk4.types.DiskFormat;
import org.ovirt.engine.sdk4.types.DiskInterface;
import org.ovirt.engine.sdk4.types.DiskStatus;
import org.ovirt.engine.sdk4.types.Vm;
import org.ovirt.engine.sdk4.types.VmStatus;

/** The life of a machine on real libvirt and QEMU, through the SDK. */
@Timeout(300)
@ExtendWith({SharedEngine.class, RealHosts.class})
class RealHostTest {
  private static final long SIZE = 64L << 20;

  private final EngineFixture engine;
  private final RealHost host;

  RealHostTest(EngineFixture engine, RealHost host) {
    this.engine = engine;
    this.host = host;
  }

  private Disk awaitDisk(SystemService system, DiskAttachment attachment) {
    return Await.until(
        "the disk is made",
        () -> system.disksService().diskService(attachment.disk().id()).get().send().disk(),
        found -> found.status() == DiskStatus.OK);
  }

  private Path image(Disk disk) {
    return host.storage()
        .resolve(disk.storageDomains().getFirst().id())
        .resolve("images")
        .resolve(disk.id())
        .resolve(disk.imageId());
  }

  @Test
  void aMachineWithADiskAndANicRunsInQemu() throws Exception {
    try (Connection connection = engine.access().connect()) {
      SystemService system = connection.systemService();
      Vm added =
          system
              .vmsService()
              .add()
              .vm(
                  vm().name("real-life")
                      .cluster(cluster().name(RealHost.NAME))
                      .template(template().name(RealHost.TEMPLATE)))
              .send()
              .vm();
      VmService machine = system.vmsService().vmService(added.id());
      Await.until("it is made", () -> machine.get().send().vm().status(), VmStatus.DOWN::equals);
      DiskAttachment attachment =
          machine
              .diskAttachmentsService()
              .add()
              .attachment(
                  diskAttachment()
                      .interface_(DiskInterface.VIRTIO)
                      .bootable(true)
                      .active(true)
                      .disk(
                          disk()
                              .name("real-life-disk")
                              .format(DiskFormat.COW)
                              .provisionedSize(SIZE)
                              .storageDomains(storageDomain().name(RealHost.NAME))))
              .send()
              .attachment();
      Path image = image(awaitDisk(system, attachment));
      assertThat(host.imageInformation(image))
          .contains("file format: qcow2")
          .contains("virtual size: 64 MiB");
      String mac =
          machine
              .nicsService()
              .add()
              .nic(nic().name("nic1").vnicProfile(host.profile(connection)))
              .send()
              .nic()
              .mac()
              .address();

      machine.start().send();
      Await.until("it is up", () -> machine.get().send().vm().status(), VmStatus.UP::equals);
      assertThat(RealHost.processes(added.id())).hasSize(1);
      assertThat(host.domainXml(added.id()))
          .contains(attachment.disk().id())
          .contains(mac)
          .contains("bridge='ovirtmgmt'");
      Await.until("its heart beats", () -> host.heartbeats(added.id()), beats -> beats.size() >= 2);

      machine.stop().send();
      Await.until("it is down", () -> machine.get().send().vm().status(), VmStatus.DOWN::equals);
      assertThat(host.domains()).doesNotContain(added.id());
      assertThat(RealHost.processes(added.id())).isEmpty();
      machine.remove().send();
      Await.until("its image is gone", image::toFile, file -> !file.exists());
    }
  }
}

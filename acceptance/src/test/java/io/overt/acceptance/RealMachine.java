package io.overt.acceptance;

import static org.ovirt.engine.sdk4.builders.Builders.cluster;
import static org.ovirt.engine.sdk4.builders.Builders.disk;
import static org.ovirt.engine.sdk4.builders.Builders.diskAttachment;
import static org.ovirt.engine.sdk4.builders.Builders.nic;
import static org.ovirt.engine.sdk4.builders.Builders.operatingSystem;
import static org.ovirt.engine.sdk4.builders.Builders.storageDomain;
import static org.ovirt.engine.sdk4.builders.Builders.template;
import static org.ovirt.engine.sdk4.builders.Builders.vm;

import io.overt.libvirt.testing.TestGuest.Heartbeat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.services.SystemService;
import org.ovirt.engine.sdk4.services.VmService;
import org.ovirt.engine.sdk4.types.Disk;
import org.ovirt.engine.sdk4.types.DiskAttachment;
import org.ovirt.engine.sdk4.types.DiskFormat;
import org.ovirt.engine.sdk4.types.DiskInterface;
import org.ovirt.engine.sdk4.types.DiskStatus;
import org.ovirt.engine.sdk4.types.Nic;
import org.ovirt.engine.sdk4.types.Vm;
import org.ovirt.engine.sdk4.types.VmStatus;

/** A machine on the {@link RealHost}, handled through the SDK. */
final class RealMachine {
  static final long DISK_SIZE = 64L << 20;

  /** An emulated guest boots slowly where others want the processors too. */
  static final Duration PATIENCE = Duration.ofSeconds(150);

  private final Connection connection;
  private final RealHost host;
  private final String id;

  private RealMachine(Connection connection, RealHost host, String id) {
    this.connection = connection;
    this.host = host;
    this.id = id;
  }

  /** A new one, down, with all that a template has. */
  static RealMachine from(Connection connection, RealHost host, String template, String name) {
    Vm added =
        connection
            .systemService()
            .vmsService()
            .add()
            .vm(
                vm().name(name)
                    .cluster(cluster().name(RealHost.NAME))
                    .template(template().name(template)))
            .send()
            .vm();
    RealMachine machine = new RealMachine(connection, host, added.id());
    machine.await(VmStatus.DOWN);
    return machine;
  }

  /** One that is there. */
  static RealMachine of(Connection connection, RealHost host, String id) {
    return new RealMachine(connection, host, id);
  }

  String id() {
    return id;
  }

  VmService service() {
    return connection.systemService().vmsService().vmService(id);
  }

  Vm get() {
    return service().get().send().vm();
  }

  void await(VmStatus status) {
    Await.until("it is " + status, PATIENCE, () -> get().status(), status::equals);
  }

  /** Adds words to what the guest's kernel is told. */
  void tell(String words) {
    String before = get().os().cmdline();
    service().update().vm(vm().os(operatingSystem().cmdline(before + " " + words))).send();
  }

  /** Gives it a new disk. */
  Disk addDisk(String name, DiskFormat format) {
    DiskAttachment attachment =
        service()
            .diskAttachmentsService()
            .add()
            .attachment(
                diskAttachment()
                    .interface_(DiskInterface.VIRTIO)
                    .bootable(false)
                    .active(true)
                    .disk(
                        disk()
                            .name(name)
                            .format(format)
                            .sparse(format == DiskFormat.COW)
                            .provisionedSize(DISK_SIZE)
                            .storageDomains(storageDomain().name(RealHost.NAME))))
            .send()
            .attachment();
    return awaitDisk(connection, attachment.disk().id());
  }

  static Disk awaitDisk(Connection connection, String disk) {
    SystemService system = connection.systemService();
    return Await.until(
        "the disk is made",
        () -> system.disksService().diskService(disk).get().send().disk(),
        found -> found.status() == DiskStatus.OK);
  }

  /** Its only disk. */
  Disk onlyDisk() {
    List<DiskAttachment> all = service().diskAttachmentsService().list().send().attachments();
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " disks instead of one");
    }
    return awaitDisk(connection, all.getFirst().disk().id());
  }

  /** The file behind a disk. */
  static Path image(RealHost host, Disk disk) {
    return host.storage()
        .resolve(disk.storageDomains().getFirst().id())
        .resolve("images")
        .resolve(disk.id())
        .resolve(disk.imageId());
  }

  /** Gives it a NIC on one of the host's networks. */
  Nic addNic(String name, String network) {
    return service()
        .nicsService()
        .add()
        .nic(nic().name(name).vnicProfile(host.profile(connection, network)))
        .send()
        .nic();
  }

  /** Starts it and waits until guest and engine say that it is up. */
  Heartbeat start() {
    service().start().send();
    await(VmStatus.UP);
    return awaitBeat(0);
  }

  /** The first heartbeat of the current boot that counts more than this. */
  Heartbeat awaitBeat(int after) {
    return Await.until(
            "its heart beats",
            PATIENCE,
            () -> host.heartbeats(id),
            beats -> !beats.isEmpty() && beats.getLast().count() > after)
        .getLast();
  }

  void stop() {
    service().stop().send();
    await(VmStatus.DOWN);
  }

  void remove() {
    service().remove().send();
  }
}

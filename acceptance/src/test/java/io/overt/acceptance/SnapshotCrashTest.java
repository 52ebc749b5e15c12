package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ovirt.engine.sdk4.builders.Builders.disk;
import static org.ovirt.engine.sdk4.builders.Builders.diskAttachment;
import static org.ovirt.engine.sdk4.builders.Builders.host;
import static org.ovirt.engine.sdk4.builders.Builders.hostStorage;
import static org.ovirt.engine.sdk4.builders.Builders.storageDomain;

import io.overt.agent.simulated.Latency;
import io.overt.agent.simulated.SimulatedTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.builders.Builders;
import org.ovirt.engine.sdk4.services.SystemService;
import org.ovirt.engine.sdk4.services.VmService;
import org.ovirt.engine.sdk4.types.Disk;
import org.ovirt.engine.sdk4.types.DiskFormat;
import org.ovirt.engine.sdk4.types.DiskInterface;
import org.ovirt.engine.sdk4.types.DiskStatus;
import org.ovirt.engine.sdk4.types.Snapshot;
import org.ovirt.engine.sdk4.types.SnapshotStatus;
import org.ovirt.engine.sdk4.types.StorageDomainStatus;
import org.ovirt.engine.sdk4.types.StorageDomainType;
import org.ovirt.engine.sdk4.types.StorageType;
import org.ovirt.engine.sdk4.types.VmStatus;

/**
 * The engine dies while one machine is suspended, one photographed, one merged, and the disk of one
 * moved.
 */
@Timeout(400)
class SnapshotCrashTest {

  /** Merges take two seconds: the engine dies in the middle. */
  private static final SimulatedTimes SLOW_MERGES =
      new SimulatedTimes(
          Latency.millis(20, 100),
          Latency.millis(100, 100),
          Latency.millis(2000, 2000),
          Duration.ofSeconds(30));

  private record Machine(String id, String disk) {
    VmService service(Connection connection) {
      return connection.systemService().vmsService().vmService(id);
    }

    Disk disk(Connection connection) {
      return Await.until(
          "the disk is ok",
          () -> connection.systemService().disksService().diskService(disk).get().send().disk(),
          found -> found.status() == DiskStatus.OK);
    }

    void await(Connection connection, VmStatus status) {
      Await.until(
          "it is " + status, () -> service(connection).get().send().vm().status(), status::equals);
    }

    List<Snapshot> snapshots(Connection connection) {
      return service(connection).snapshotsService().list().send().snapshots();
    }

    Snapshot snapshot(Connection connection, String name) {
      return service(connection)
          .snapshotsService()
          .add()
          .snapshot(Builders.snapshot().description(name).persistMemorystate(false))
          .send()
          .snapshot();
    }

    void awaitSnapshot(Connection connection, String snapshot) {
      Await.until(
          "the snapshot is ok",
          () -> snapshots(connection),
          all ->
              all.stream()
                  .anyMatch(
                      each ->
                          each.id().equals(snapshot)
                              && each.snapshotStatus() == SnapshotStatus.OK));
    }
  }

  @Test
  void aKilledEngineGoesOnWithWhatItsHostsWereDoing() throws Exception {
    Path state = EngineFixture.temporaryDirectory();
    int port = EngineFixture.freePort();
    HostFarm farm = null;
    try {
      Machine sleeper;
      Machine poser;
      Machine merged;
      Machine mover;
      String attic;
      String taken;
      String removed;
      String base;
      EngineProcess first = EngineProcess.start(state, port);
      try (Connection connection = first.access().connect()) {
        farm = HostFarm.register(first.access(), "photo", "Default", 1, SLOW_MERGES);
        addStorage(connection.systemService(), "album");
        attic = addStorage(connection.systemService(), "attic");
        mover = machine(connection, "crash-mover");
        sleeper = machine(connection, "crash-sleeper");
        poser = machine(connection, "crash-poser");
        merged = machine(connection, "crash-merged");
        base = merged.disk(connection).imageId();
        removed = merged.snapshot(connection, "gone").id();
        merged.awaitSnapshot(connection, removed);
        merged.service(connection).snapshotsService().snapshotService(removed).remove().send();
        connection
            .systemService()
            .disksService()
            .diskService(mover.disk())
            .move()
            .storageDomain(storageDomain().id(attic))
            .send();
        taken = poser.snapshot(connection, "kept").id();
        sleeper.service(connection).suspend().send();
      } finally {
        first.kill();
      }
      try (EngineProcess second = EngineProcess.start(state, port);
          Connection connection = second.access().connect()) {
        sleeper.await(connection, VmStatus.SUSPENDED);
        poser.awaitSnapshot(connection, taken);
        Disk written = poser.disk(connection);
        String domain = farm.hosts().host(0).hypervisor().xml(UUID.fromString(poser.id()));
        assertThat(domain).contains("/" + written.imageId());
        Await.until(
            "the snapshot is removed",
            () -> merged.snapshots(connection),
            all -> all.stream().noneMatch(each -> each.id().equals(removed)));
        assertThat(merged.disk(connection).imageId()).isEqualTo(base);
        assertThat(farm.hosts().host(0).hypervisor().xml(UUID.fromString(merged.id())))
            .contains("/" + base);
        assertThat(merged.service(connection).get().send().vm().status()).isEqualTo(VmStatus.UP);
        Disk moved = mover.disk(connection);
        assertThat(moved.storageDomains().getFirst().id()).isEqualTo(attic);
        assertThat(mover.snapshots(connection)).hasSize(1);
        assertThat(farm.hosts().host(0).hypervisor().xml(UUID.fromString(mover.id())))
            .contains("%s/images/%s/%s".formatted(attic, moved.id(), moved.imageId()));
        sleeper.service(connection).start().send();
        sleeper.await(connection, VmStatus.UP);
      }
    } finally {
      if (farm != null) {
        farm.close();
      }
    }
    EngineFixture.delete(state);
  }

  private static String addStorage(SystemService system, String name) {
    String id =
        system
            .storageDomainsService()
            .add()
            .storageDomain(
                storageDomain()
                    .name(name)
                    .type(StorageDomainType.DATA)
                    .host(host().name("photo-0"))
                    .storage(
                        hostStorage().type(StorageType.NFS).address("nas").path("/export/" + name)))
            .send()
            .storageDomain()
            .id();
    String center = system.dataCentersService().list().send().dataCenters().getFirst().id();
    var attached = system.dataCentersService().dataCenterService(center).storageDomainsService();
    attached.add().storageDomain(storageDomain().id(id)).send();
    Await.until(
        "the storage domain is active",
        () -> attached.storageDomainService(id).get().send().storageDomain().status(),
        StorageDomainStatus.ACTIVE::equals);
    return id;
  }

  /** One that is up. */
  private static Machine machine(Connection connection, String name) {
    SystemService system = connection.systemService();
    String id = system.vmsService().add().vm(SdkVmTest.diskless(name)).send().vm().id();
    VmService service = system.vmsService().vmService(id);
    String disk =
        service
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
                            .format(DiskFormat.COW)
                            .provisionedSize(1L << 20)
                            .storageDomains(storageDomain().name("album"))))
            .send()
            .attachment()
            .disk()
            .id();
    Machine made = new Machine(id, disk);
    made.disk(connection);
    service.start().send();
    made.await(connection, VmStatus.UP);
    return made;
  }
}

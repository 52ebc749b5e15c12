package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Storage on a real file system with the real qemu-img. */
@Timeout(60)
class StorageTest {

  private static final long MIB = 1024 * 1024;
  private static final String BLANK = "00000000-0000-0000-0000-000000000000";

  private final String pool = UUID.randomUUID().toString();
  private final String domain = UUID.randomUUID().toString();
  private final String image = UUID.randomUUID().toString();
  private final String volume = UUID.randomUUID().toString();
  @TempDir private Path directory;
  private SimulatedAgent agent;
  private Engine engine;
  private Path export;

  @BeforeEach
  void start() throws IOException {
    export = Files.createDirectory(directory.resolve("my_export"));
    agent = SimulatedAgent.instant(directory);
    engine = agent.engine;
    connect();
    engine.call(
        "StorageDomain.create",
        Map.of(
            "storagedomainID",
            domain,
            "domainType",
            4,
            "typeArgs",
            export.toString(),
            "name",
            "data",
            "domainClass",
            1,
            "version",
            5));
    engine.call(
        "StoragePool.create",
        Map.of(
            "storagepoolID",
            pool,
            "name",
            "dc",
            "masterSdUUID",
            domain,
            "masterVersion",
            1,
            "domainList",
            List.of(domain)));
    engine.call(
        "StoragePool.connect",
        Map.of(
            "storagepoolID",
            pool,
            "hostID",
            1,
            "scsiKey",
            pool,
            "masterSdUUID",
            domain,
            "masterVersion",
            1));
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  private void connect() {
    assertThat(
            engine.list(
                "StoragePool.connectStorageServer",
                Map.of(
                    "storagepoolID",
                    BLANK,
                    "domainType",
                    4,
                    "connectionParams",
                    List.of(Map.of("id", domain, "connection", export.toString())))))
        .isEqualTo(List.of(Map.of("id", domain, "status", 0)));
  }

  private Map<String, Object> address(String image, String volume) {
    return Map.of(
        "storagepoolID", pool, "storagedomainID", domain, "imageID", image, "volumeID", volume);
  }

  private Map<String, Object> newVolume(String image, String volume, Object format, long size) {
    Map<String, Object> call = new LinkedHashMap<>(address(image, volume));
    call.putAll(
        Map.of(
            "size",
            Long.toString(size),
            "volFormat",
            format,
            "preallocate",
            2,
            "diskType",
            "DATA",
            "desc",
            "{\"DiskAlias\":\"d\"}",
            "srcImgUUID",
            BLANK,
            "srcVolUUID",
            BLANK));
    return call;
  }

  private void create(String image, String volume, Object format, long size) {
    engine.finish(engine.call("Volume.create", newVolume(image, volume, format, size)));
  }

  private Path file(String image, String volume) {
    return export.resolve(domain).resolve("images").resolve(image).resolve(volume);
  }

  @Test
  void aDomainHasVdsmsLayout() throws IOException {
    Path metadata = export.resolve(domain).resolve("dom_md/metadata");
    assertThat(metadata).isRegularFile();
    assertThat(Files.readAllLines(metadata))
        .contains("CLASS=Data", "ROLE=Master", "VERSION=5", "TYPE=LOCALFS", "SDUUID=" + domain)
        .anyMatch(line -> line.matches("_SHA_CKSUM=[0-9a-f]{40}"));
    assertThat(engine.object("StorageDomain.getInfo", Map.of("storagedomainID", domain)))
        .containsEntry("pool", List.of(pool))
        .containsEntry("role", "Master");
    assertThat(directory.resolve("data-center/mnt")).isDirectory();
    assertThat(
            Files.isSymbolicLink(
                directory
                    .resolve("data-center/mnt")
                    .resolve(export.toString().replace("_", "__").replace('/', '_'))))
        .isTrue();
  }

  @Test
  void volumesAreFilesThatQemuReads() throws IOException {
    create(image, volume, 4, 64 * MIB);

    assertThat(file(image, volume)).isRegularFile();
    assertThat(Path.of(file(image, volume) + ".meta")).content().endsWith("EOF\n");
    assertThat(Path.of(file(image, volume) + ".lease")).exists();
    assertThat(new String(Files.readAllBytes(file(image, volume)), 0, 3)).isEqualTo("QFI");
    assertThat(engine.object("Volume.getInfo", address(image, volume)))
        .containsEntry("format", "COW")
        .containsEntry("capacity", Long.toString(64 * MIB))
        .containsEntry("voltype", "LEAF")
        .containsEntry("legality", "LEGAL")
        .containsEntry("parent", BLANK);
    String path = (String) engine.object("Image.prepare", address(image, volume)).get("path");
    assertThat(Files.isSameFile(Path.of(path), file(image, volume))).isTrue();
  }

  @Test
  void sizesAndFormatsAreAcceptedInBothSpellings() throws IOException {
    create(image, volume, "RAW", MIB + 1);
    assertThat(Files.size(file(image, volume))).isEqualTo(MIB + 512);
    assertThat(engine.object("Volume.getInfo", address(image, volume)))
        .containsEntry("format", "RAW");
  }

  @Test
  void aThinDiskBuildsOnItsTemplateAndOutlivesIt() throws IOException {
    create(image, volume, 5, 4 * MIB);
    Files.write(file(image, volume), new byte[] {1, 2, 3});
    String disk = UUID.randomUUID().toString();
    String leaf = UUID.randomUUID().toString();
    Map<String, Object> call = newVolume(disk, leaf, 4, 4 * MIB);
    call.put("srcImgUUID", image);
    call.put("srcVolUUID", volume);
    engine.finish(engine.call("Volume.create", call));

    assertThat(engine.object("Volume.getInfo", address(disk, leaf)))
        .containsEntry("parent", volume);
    assertThat(engine.object("Volume.getInfo", address(image, volume)))
        .containsEntry("voltype", "SHARED");
    assertThat(engine.object("Volume.getInfo", address(disk, volume)))
        .containsEntry("children", List.of(leaf));

    engine.finish(
        engine.call(
            "Image.delete",
            Map.of(
                "imageID",
                image,
                "storagepoolID",
                pool,
                "storagedomainID",
                domain,
                "postZero",
                "false",
                "force",
                "false")));
    assertThat(file(image, volume)).doesNotExist();
    assertThat(Files.readAllBytes(file(disk, volume))[0]).isEqualTo((byte) 1);
  }

  @Test
  void aCopyShowsWhatItsSourceShows() throws IOException {
    create(image, volume, 5, MIB);
    byte[] content = new byte[(int) MIB];
    content[4096] = 42;
    Files.write(file(image, volume), content);
    String copyImage = UUID.randomUUID().toString();
    String copy = UUID.randomUUID().toString();
    Map<String, Object> call = new LinkedHashMap<>(address(image, volume));
    call.putAll(
        Map.of(
            "dstSdUUID",
            domain,
            "dstImgUUID",
            copyImage,
            "dstVolUUID",
            copy,
            "desc",
            "",
            "volType",
            6,
            "volFormat",
            5,
            "preallocate",
            2,
            "postZero",
            "false",
            "force",
            "false"));
    engine.finish(engine.call("Volume.copy", call));

    assertThat(Files.readAllBytes(file(copyImage, copy))).isEqualTo(content);
    assertThat(engine.object("Volume.getInfo", address(copyImage, copy)))
        .containsEntry("voltype", "SHARED")
        .containsEntry("capacity", Long.toString(MIB));
  }

  @Test
  void volumesGrowAndNeverShrink() {
    create(image, volume, 4, MIB);
    Map<String, Object> call = new LinkedHashMap<>(address(image, volume));
    call.put("newSize", Long.toString(2 * MIB));
    engine.finish(engine.call("Volume.extendSize", call));
    assertThat(engine.object("Volume.getInfo", address(image, volume)))
        .containsEntry("capacity", Long.toString(2 * MIB));
    call.put("newSize", Long.toString(MIB));
    assertThat(engine.failure("Volume.extendSize", call)).isEqualTo(232);
  }

  @Test
  void aVolumeExistsOnce() {
    create(image, volume, 4, MIB);
    assertThat(engine.failure("Volume.create", newVolume(image, volume, 4, MIB))).isEqualTo(212);
    assertThat(engine.failure("Volume.getInfo", address(image, image))).isEqualTo(201);
    assertThat(engine.failure("Volume.create", newVolume(image, image, 9, MIB))).isEqualTo(-32602);
  }

  @Test
  void aTaskThatFailsTellsWhyAndLeavesNothing() throws IOException {
    create(image, volume, 4, MIB);
    Files.write(file(image, volume), new byte[] {0});
    Map<String, Object> call = new LinkedHashMap<>(address(image, volume));
    String copyImage = UUID.randomUUID().toString();
    String copy = UUID.randomUUID().toString();
    call.putAll(
        Map.of(
            "dstSdUUID",
            domain,
            "dstImgUUID",
            copyImage,
            "dstVolUUID",
            copy,
            "volType",
            8,
            "volFormat",
            5,
            "preallocate",
            2));
    Object task = engine.call("Volume.copy", call);

    assertThat(engine.await(task))
        .containsEntry("taskState", "finished")
        .containsEntry("taskResult", "cleanSuccess")
        .containsEntry("code", 225);
    assertThat(engine.object("Host.getAllTasksStatuses", Map.of())).containsKey((String) task);
    assertThat(file(copyImage, copy)).doesNotExist();
    engine.call("Task.clear", Map.of("taskID", task));
    assertThat(engine.failure("Task.getStatus", Map.of("taskID", task))).isEqualTo(401);
  }

  @Test
  void thePoolIsManagedByWhomeverTheEngineAsks() {
    engine.finish(
        engine.call(
            "StoragePool.spmStart",
            Map.of(
                "storagepoolID",
                pool,
                "prevID",
                -1,
                "prevLver",
                "-1",
                "enableScsiFencing",
                "false")));
    assertThat(engine.object("StoragePool.getSpmStatus", Map.of("storagepoolID", pool)))
        .containsEntry("spmStatus", "SPM")
        .containsEntry("spmId", 1L);
    engine.call("StoragePool.spmStop", Map.of("storagepoolID", pool));
    assertThat(engine.object("StoragePool.getSpmStatus", Map.of("storagepoolID", pool)))
        .containsEntry("spmStatus", "Free");
  }

  @Test
  void poolsAndDomainsAreFoundAgainByARestartedAgent() {
    agent.stop();
    agent.start();
    assertThat(engine.object("StoragePool.getInfo", Map.of("storagepoolID", pool)))
        .containsKeys("info", "dominfo");
    assertThat(String.valueOf(engine.object("Host.getStats", Map.of()).get("storageDomains")))
        .contains(domain)
        .contains("valid=true");
  }

  @Test
  void domainsAttachActivateAndLeave() throws IOException {
    String second = UUID.randomUUID().toString();
    Map<String, Object> member = Map.of("storagedomainID", second, "storagepoolID", pool);
    engine.call(
        "StorageDomain.create",
        Map.of(
            "storagedomainID",
            second,
            "domainType",
            "4",
            "typeArgs",
            export.toString(),
            "name",
            "more",
            "domainClass",
            "1"));
    engine.call("StorageDomain.attach", member);
    assertThat(status(second)).isEqualTo("Attached");
    engine.call("StorageDomain.activate", member);
    assertThat(status(second)).isEqualTo("Active");
    assertThat(engine.failure("StorageDomain.format", Map.of("storagedomainID", second)))
        .isEqualTo(391);
    engine.call("StorageDomain.deactivate", member);
    engine.call("StorageDomain.detach", member);
    engine.call("StorageDomain.format", Map.of("storagedomainID", second));
    assertThat(export.resolve(second)).doesNotExist();
    assertThat(
            engine.failure(
                "StorageDomain.detach", Map.of("storagedomainID", domain, "storagepoolID", pool)))
        .isEqualTo(383);
    engine.call("StoragePool.destroy", Map.of("storagepoolID", pool));
    assertThat(engine.failure("StoragePool.getInfo", Map.of("storagepoolID", pool))).isEqualTo(309);
  }

  @SuppressWarnings("unchecked")
  private Object status(String domain) {
    Map<String, Object> members =
        (Map<String, Object>)
            engine.object("StoragePool.getInfo", Map.of("storagepoolID", pool)).get("dominfo");
    return ((Map<String, Object>) members.get(domain)).get("status");
  }

  @Test
  void aServerThatIsNotThereHasAStatusOfItsOwn() {
    assertThat(
            engine.list(
                "StoragePool.connectStorageServer",
                Map.of(
                    "storagepoolID",
                    BLANK,
                    "domainType",
                    4,
                    "connectionParams",
                    List.of(
                        Map.of("id", image, "connection", directory + "/absent"),
                        Map.of("id", domain, "connection", export.toString())))))
        .isEqualTo(List.of(Map.of("id", image, "status", 451), Map.of("id", domain, "status", 0)));
  }

  @Test
  void aGuestGetsThePathOfItsDisk() {
    create(image, volume, 4, MIB);
    UUID id = UUID.randomUUID();
    String metadata =
        """
        <ovirt-vm:device devtype="disk" name="vda">
          <ovirt-vm:poolID>%s</ovirt-vm:poolID>
          <ovirt-vm:domainID>%s</ovirt-vm:domainID>
          <ovirt-vm:imageID>%s</ovirt-vm:imageID>
          <ovirt-vm:volumeID>%s</ovirt-vm:volumeID>
        </ovirt-vm:device>
        """
            .formatted(pool, domain, image, volume);
    engine.create(id, TestXml.domain(id, "one", metadata, ""));
    engine.awaitStatus(id, "Up");
    assertThat(agent.hypervisor.xml(id)).contains("/images/" + image + "/" + volume);
    assertThat(String.valueOf(engine.statistics(id).get("disks"))).contains("imageID=" + image);
  }
}

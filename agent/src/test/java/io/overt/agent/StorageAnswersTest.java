package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Storage verbs that an engine seldom sends; {@link Engine} holds every answer against its table.
 */
@Timeout(60)
class StorageAnswersTest {

  private final String image = UUID.randomUUID().toString();
  @TempDir private Path directory;
  private SimulatedAgent agent;
  private Engine engine;
  private TestImages images;
  private String volume;

  @BeforeEach
  void start() {
    agent = SimulatedAgent.instant(directory);
    engine = agent.engine;
    images = new TestImages(engine, directory.resolve("export"));
    volume = images.volume(image, "DATA", "");
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  private Object call(String verb, Map<String, ?> more) {
    Map<String, Object> parameters = new HashMap<>(images.address(image, volume));
    parameters.putAll(more);
    return engine.call(verb, parameters);
  }

  @Test
  void domainsTellOfTheirImages() {
    assertThat(call("StorageDomain.getImages", Map.of())).isEqualTo(List.of(image));
    assertThat(call("StorageDomain.getVolumes", Map.of())).isEqualTo(List.of(volume));
    assertThat(call("Image.getVolumes", Map.of())).isEqualTo(List.of(volume));
    call("StorageDomain.getStats", Map.of());
    call("StorageDomain.setDescription", Map.of("description", "renamed"));
    assertThat(engine.object("StorageDomain.getInfo", Map.of("storagedomainID", images.domain)))
        .containsEntry("name", "renamed");
  }

  @Test
  void volumesAreMeasuredDescribedAndRemoved() {
    assertThat(engine.object("Volume.getSize", images.address(image, volume)))
        .containsEntry("apparentsize", "1048576");
    call("Volume.refresh", Map.of());
    call("Volume.setDescription", Map.of("description", "mine"));
    call("Volume.setLegality", Map.of("legality", "ILLEGAL"));
    assertThat(engine.object("Volume.getInfo", images.address(image, volume)))
        .containsEntry("description", "mine")
        .containsEntry("legality", "ILLEGAL");
    call("Image.teardown", Map.of());
    Object task = call("Volume.delete", Map.of("postZero", false, "force", true));
    Map<String, Object> named = Map.of("taskID", task);
    engine.await(task);
    assertThat(engine.object("Task.getInfo", named)).containsEntry("id", task);
    call("Host.getAllTasksInfo", Map.of());
    call("Host.getAllTasksStatuses", Map.of());
    engine.call("Task.stop", named);
    engine.call("Task.clear", named);
    assertThat(call("StorageDomain.getImages", Map.of())).isEqualTo(List.of());
  }

  @Test
  void anAppliancesJobTellsOfItself() {
    String job = UUID.randomUUID().toString();
    Path file = directory.resolve("machine.ova");
    engine.call(
        "Overt.createAppliance",
        Map.of(
            "job_id",
            job,
            "path",
            file.toString(),
            "ovf",
            "<Envelope/>",
            "disks",
            List.of(
                Map.of(
                    "sd_id", images.domain, "img_id", image, "vol_id", volume, "name", volume))));
    Engine.await(
        "the appliance",
        () ->
            engine
                .object("Host.getJobs", Map.of("job_ids", List.of(job)))
                .get(job)
                .toString()
                .contains("status=done"));
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void poolsAreRebuiltAndLeft() {
    Map<String, Object> pool =
        Map.of(
            "storagepoolID",
            images.pool,
            "name",
            "pool",
            "masterSdUUID",
            images.domain,
            "masterVersion",
            1,
            "hostID",
            1,
            "domainList",
            List.of(images.domain),
            "domainDict",
            Map.of(images.domain, "active"));
    for (String verb :
        List.of(
            "StoragePool.create",
            "StoragePool.connect",
            "StoragePool.reconstructMaster",
            "StoragePool.getInfo",
            "StoragePool.disconnect")) {
      engine.call(verb, pool);
    }
    engine.call(
        "StoragePool.disconnectStorageServer",
        Map.of(
            "storagepoolID",
            images.pool,
            "domainType",
            4,
            "connectionParams",
            List.of(
                Map.of(
                    "id", images.domain, "connection", directory.resolve("export").toString()))));
  }
}

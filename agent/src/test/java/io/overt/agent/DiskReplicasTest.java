package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.agent.errors.VdsmError;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Disks that go to another storage domain while their machine runs. */
@Timeout(60)
class DiskReplicasTest {

  private final UUID id = UUID.randomUUID();
  private final String image = UUID.randomUUID().toString();
  @TempDir private Path directory;
  private SimulatedAgent agent;
  private Engine engine;
  private TestImages here;
  private TestImages there;
  private String base;
  private String top;

  @BeforeEach
  void start() {
    agent = SimulatedAgent.instant(directory);
    engine = agent.engine;
    here = new TestImages(engine, directory.resolve("here"));
    there = new TestImages(engine, directory.resolve("there"));
    base = here.volume(image, "DATA", "");
    top = here.volume(image, "DATA", base);
    engine.create(
        id, TestXml.domain(id, "moved", here.metadata("vda", image, top), "<source file=''/>"));
    engine.awaitStatus(id, "Up");
    engine.finish(engine.call("Image.cloneStructure", copy()));
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  private Map<String, Object> copy() {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("storagepoolID", here.pool);
    parameters.put("storagedomainID", here.domain);
    parameters.put("imageID", image);
    parameters.put("dstSdUUID", there.domain);
    return parameters;
  }

  private Map<String, Object> order(TestImages destination) {
    return Map.of("vmID", id.toString(), "srcDisk", drive(here), "dstDisk", drive(destination));
  }

  private Map<String, String> drive(TestImages place) {
    return Map.of("poolID", here.pool, "domainID", place.domain, "imageID", image, "volumeID", top);
  }

  private boolean movedOver() {
    try {
      engine.call("VM.diskReplicateFinish", order(there));
      return true;
    } catch (VdsmError e) {
      assertThat(e.code()).isEqualTo(40);
      return false;
    }
  }

  private String legality(TestImages place) {
    return String.valueOf(
        engine.object("Volume.getInfo", place.address(image, top)).get("legality"));
  }

  private String place(TestImages images) {
    return "%s/images/%s/%s\"".formatted(images.domain, image, top);
  }

  @Test
  void theStructureOfAnImageIsMadeWithoutItsContents() {
    assertThat(engine.object("Volume.getInfo", there.address(image, top)))
        .containsEntry("parent", base)
        .containsEntry("domain", there.domain)
        .containsEntry("format", "COW");
    Map<String, Object> wrong = copy();
    wrong.put("syncType", "HALF");
    assertThat(engine.failure("Image.syncData", wrong)).isEqualTo(-32602);
    Map<String, Object> internal = copy();
    internal.put("syncType", "INTERNAL");
    engine.finish(engine.call("Image.syncData", internal));
    assertThat(engine.object("Volume.getInfo", there.address(image, base)))
        .containsEntry("voltype", "INTERNAL");
  }

  @Test
  void aMachineWritesInTheNewPlaceAfterItsDiskHasMovedThere() {
    engine.call("VM.diskReplicateStart", order(there));
    engine.call("VM.diskReplicateStart", order(there));
    assertThat(agent.hypervisor.xml(id)).contains(place(here));
    Engine.await("the replication", this::movedOver);
    assertThat(agent.hypervisor.xml(id))
        .contains(place(there))
        .contains("domainID>" + there.domain);
    assertThat(legality(here)).isEqualTo("ILLEGAL");
    assertThat(legality(there)).isEqualTo("LEGAL");
    // An agent that knows nothing of it finds that it has moved.
    agent.stop();
    agent.start();
    engine.call("VM.diskReplicateFinish", order(there));
    assertThat(agent.hypervisor.xml(id)).contains(place(there));
  }

  @Test
  void aMachineWritesInTheOldPlaceAfterItsDiskIsToldToStay() {
    assertThat(engine.call("VM.diskReplicateStart", order(there))).isEqualTo(true);
    assertThat(engine.call("VM.diskReplicateFinish", order(here))).isEqualTo(true);
    assertThat(agent.hypervisor.xml(id)).contains(place(here));
    assertThat(legality(here)).isEqualTo("LEGAL");
    assertThat(engine.failure("VM.diskReplicateFinish", order(here))).isEqualTo(88);
    assertThat(engine.failure("VM.diskReplicateFinish", order(there))).isEqualTo(55);
  }
}

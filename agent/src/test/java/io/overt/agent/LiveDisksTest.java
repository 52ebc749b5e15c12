package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.agent.simulated.Faults;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots, merges and growth of disks, of machines that run and of images that nobody uses. */
@Timeout(60)
class LiveDisksTest {

  private final UUID id = UUID.randomUUID();
  private final String image = UUID.randomUUID().toString();
  @TempDir private Path directory;
  private SimulatedAgent agent;
  private Engine engine;
  private TestImages images;
  private String base;
  private String top;

  @BeforeEach
  void start() {
    agent = SimulatedAgent.instant(directory);
    engine = agent.engine;
    images = new TestImages(engine, directory.resolve("export"));
    base = images.volume(image, "DATA", "");
    engine.create(
        id,
        TestXml.domain(id, "layered", images.metadata("vda", image, base), "<source file=''/>"));
    engine.awaitStatus(id, "Up");
    top = images.volume(image, "DATA", base);
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  private Map<String, String> drive(String volume) {
    return Map.of(
        "poolID", images.pool, "domainID", images.domain, "imageID", image, "volumeID", volume);
  }

  private void snapshot(String job, String memory) {
    engine.call(
        "VM.snapshot",
        Map.of(
            "vmID",
            id.toString(),
            "snapDrives",
            List.of(drive(top)),
            "snapMemory",
            memory,
            "frozen",
            false,
            "jobUUID",
            job));
  }

  private void merge(String job) {
    engine.call(
        "VM.merge",
        Map.of(
            "vmID",
            id.toString(),
            "drive",
            drive(top),
            "baseVolUUID",
            base,
            "topVolUUID",
            top,
            "bandwidth",
            "0",
            "jobUUID",
            job));
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> finished(String job) {
    Engine.await(
        "the job's end",
        () ->
            engine.object("Host.getJobs", Map.of("job_ids", List.of(job))).get(job)
                    instanceof Map<?, ?> status
                && !"running".equals(status.get("status")));
    return (Map<String, Object>) engine.object("Host.getJobs", Map.of()).get(job);
  }

  private Object information(String volume, String key) {
    return engine.object("Volume.getInfo", images.address(image, volume)).get(key);
  }

  private static String newJob() {
    return UUID.randomUUID().toString();
  }

  @Test
  void aSnapshotLetsTheMachineWriteToTheNewVolume() {
    String job = newJob();
    snapshot(job, "");
    assertThat(finished(job))
        .containsEntry("status", "done")
        .containsEntry("job_type", "virt")
        .containsEntry("progress", 100);
    assertThat(agent.hypervisor.xml(id))
        .contains(image + "/" + top + "\"")
        .contains("volumeID>" + top);
    // The same order again finds that it was carried out.
    String again = newJob();
    snapshot(again, "");
    assertThat(finished(again)).containsEntry("status", "done");
    assertThat(
            engine.events().stream()
                .filter(event -> event.method().equals("|jobs|status|" + job))
                .map(event -> event.data().get("status")))
        .containsExactly("done");
  }

  @Test
  void aMergeOfTheUppermostVolumeEndsInTheLowerOne() {
    String taken = newJob();
    snapshot(taken, "");
    finished(taken);
    String job = newJob();
    merge(job);
    merge(job);
    assertThat(finished(job)).containsEntry("status", "done");
    assertThat(agent.hypervisor.xml(id))
        .contains(image + "/" + base + "\"")
        .contains("volumeID>" + base);
    assertThat(information(base, "voltype")).isEqualTo("LEAF");
    assertThat(information(top, "legality")).isEqualTo("ILLEGAL");
    // An agent that knows nothing of it finds it merged.
    agent.stop();
    agent.start();
    String again = newJob();
    merge(again);
    assertThat(finished(again)).containsEntry("status", "done");
    engine.finish(deleteVolume(top));
    assertThat(engine.failure("Volume.getInfo", images.address(image, top))).isEqualTo(201);
  }

  @Test
  void aGuestThatIsHeldForAMergeGoesOnWhenItsAgentComesBack() {
    String taken = newJob();
    snapshot(taken, "");
    finished(taken);
    agent.hypervisor.faults().failNext(Faults.Operation.RESUME, "the agent is dying");
    String job = newJob();
    merge(job);
    assertThat(finished(job)).containsEntry("status", "failed");
    assertThat(agent.hypervisor.xml(id)).contains("merging ");
    agent.stop();
    agent.start();
    engine.awaitStatus(id, "Up");
    Engine.await("no note", () -> !agent.hypervisor.xml(id).contains("merging "));
    assertThat(information(top, "legality")).isEqualTo("ILLEGAL");
    assertThat(agent.hypervisor.xml(id)).contains(image + "/" + base + "\"");
    String again = newJob();
    merge(again);
    assertThat(finished(again)).containsEntry("status", "done");
  }

  @Test
  void aMergeThatCannotEndLeavesTheUpperVolumeInItsPlace() {
    String taken = newJob();
    snapshot(taken, "");
    finished(taken);
    agent.hypervisor.faults().failNext(Faults.Operation.PIVOT, "not now");
    String job = newJob();
    merge(job);
    assertThat(finished(job)).containsEntry("status", "failed");
    assertThat(engine.status(id)).isEqualTo("Up");
    assertThat(information(top, "legality")).isEqualTo("LEGAL");
    assertThat(information(top, "voltype")).isEqualTo("LEAF");
    assertThat(information(base, "voltype")).isEqualTo("INTERNAL");
    assertThat(agent.hypervisor.xml(id)).doesNotContain("merging ");
    String again = newJob();
    merge(again);
    assertThat(finished(again)).containsEntry("status", "done");
  }

  private Object deleteVolume(String volume) {
    return engine.call(
        "Image.deleteVolumes",
        Map.of(
            "imageID",
            image,
            "storagepoolID",
            images.pool,
            "storagedomainID",
            images.domain,
            "volumeList",
            List.of(volume)));
  }

  @Test
  void aVolumeThatARunningMachineUsesIsNotRemoved() {
    String job = newJob();
    snapshot(job, "");
    finished(job);
    assertThat(
            engine.failure(
                "Image.deleteVolumes",
                Map.of(
                    "imageID",
                    image,
                    "storagepoolID",
                    images.pool,
                    "storagedomainID",
                    images.domain,
                    "volumeList",
                    List.of(top))))
        .isEqualTo(40);
  }

  @Test
  void aMergeOfADiskThatIsNotTheMachinesFailsItsJob() {
    String job = newJob();
    engine.call(
        "VM.merge",
        Map.of(
            "vmID",
            id.toString(),
            "drive",
            Map.of(
                "domainID",
                images.domain,
                "imageID",
                UUID.randomUUID().toString(),
                "volumeID",
                top),
            "baseVolUUID",
            base,
            "topVolUUID",
            top,
            "bandwidth",
            "0",
            "jobUUID",
            job));
    assertThat(finished(job)).containsEntry("status", "failed");
    assertThat((Map<?, ?>) finished(job).get("error")).extracting("code").isEqualTo(52);
  }

  @Test
  void aSnapshotTakesTheMemoryOfItsMomentWhileTheMachineStaysUp() {
    String memory = images.memory();
    String job = newJob();
    snapshot(job, memory);
    assertThat(finished(job)).containsEntry("status", "done");
    assertThat(engine.status(id)).isEqualTo("Up");
    engine.call("VM.destroy", Map.of("vmID", id.toString()));
    engine.call(
        "VM.create",
        Map.of(
            "vmID",
            id.toString(),
            "vmParams",
            Map.of(
                "vmId",
                id.toString(),
                "xml",
                TestXml.domain(
                    id, "layered", images.metadata("vda", image, top), "<source file=''/>"),
                "memoryDumpVolume",
                memory)));
    engine.awaitStatus(id, "Up");
    assertThat(agent.hypervisor.xml(id)).contains(image + "/" + top + "\"");
  }

  @Test
  void imagesThatNobodyUsesAreMergedAndTheVolumeAboveIsRebuilt() {
    String upper = images.volume(image, "DATA", top);
    engine.call("VM.destroy", Map.of("vmID", id.toString()));
    Map<String, Object> chain =
        Map.of(
            "sd_id", images.domain,
            "img_id", image,
            "base_id", base,
            "top_id", top,
            "base_generation", 0);
    Map<String, Object> pooled = Map.of("storagepoolID", images.pool, "subchainInfo", chain);
    for (int time = 0; time < 2; time++) {
      engine.finish(engine.call("StoragePool.prepareMerge", pooled));
      String job = newJob();
      engine.call("SDM.merge", Map.of("job_id", job, "subchain_info", chain));
      assertThat(finished(job)).containsEntry("status", "done");
      engine.finish(engine.call("StoragePool.finalizeMerge", pooled));
    }
    assertThat(information(upper, "parent")).isEqualTo(base);
    assertThat(information(base, "voltype")).isEqualTo("INTERNAL");
    engine.finish(deleteVolume(top));
    assertThat(information(base, "children")).isEqualTo(List.of(upper));
  }

  @Test
  void aDiskGrowsAndItsImageIsCopiedVolumeByVolume() {
    assertThat(
            engine.call(
                "VM.diskSizeExtend",
                Map.of("vmID", id.toString(), "driveSpecs", drive(base), "newSize", "2097152")))
        .isEqualTo("2097152");
    assertThat(information(base, "capacity")).isEqualTo("2097152");
    engine.call("VM.destroy", Map.of("vmID", id.toString()));
    TestImages other = new TestImages(engine, directory.resolve("other"));
    Map<String, Object> move =
        Map.of(
            "imageID",
            image,
            "storagepoolID",
            images.pool,
            "storagedomainID",
            images.domain,
            "dstSdUUID",
            other.domain,
            "operation",
            2,
            "postZero",
            false,
            "force",
            false);
    engine.finish(engine.call("Image.move", move));
    assertThat(engine.failure("Volume.getInfo", images.address(image, top))).isEqualTo(201);
    assertThat(engine.object("Volume.getInfo", other.address(image, top)))
        .containsEntry("parent", base)
        .containsEntry("domain", other.domain);
    String job = newJob();
    engine.call(
        "SDM.sparsify_volume",
        Map.of(
            "job_id",
            job,
            "vol_info",
            Map.of("sd_id", other.domain, "img_id", image, "vol_id", top, "generation", 0)));
    assertThat(finished(job)).containsEntry("status", "done");
  }
}

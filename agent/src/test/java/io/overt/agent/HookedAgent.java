package io.overt.agent;

import io.overt.agent.hooks.HookPoint;
import io.overt.agent.simulated.SimulatedTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A simulated agent with recording scripts, a storage domain and volumes in it. */
final class HookedAgent implements AutoCloseable {

  private static final String BLANK = "00000000-0000-0000-0000-000000000000";

  final ScriptDirectory scripts;
  final SimulatedAgent agent;
  final Engine engine;
  final String domain = UUID.randomUUID().toString();

  HookedAgent(Path directory) {
    scripts = new ScriptDirectory(directory.resolve("scripts"));
    agent =
        new SimulatedAgent(
            directory, SimulatedTimes.instant(), SimulatedAgent.shortTimes(), scripts.settings());
    engine = agent.engine;
    Path export;
    try {
      export = Files.createDirectory(directory.resolve("export"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    engine.call(
        "StoragePool.connectStorageServer",
        Map.of(
            "storagepoolID",
            BLANK,
            "domainType",
            4,
            "connectionParams",
            List.of(Map.of("id", domain, "connection", export.toString()))));
    Map<String, Object> created = new LinkedHashMap<>();
    created.put("storagedomainID", domain);
    created.put("domainType", 4);
    created.put("typeArgs", export.toString());
    created.put("name", "data");
    created.put("domainClass", 1);
    created.put("version", 5);
    engine.call("StorageDomain.create", created);
  }

  /** A new volume of a new image. */
  void addVolume(String image, String volume) {
    Map<String, Object> created = new LinkedHashMap<>();
    created.put("volumeID", volume);
    created.put("storagepoolID", UUID.randomUUID().toString());
    created.put("storagedomainID", domain);
    created.put("imageID", image);
    created.put("size", "1048576");
    created.put("volFormat", "RAW");
    created.put("preallocate", "SPARSE");
    created.put("diskType", "DATA");
    created.put("desc", "");
    created.put("srcImgUUID", BLANK);
    created.put("srcVolUUID", BLANK);
    engine.finish(engine.call("Volume.create", created));
  }

  /** Launches a machine and waits, by events, for asking would pass points. */
  String launch(UUID id, String xml) {
    int before = engine.told(id).size();
    engine.create(id, xml);
    Engine.await(
        "the launch's end",
        () ->
            engine.told(id).size() > before
                && List.of("Up", "Down").contains(engine.told(id).getLast()));
    return engine.told(id).getLast();
  }

  void await(HookPoint point) {
    Engine.await(point.text() + " to run", () -> !scripts.records(point).isEmpty());
  }

  /** Removes scripts, machines and records. */
  void forget() {
    scripts.clear();
    agent.hypervisor.faults().clear();
    engine
        .list("Host.getVMList", Map.of())
        .forEach(vm -> engine.call("VM.destroy", Map.of("vmID", vm)));
    scripts.forget();
  }

  @Override
  public void close() {
    agent.close();
  }
}

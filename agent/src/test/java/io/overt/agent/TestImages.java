package io.overt.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A storage domain of a test, and its images. */
final class TestImages {

  private static final String BLANK = "00000000-0000-0000-0000-000000000000";

  final String pool = UUID.randomUUID().toString();
  final String domain = UUID.randomUUID().toString();
  private final Engine engine;

  /** Makes the domain. */
  TestImages(Engine engine, Path directory) {
    this.engine = engine;
    try {
      Files.createDirectories(directory);
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
            List.of(Map.of("id", domain, "connection", directory.toString()))));
    engine.call(
        "StorageDomain.create",
        Map.of(
            "storagedomainID",
            domain,
            "domainType",
            4,
            "typeArgs",
            directory.toString(),
            "name",
            "data",
            "domainClass",
            1,
            "version",
            5));
  }

  /** Makes a volume of 1 MiB; with a parent it is a layer above that one in the same image. */
  String volume(String image, String type, String parent) {
    String volume = UUID.randomUUID().toString();
    Map<String, Object> created = new HashMap<>(address(image, volume));
    created.put("size", "1048576");
    created.put("volFormat", parent.isEmpty() ? "RAW" : "COW");
    created.put("preallocate", "SPARSE");
    created.put("diskType", type);
    created.put("desc", "");
    created.put("srcImgUUID", parent.isEmpty() ? BLANK : image);
    created.put("srcVolUUID", parent.isEmpty() ? BLANK : parent);
    engine.finish(engine.call("Volume.create", created));
    return volume;
  }

  Map<String, Object> address(String image, String volume) {
    return Map.of(
        "storagepoolID", pool, "storagedomainID", domain, "imageID", image, "volumeID", volume);
  }

  /** VDSM's handle of new memory volumes. */
  String memory() {
    String memory = UUID.randomUUID().toString();
    String configuration = UUID.randomUUID().toString();
    return String.join(
        ",",
        domain,
        pool,
        memory,
        volume(memory, "MEMD", ""),
        configuration,
        volume(configuration, "MEMM", ""));
  }

  /** The metadata of a machine's disk. */
  String metadata(String target, String image, String volume) {
    return """
        <ovirt-vm:device devtype="disk" name="%s">
          <ovirt-vm:poolID>%s</ovirt-vm:poolID>
          <ovirt-vm:domainID>%s</ovirt-vm:domainID>
          <ovirt-vm:imageID>%s</ovirt-vm:imageID>
          <ovirt-vm:volumeID>%s</ovirt-vm:volumeID>
        </ovirt-vm:device>
        """
        .formatted(target, pool, domain, image, volume);
  }
}

package io.overt.agent.hooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scripts of all points with their checksums (SHA-256), which change when a script does. */
final class HookInventory {

  private static final Logger log = LoggerFactory.getLogger(HookInventory.class);

  private final HookScripts scripts;
  private final Map<Path, Known> known = new ConcurrentHashMap<>();

  private record Known(FileTime modified, long size, String checksum) {}

  HookInventory(HookScripts scripts) {
    this.scripts = scripts;
  }

  /** By point, then by script: an object with the checksum; points without scripts are left out. */
  Map<String, Object> list() {
    Map<String, Object> all = new LinkedHashMap<>();
    for (HookPoint point : HookPoint.values()) {
      Map<String, Object> listed = new LinkedHashMap<>();
      for (Path script : scripts.of(point)) {
        String name = script.getFileName().toString();
        // Two directories may hold scripts of one name, and both run.
        listed.put(
            listed.containsKey(name) ? script.toString() : name,
            Map.of("checksum", checksum(script)));
      }
      if (!listed.isEmpty()) {
        all.put(point.text(), listed);
      }
    }
    return all;
  }

  /** Empty for a script that cannot be read. */
  private String checksum(Path script) {
    try {
      FileTime modified = Files.getLastModifiedTime(script);
      long size = Files.size(script);
      Known before = known.get(script);
      if (before != null && before.modified().equals(modified) && before.size() == size) {
        return before.checksum();
      }
      String checksum =
          HexFormat.of()
              .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(script)));
      known.put(script, new Known(modified, size, checksum));
      return checksum;
    } catch (IOException e) {
      log.warn("Cannot read the script {}: {}", script, e.toString());
      return "";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

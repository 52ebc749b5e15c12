package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Scripts at all points of a migration on both hosts, which note what they are given. */
final class MigrationScripts {
  private static final List<String> SOURCE =
      List.of(
          "before_device_migrate_source",
          "before_vm_migrate_source",
          "after_vm_migrate_source",
          "after_device_migrate_source");
  private static final List<String> DESTINATION =
      List.of(
          "before_device_migrate_destination",
          "before_vm_migrate_destination",
          "after_vm_migrate_destination",
          "after_device_migrate_destination");

  private static final String RECORDER =
      """
      #!/bin/sh
      echo "$(basename $(dirname $0)) $vmId $ifacemacspoof ${wire:-none} \
      $(head -n 1 $_hook_domxml | cut -d ' ' -f 1)" >> %s
      """;

  private final RealPair pair;
  private final List<Path> installed = new ArrayList<>();

  private MigrationScripts(RealPair pair) {
    this.pair = pair;
  }

  static MigrationScripts install(RealPair pair) throws IOException {
    MigrationScripts scripts = new MigrationScripts(pair);
    for (int host : List.of(1, 2)) {
      for (List<String> points : List.of(SOURCE, DESTINATION)) {
        for (String point : points) {
          scripts.install(host, point);
        }
      }
    }
    return scripts;
  }

  private void install(int host, String point) throws IOException {
    Path script = Files.createDirectories(pair.scripts(host).resolve(point)).resolve("50_note");
    Files.writeString(script, RECORDER.formatted(notes(host)));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    installed.add(script);
  }

  private Path notes(int host) {
    return pair.scripts(host).resolve("notes");
  }

  void remove() throws IOException {
    for (Path script : installed) {
      Files.delete(script);
    }
  }

  /** Each once, in order, with the machine's properties, and the device's own at its points. */
  void assertThatAllRan(String vm, int from, int to) {
    assertThat(awaitNotes(vm, from)).containsExactlyElementsOf(expected(vm, SOURCE));
    assertThat(awaitNotes(vm, to)).containsExactlyElementsOf(expected(vm, DESTINATION));
  }

  private List<String> awaitNotes(String vm, int host) {
    return Await.until(
        "the scripts of host " + host + " have run",
        () -> RealHost.text(notes(host)).lines().filter(line -> line.contains(vm)).toList(),
        lines -> lines.size() >= SOURCE.size());
  }

  private static List<String> expected(String vm, List<String> points) {
    return points.stream()
        .map(
            point ->
                point.contains("_device_")
                    ? point + " " + vm + " true red <interface"
                    : point + " " + vm + " true none <domain")
        .toList();
  }
}

package io.overt.agent.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where administrators find the directories of the points. */
class HookDirectoriesTest {

  @TempDir private Path directory;

  private static void prepare(Path... places) {
    new Hooks(HookSettings.of(List.of(places), places[0].resolve("support")), run -> {}).prepare();
  }

  private static List<String> in(Path place) throws IOException {
    try (Stream<Path> entries = Files.list(place)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  @Test
  void everyPointHasOneWhereOnlyItsOwnerMayWrite() throws IOException {
    Path place = directory.resolve("not/yet");
    prepare(place);
    assertThat(in(place))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(HookPoint.values()).map(HookPoint::text).toList());
    for (Path made : List.of(place, place.resolve("before_vm_start"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .matches("rwx(r-x|---){2}");
      assertThat(Files.getOwner(made)).isEqualTo(Files.getOwner(directory));
    }
  }

  @Test
  void whatIsThereStaysAsItIs() throws IOException {
    Path point = Files.createDirectories(directory.resolve("before_vm_start"));
    Files.setPosixFilePermissions(point, PosixFilePermissions.fromString("rwx------"));
    Path script = Files.writeString(point.resolve("50_mine"), "#!/bin/sh\n");
    prepare(directory);
    prepare(directory);
    assertThat(script).hasContent("#!/bin/sh\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(point)))
        .isEqualTo("rwx------");
    assertThat(in(directory)).hasSize(HookPoint.values().length);
  }

  @Test
  void aPlaceWhereNothingCanBeMadeStopsNobody() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    Path other = directory.resolve("other");
    prepare(file.resolve("below"), other);
    assertThat(in(other)).contains("before_vm_start");
  }

  @Test
  void theAgentsOwnPlaceIsUsedWhenItIsToldOfNone() {
    Path told = Path.of("/somewhere");
    Path own = Path.of("/usr/libexec/overt/hooks");
    assertThat(HookSettings.of(HookSettings.STANDARD, told).prepared()).containsExactly(own);
    assertThat(
            HookSettings.of(List.of(HookSettings.STANDARD.getFirst(), own, told), told).prepared())
        .containsExactly(told);
    assertThat(HookSettings.none().prepared()).isEmpty();
  }
}

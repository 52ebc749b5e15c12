package io.overt.units;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.external.FilterAnswer;
import io.overt.scheduling.external.UnitCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where units may be, and where the kernel gives less. */
class UnitRightsTest {
  private static final List<String> HOSTS = List.of("host-1", "host-2");
  private static final Duration LONG = Duration.ofSeconds(20);

  private UnitFiles files;

  @BeforeEach
  void create() throws IOException {
    files = new UnitFiles();
  }

  @AfterEach
  void delete() {
    files.close();
  }

  private static FilterAnswer filter(PythonUnits units, Duration deadline, String... names) {
    return units.filter(List.of(names), new UnitCall(HOSTS, "vm", Map.of(), deadline));
  }

  private static void protect(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void unitsMayBeWhereOnlyTheirOwnerMayEnterAndBeReadableToTheirOwnerAlone() throws IOException {
    files.with("shapes.py", "common");
    protect(files.root(), "rwx------");
    protect(files.directory().resolve("shapes.py"), "rw-------");
    try (PythonUnits units = PythonUnits.open(UnitSettings.of(files.directory()))) {
      units.discover();
      if (units.isolationGaps().isEmpty()) {
        assertThat(units.discover().problems()).isEmpty();
        assertThat(filter(units, LONG, "Inherited").keep(HOSTS)).containsExactly("host-2");
      }
    }
  }

  @Test
  void withoutNamespacesAUnitHarmsNoOtherEither() throws IOException, InterruptedException {
    files.with("bad.py", "shapes.py", "common");
    try (PythonUnits units =
        PythonUnits.open(UnitSettings.of(files.directory()).namespaces(false))) {
      units.discover();
      assertThat(units.isolationGaps()).contains("namespaces are switched off");
      assertThat(filter(units, LONG, "forks").keep(HOSTS)).isEqualTo(HOSTS);
      long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
      while (UnitFiles.sleeping() && System.nanoTime() < end) {
        Thread.sleep(20);
      }
      assertThat(UnitFiles.sleeping()).isFalse();

      FilterAnswer killed = filter(units, Duration.ofSeconds(5), "kills_parent", "returns");
      assertThat(killed.accepted())
          .extracting(FilterAnswer.Accepted::unit)
          .containsExactly("returns");
      assertThat(killed.problems())
          .singleElement()
          .satisfies(problem -> assertThat(problem.message()).startsWith("its process ended"));
      assertThat(filter(units, LONG, "invents").accepted()).hasSize(1);

      filter(units, Duration.ofMillis(300), "slow");
      assertThat(filter(units, LONG, "invents").accepted()).hasSize(1);
    }
  }

  @Test
  void nothingRunsAnyMoreWhenTheUnitsAreClosed() throws IOException, InterruptedException {
    files.with("shapes.py", "common");
    PythonUnits units = PythonUnits.open(UnitSettings.of(files.directory()));
    assertThat(filter(units, LONG, "Inherited").accepted()).hasSize(1);
    List<ProcessHandle> running = ProcessHandle.current().descendants().toList();
    assertThat(running).isNotEmpty();
    units.close();
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (running.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(running).noneMatch(ProcessHandle::isAlive);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aForkThatWaitsForACallEndsWithWhoWatchesIt(boolean namespaces)
      throws IOException, InterruptedException {
    files.with("shapes.py", "common");
    try (PythonUnits units =
        PythonUnits.open(UnitSettings.of(files.directory()).namespaces(namespaces))) {
      assertThat(filter(units, LONG, "Inherited").accepted()).hasSize(1);
      List<ProcessHandle> monitors = ProcessHandle.current().children().toList();
      List<ProcessHandle> below = monitors.stream().flatMap(ProcessHandle::descendants).toList();
      assertThat(below).isNotEmpty();
      monitors.forEach(ProcessHandle::destroyForcibly);
      long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
      while (below.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < end) {
        Thread.sleep(20);
      }
      assertThat(below).noneMatch(ProcessHandle::isAlive);
      assertThat(filter(units, LONG, "Inherited").accepted()).hasSize(1);
    }
  }

  @Test
  void anInterpreterThatIsNoneIsToldOf() throws IOException {
    files.with("shapes.py", "common");
    UnitSettings settings = UnitSettings.of(files.directory()).python(Path.of("/bin/true"));
    try (PythonUnits units = PythonUnits.open(settings)) {
      assertThat(units.discover().available()).isFalse();
      assertThat(units.discover().problems().getFirst().message())
          .isEqualTo("/bin/true is no Python 3.8 or newer that runs");
      assertThat(filter(units, LONG, "Inherited").keep(HOSTS)).isEqualTo(HOSTS);
    }
  }

  @Test
  void aUserThatDoesNotExistIsToldOf() throws IOException {
    files.with("shapes.py", "common");
    UnitSettings settings = UnitSettings.of(files.directory()).user("nobody-of-this-name");
    try (PythonUnits units = PythonUnits.open(settings)) {
      units.discover();
      assertThat(filter(units, LONG, "Inherited").accepted()).hasSize(1);
      if (System.getProperty("user.name").equals("root")) {
        assertThat(units.isolationGaps())
            .anyMatch(
                gap -> gap.contains("there is no user nobody-of-this-name; units run as 65534"));
      }
    }
  }

  @Test
  void aFileThatTakesTooLongToImportIsLeftOut() throws IOException {
    files.write("endless.py", "while True:\n    pass\n");
    files.with("shapes.py", "common");
    UnitSettings.Limits limits =
        new UnitSettings.Limits(4, 1L << 30, 16L << 20, 8 << 20, Duration.ofSeconds(3));
    try (PythonUnits units = PythonUnits.open(UnitSettings.of(files.directory()).limits(limits))) {
      assertThat(units.discover().problems())
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.unit()).isEqualTo("endless.py");
                assertThat(problem.message()).isEqualTo("does not load: took over 3 s to load");
              });
      assertThat(filter(units, LONG, "Inherited").accepted()).hasSize(1);
    }
  }
}

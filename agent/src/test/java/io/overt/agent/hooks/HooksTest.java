package io.overt.agent.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.agent.ScriptDirectory;
import io.overt.vdsmrpc.properties.PropertyNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HooksTest {

  private static final String APPEND = "#!/bin/sh\nprintf %s >> $_hook_domxml\nexit %d\n";

  private final UUID vm = UUID.randomUUID();
  private final List<HookRun> runs = new ArrayList<>();
  @TempDir private Path directory;
  private ScriptDirectory scripts;
  private Hooks hooks;

  @BeforeEach
  void start() {
    scripts = new ScriptDirectory(directory.resolve("hooks"));
    hooks = new Hooks(scripts.settings(), runs::add);
  }

  private void append(HookPoint point, String name, String text, int exit) {
    scripts.install(point, name, APPEND.formatted(text, exit));
  }

  private String start(String document) {
    return hooks
        .run(HookPoint.BEFORE_VM_START, HookContext.vm(vm, Map.of()), () -> document)
        .orElse("unchanged");
  }

  private List<Integer> exits() {
    return runs.stream().map(HookRun::exitCode).toList();
  }

  @Test
  void scriptsEditOneFileInTheOrderOfTheirNames() {
    append(HookPoint.BEFORE_VM_START, "20_b", "b", 0);
    append(HookPoint.BEFORE_VM_START, "10_a", "a", 0);
    append(HookPoint.BEFORE_VM_START, "localdisk", "d", 0);
    append(HookPoint.BEFORE_VM_START, "100_c", "c", 0);
    assertThat(start("<x/>")).isEqualTo("<x/>cabd");
  }

  @Test
  void scriptsOfAllDirectoriesRunInTheOrderOfTheirPaths() {
    ScriptDirectory other = new ScriptDirectory(directory.resolve("a-directory"));
    append(HookPoint.BEFORE_VM_START, "10_a", "a", 0);
    other.install(HookPoint.BEFORE_VM_START, "90_b", APPEND.formatted("b", 0));
    hooks =
        new Hooks(
            HookSettings.of(
                List.of(scripts.path(), directory.resolve("absent"), other.path(), scripts.path()),
                directory.resolve("support")),
            runs::add);
    assertThat(start("")).isEqualTo("ba");
  }

  @Test
  void onlyExecutableFilesThatAreNotHiddenAreScripts() throws IOException {
    Path target = scripts.install("elsewhere", "linked", APPEND.formatted("linked", 0));
    Path point = Files.createDirectory(scripts.path().resolve("before_vm_start"));
    Files.createSymbolicLink(point.resolve("50_link"), target);
    Files.createDirectory(point.resolve("60_directory"));
    append(HookPoint.BEFORE_VM_START, ".hidden", "hidden", 0);
    append(HookPoint.BEFORE_VM_START, "10_module.py", "module", 0);
    Files.setPosixFilePermissions(
        point.resolve("10_module.py"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(start("")).isEqualTo("linked");
  }

  @Test
  void withoutScriptsNothingIsAskedRunOrWritten() {
    assertThat(
            hooks.run(
                HookPoint.BEFORE_VM_START,
                HookContext.host(),
                () -> {
                  throw new AssertionError("asked for the document");
                }))
        .isEmpty();
    Map<String, Object> value = Map.of("a", 1);
    assertThat(hooks.json(HookPoint.AFTER_GET_CAPS, HookContext.host(), value)).isSameAs(value);
    assertThat(hooks.any(HookPoint.BEFORE_VM_START)).isFalse();
    assertThat(directory.resolve("hooks/support")).doesNotExist();
    assertThat(runs).isEmpty();
  }

  @Test
  void oneIsAFailureAndTheNextRuns() {
    scripts.install(
        HookPoint.BEFORE_VM_START, "10_a", "#!/bin/sh\necho first problem >&2\nexit 1\n");
    scripts.install(HookPoint.BEFORE_VM_START, "20_b", "#!/bin/sh\necho all is well >&2\n");
    assertThatThrownBy(() -> start(""))
        .hasMessageStartingWith("Hook Error: ")
        .hasMessageContaining("before_vm_start/10_a failed with exit code 1: first problem")
        .hasMessageNotContaining("all is well");
    assertThat(exits()).containsExactly(1, 0);
  }

  @Test
  void twoIsAFailureAndNothingElseRuns() {
    append(HookPoint.BEFORE_VM_START, "10_a", "a", 2);
    append(HookPoint.BEFORE_VM_START, "20_b", "b", 0);
    assertThatThrownBy(() -> start("")).hasMessageContaining("10_a failed with exit code 2");
    assertThat(exits()).containsExactly(2);
  }

  @Test
  void otherCodesAndSignalsAreFailuresAndTheNextRuns() {
    append(HookPoint.BEFORE_VM_START, "10_a", "a", 3);
    scripts.install(HookPoint.BEFORE_VM_START, "20_b", "#!/bin/sh\nkill -KILL $$\n");
    scripts.install(HookPoint.BEFORE_VM_START, "30_c", "#!/nonexistent/interpreter\n");
    append(HookPoint.BEFORE_VM_START, "40_d", "d", 0);
    assertThatThrownBy(() -> start(""))
        .hasMessageContaining("10_a failed with exit code 3")
        .hasMessageContaining("20_b failed with exit code 137")
        .hasMessageContaining("30_c failed with exit code 12");
    assertThat(runs).hasSize(4);
  }

  @Test
  void whatAChainLeftIsKnownThoughItFailed() {
    append(HookPoint.BEFORE_VM_START, "10_a", "a", 1);
    append(HookPoint.BEFORE_VM_START, "20_b", "b", 0);
    Hooks.Result result =
        hooks
            .runToEnd(HookPoint.BEFORE_VM_START, HookContext.vm(vm, Map.of()), () -> "<x/>")
            .orElseThrow();
    assertThat(result.document()).isEqualTo("<x/>ab");
    assertThat(result.failure()).isPresent();
  }

  @Test
  void anAfterPointUsesWhatTheScriptsLeftBeforeOneFailed() {
    scripts.install(
        HookPoint.AFTER_GET_CAPS, "10_a", "#!/bin/sh\necho '{\"a\": 2}' > $_hook_json\nexit 2\n");
    scripts.install(
        HookPoint.AFTER_GET_CAPS, "20_b", "#!/bin/sh\necho '{\"a\": 3}' > $_hook_json\n");
    assertThat(hooks.json(HookPoint.AFTER_GET_CAPS, HookContext.host(), Map.<String, Object>of()))
        .hasToString("{a=2}");
  }

  @Test
  void whatAnAfterPointCannotReadIsNotUsed() {
    for (String broken : List.of("{", "", "[1]", "null", "\\377")) {
      scripts.install(
          HookPoint.AFTER_GET_CAPS, "10_a", "#!/bin/sh\nprintf '" + broken + "' > $_hook_json\n");
      assertThat(hooks.json(HookPoint.AFTER_GET_CAPS, HookContext.host(), Map.of("a", 1)))
          .as(broken)
          .isEqualTo(Map.of("a", 1));
    }
    scripts.install(HookPoint.AFTER_GET_CAPS, "10_a", "#!/bin/sh\nrm $_hook_json\n");
    assertThat(hooks.json(HookPoint.AFTER_GET_CAPS, HookContext.host(), Map.of("a", 1)))
        .hasToString("{a=1}");
  }

  @Test
  void aHostWhoseDiskIsFullStillAnswers() throws IOException {
    append(HookPoint.AFTER_GET_CAPS, "10_a", "a", 0);
    append(HookPoint.BEFORE_VM_START, "10_a", "a", 0);
    Files.writeString(scripts.path().resolve("support"), "no directory can be made here");
    assertThat(hooks.json(HookPoint.AFTER_GET_CAPS, HookContext.host(), Map.of("a", 1)))
        .hasToString("{a=1}");
    assertThatThrownBy(() -> start("")).hasMessageContaining("support/python");
    assertThat(runs).isEmpty();
  }

  @Test
  void aScriptThatHangsIsKilledWithAllThatItStarted() throws IOException {
    Path children = directory.resolve("children");
    scripts.install(
        HookPoint.BEFORE_VM_START,
        "10_hangs",
        """
        #!/bin/sh
        echo waiting for something >&2
        sleep 300 & echo $! >> %1$s
        (sleep 300 & echo $! >> %1$s; wait)
        """
            .formatted(children));
    append(HookPoint.BEFORE_VM_START, "20_b", "b", 0);
    hooks =
        new Hooks(
            new HookSettings(
                List.of(scripts.path()),
                Duration.ofMillis(500),
                Duration.ofMillis(500),
                List.of(),
                directory.resolve("support")),
            runs::add);
    assertThatThrownBy(() -> start(""))
        .hasMessageContaining("10_hangs was killed after")
        .hasMessageContaining("waiting for something");
    assertThat(runs).hasSize(1);
    assertThat(Files.readAllLines(children))
        .hasSize(2)
        .allSatisfy(
            child ->
                assertThat(ProcessHandle.of(Long.parseLong(child)).filter(Remains::alive))
                    .isEmpty());
  }

  /** A killed child shows until its parent, which may be init, has looked. */
  private static final class Remains {
    static boolean alive(ProcessHandle process) {
      try {
        return !Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") Z ");
      } catch (IOException e) {
        return false;
      }
    }
  }

  @Test
  void statisticsHaveADeadlineOfTheirOwn() {
    HookSettings settings = HookSettings.of(List.of(), directory);
    assertThat(settings.deadline(HookPoint.BEFORE_VM_START)).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.deadline(HookPoint.AFTER_GET_CAPS)).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.deadline(HookPoint.AFTER_GET_ALL_VM_STATS))
        .isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aScriptMayWriteMuchAndLeaveAProcessBehind() throws IOException {
    Path left = directory.resolve("left");
    scripts.install(
        HookPoint.BEFORE_VM_START,
        "10_a",
        """
        #!/bin/sh
        head -c 3000000 /dev/zero | tr '\\0' x >&2
        head -c 3000000 /dev/zero
        sleep 300 & echo $! > %s
        echo the last words >&2
        """
            .formatted(left));
    assertThat(start("<x/>")).isEqualTo("<x/>");
    assertThat(runs.getFirst().errors()).endsWith("the last words").hasSizeLessThan(20_000);
    ProcessHandle daemon =
        ProcessHandle.of(Long.parseLong(Files.readString(left).strip())).orElseThrow();
    assertThat(daemon.isAlive()).isTrue();
    daemon.destroyForcibly();
  }

  @Test
  void scriptsSeePropertiesOfMachineAndDeviceButNoneThatChangeHowTheyRun() {
    scripts.record(HookPoint.BEFORE_NIC_HOTPLUG);
    hooks.run(
        HookPoint.BEFORE_NIC_HOTPLUG,
        HookContext.vm(
                vm, Map.of("both", "machine's", "LD_PRELOAD", "/evil.so", "vmId", "x", "t", "a b"))
            .with(Map.of("both", "device's", "extnet", "red", "PYTHONPATH", "/evil")),
        () -> "<interface/>");
    ScriptDirectory.Record seen = scripts.records().getFirst();
    assertThat(seen.variable("both")).isEqualTo("machine's");
    assertThat(seen.variable("extnet")).isEqualTo("red");
    assertThat(seen.variable("t")).isEqualTo("a b");
    assertThat(seen.variable("vmId")).isEqualTo(vm.toString());
    assertThat(seen.variable("LD_PRELOAD")).isEmpty();
    assertThat(seen.variable("PYTHONPATH")).endsWith("/support/python").doesNotContain("evil");
    assertThat(seen.environment()).noneMatch(line -> line.startsWith("_hook_json"));
    assertThat(seen.mode()).isEqualTo("600");
    assertThat(Path.of(seen.variable("_hook_domxml"))).doesNotExist();
  }

  @Test
  void scriptsInheritNoSecretsAndNoWorkingDirectoryOnPythonsPath() {
    HookSettings settings =
        new HookSettings(
            List.of(), Duration.ZERO, Duration.ZERO, List.of("site_setting"), directory);
    Map<String, String> seen =
        new ScriptEnvironment(
                settings,
                Map.of(
                    "PATH",
                    "/bin",
                    "LANG",
                    "C.UTF-8",
                    "DATABASE_PASSWORD",
                    "secret",
                    "TOKEN",
                    "secret",
                    "DATABASE_URL",
                    "postgres://me:secret@db",
                    "site_setting",
                    "on",
                    "PYTHONPATH",
                    ":/site/python:"))
            .of(
                HookPoint.AFTER_GET_CAPS,
                HookContext.host(),
                Path.of("/tmp/file.json"),
                Path.of("/support/python"));
    assertThat(seen)
        .containsOnly(
            Map.entry("PATH", "/bin"),
            Map.entry("LANG", "C.UTF-8"),
            Map.entry("site_setting", "on"),
            Map.entry("PYTHONPATH", "/site/python:/support/python"),
            Map.entry("_hook_json", "/tmp/file.json"));
  }

  @Test
  void namesThatChangeHowAProcessRunsAreRefused() {
    assertThat(
            List.of(
                "PATH",
                "LD_PRELOAD",
                "LD_LIBRARY_PATH",
                "PYTHONPATH",
                "PYTHONHOME",
                "IFS",
                "ENV",
                "BASH_ENV",
                "BASH_FUNC_ls%%",
                "vmId",
                "_hook_domxml",
                "_hook_json",
                "PERL5LIB",
                "a=b",
                ""))
        .allMatch(PropertyNames::refused);
    assertThat(
            List.of("ifacemacspoof", "smbios", "sap_agent", "path", "SecurityGroups", "hugepages"))
        .noneMatch(PropertyNames::refused);
  }

  @Test
  void scriptsAreListedWithChecksumsThatFollowThem() throws IOException {
    scripts.install("before_vm_start", "50_smbios", "#!/bin/sh\n");
    Path ignored = scripts.install("after_vm_start", "README", "text");
    Files.setPosixFilePermissions(ignored, PosixFilePermissions.fromString("rw-r--r--"));
    scripts.install("no_such_point", "50_x", "#!/bin/sh\n");
    assertThat(hooks.inventory())
        .isEqualTo(
            Map.of(
                "before_vm_start",
                Map.of(
                    "50_smbios",
                    Map.of(
                        "checksum",
                        "a8076d3d28d21e02012b20eaf7dbf75409a6277134439025f282e368e3305abf"))));
    scripts.install("before_vm_start", "50_smbios", "#!/bin/sh\ntrue\n");
    assertThat(hooks.inventory().toString()).doesNotContain("a8076d3d28d2");
  }

  @Test
  void aScriptWithoutAnInterpreterIsTheShells() {
    scripts.install(HookPoint.BEFORE_VM_START, "10_a", "printf shell > $_hook_domxml\n");
    assertThat(start("")).isEqualTo("shell");
  }
}

package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.overt.acceptance.ShellProgram.Result;
import io.overt.agent.simulated.Faults.Operation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shell's commands, scripts and exit codes, each in a process of its own. */
@Timeout(120)
@ExtendWith(SharedEngine.class)
class ShellTest {
  private static final String DISKLESS =
      "--cluster-name Default --template-name Blank --memory 268435456 --os-kernel /boot/vmlinuz"
          + " --os-boot \"boot.dev=hd,boot.dev=network\"";

  private final EngineFixture engine;
  private final ShellProgram shell;

  ShellTest(EngineFixture engine) {
    engine.farm();
    this.engine = engine;
    this.shell = new ShellProgram(engine);
  }

  @AfterEach
  void removeHome() {
    shell.close();
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void aListHasTheFormThatIsAskedFor() throws Exception {
    Result table = shell.run("list", "hosts", "-s", "name=shared-*", "--sort", "name");
    assertThat(table.err()).isEmpty();
    assertThat(table.lines().getFirst()).matches("NAME +STATUS +ADDRESS +CLUSTER.NAME");
    assertThat(table.lines().get(1)).matches("shared-0 +up +127.0.0.1 +Default");

    JsonNode hosts = json(shell.run("list", "hosts", "-o", "json").out());
    assertThat(hosts.get(0).get("port").isNumber()).isTrue();
    assertThat(hosts.findValuesAsText("name")).contains("shared-0", "shared-1", "shared-2");

    Result several =
        shell.script(
            """
            list hosts -o name -s name=shared-0
            list hosts -o csv --fields name,cluster.name -s name=shared-0
            list hosts -o "jsonpath={.cpu.topology.cores}" -s name=shared-0
            list hosts -o yaml --fields name,status -s name=shared-0
            list clusters --text --where name=Default
            list hosts --kwargs "name=shared-0;status-state=up" --fields name
            """);
    assertThat(several.lines())
        .startsWith(
            "shared-0",
            "name,cluster.name",
            "shared-0,Default",
            hosts.get(0).at("/cpu/topology/cores").asText(),
            "- name: shared-0",
            "  status: up",
            "");
    assertThat(several.out())
        .containsPattern("\nid +: [0-9a-f-]{36}\nname +: Default\ndescription: .*\n\n")
        .endsWith("NAME\nshared-0\n");
  }

  @Test
  void theExitCodeSaysWhatKindOfFailureItWas() throws Exception {
    Path wrong = Files.writeString(shell.home().resolve("wrong"), "wrong\n");
    assertThat(shell.run("list", "vmz").code()).isEqualTo(1);
    assertThat(shell.run("list", "vms", "--no-such-option", "x").code()).isEqualTo(1);
    assertThat(shell.run("add", "vm", "--name", "shell-incomplete").code()).isEqualTo(2);
    assertThat(shell.run("--url", "https://localhost:1/ovirt-engine/api", "ping").code())
        .isEqualTo(5);
    Result refused = shell.run("--password-file", wrong.toString(), "ping");
    assertThat(refused.code()).isEqualTo(6);
    assertThat(refused.out()).isEmpty();
    Result missing = shell.run("show", "vm", "shell-nobody");
    assertThat(missing.code()).isEqualTo(11);
    assertThat(missing.err()).contains("shell-nobody");
    assertThat(
            shell
                .run("wait", "host", "shared-0", "--for", "status=down", "--timeout", "300ms")
                .code())
        .isEqualTo(12);
  }

  @Test
  void aJobThatFailsIsTold() {
    assertThat(shell.script("add vm --name shell-fails -o name " + DISKLESS).code()).isZero();
    engine
        .farm()
        .hosts()
        .hosts()
        .forEach(
            host ->
                host.hypervisor()
                    .faults()
                    .fail(Operation.CREATE, "no room in the shell's test", 9, _ -> true));
    try {
      Result failed = shell.run("start", "vm", "shell-fails", "--wait=1m");
      assertThat(failed.code()).as(failed.err()).isEqualTo(13);
      assertThat(failed.err()).contains("Launching VM shell-fails");
    } finally {
      engine.farm().hosts().hosts().forEach(host -> host.hypervisor().faults().clear());
    }
    assertThat(shell.run("remove", "vm", "shell-fails", "--wait").code()).isZero();
  }

  @Test
  void aSignalEndsWhatWaitsWithTheCodeForThat() throws Exception {
    Process process = shell.builder("events", "--follow", "-o", "json").start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      // The last events come first, then those to come.
      assertThat(json(lines.readLine()).get("description").isTextual()).isTrue();
      Result added = shell.script("add tag --name shell-followed -q > /dev/null");
      assertThat(added.code()).as(added.err()).isZero();
      String line = lines.readLine();
      while (!line.contains("shell-followed")) {
        line = lines.readLine();
      }
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(3);
    } finally {
      process.destroyForcibly();
    }
    assertThat(shell.run("remove", "tag", "shell-followed").code()).isZero();
  }

  @Test
  void everyLineOfOvirtShellDoesItsWork() throws Exception {
    String script;
    try (InputStream resource = ShellTest.class.getResourceAsStream("ovirt-shell.commands")) {
      script =
          new String(resource.readAllBytes(), StandardCharsets.UTF_8)
              .replace("@CLUSTER@", clusterId())
              .replace("@HOME@", shell.home().toString());
    }
    Result result = shell.script(script);
    assertThat(result.code()).as(result.err()).isZero();
    int at = 0;
    for (String line : script.lines().filter(each -> each.startsWith("#= ")).toList()) {
      String wanted = line.substring("#= ".length());
      int found = result.out().indexOf(wanted, at);
      assertThat(found)
          .as("'%s' behind character %d of:%n%s", wanted, at, result.out())
          .isNotNegative();
      at = found + wanted.length();
    }
  }

  private String clusterId() throws IOException {
    return json(shell.run("list", "clusters", "-o", "json").out()).get(0).get("id").asText();
  }

  @Test
  void aScriptStopsAtItsFirstErrorUnlessToldOtherwise() throws Exception {
    String script =
        """
        names=$(list hosts -o name -s name=shared-0)
        echo ${names}
        foreach host in $(list hosts -o name -s "name=shared-*" --sort name) done-by-hand
          echo host ${host} $?
        end
        show vm shell-nobody
        echo after $?
        """;
    Result stopped = shell.script(script);
    assertThat(stopped.code()).isEqualTo(11);
    assertThat(stopped.out())
        .isEqualTo(
            "shared-0\nhost shared-0 0\nhost shared-1 0\nhost shared-2 0\nhost done-by-hand 0\n");
    assertThat(stopped.err()).startsWith(shell.home().resolve("script") + ":6: ");

    Path file = shell.home().resolve("script");
    Result going = shell.run("--keep-going", "-f", file.toString());
    assertThat(going.code()).isZero();
    assertThat(going.out()).endsWith("after 11\n");

    Result wrong = shell.script("echo begun\necho \"open");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.out()).isEmpty();
    assertThat(shell.run("-E", "echo one; echo two").out()).isEqualTo("one\ntwo\n");
    assertThat(shell.runWith("echo typed\n", "shell").out()).isEqualTo("typed\n");
  }

  @Test
  void aLoginIsKeptForLaterCommandsUntilItsEnd() throws Exception {
    Result login = shell.run("login");
    assertThat(login.code()).as(login.err()).isZero();
    shell.without("OVERT_URL", "OVERT_USER", "OVERT_CA", "OVERT_PASSWORD_FILE");
    Path kept;
    try (var files = Files.walk(shell.home())) {
      kept =
          files
              .filter(file -> file.getFileName().toString().startsWith("login-"))
              .findFirst()
              .orElseThrow();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(kept)).doesNotContain(engine.access().adminPassword());
    assertThat(shell.run("list", "hosts", "-o", "name").out()).contains("shared-0");
    String before = Files.readString(kept);
    assertThat(shell.run("logout").code()).isZero();
    assertThat(kept).doesNotExist();
    Files.writeString(kept, before);
    assertThat(shell.run("list", "hosts").code()).as("with the token of before").isEqualTo(6);
  }

  @Test
  void theProfileOfOvirtShellIsReadWhenItIsPrivate() throws Exception {
    shell.without("OVERT_URL", "OVERT_USER", "OVERT_CA", "OVERT_PASSWORD_FILE");
    Path profile = shell.home().resolve(".ovirtshellrc");
    String text =
        """
        [cli]
        autopage = True
        [ovirt-shell]
        url = %s/api
        username = admin@internal
        password = %s
        ca_file = %s
        insecure = False
        """
            .formatted(
                engine.config().url(),
                engine.access().adminPassword(),
                engine.config().authorityDirectory().resolve("ca.pem"));
    Files.writeString(profile, text);
    Files.setPosixFilePermissions(profile, PosixFilePermissions.fromString("rw-r--r--"));
    Result open = shell.run("ping");
    assertThat(open.code()).isEqualTo(6);
    assertThat(open.err()).contains("chmod 600");
    Files.setPosixFilePermissions(profile, PosixFilePermissions.fromString("rw-------"));
    assertThat(shell.run("ping").code()).isZero();
    assertThat(profile).hasContent(text);
    assertThat(shell.run("profile", "list", "-o", "name").lines()).isEqualTo(List.of("default"));
  }

  @Test
  void systemsShellsLearnWhatExists() {
    assertThat(shell.run("__complete", "--", "show", "host", "shared-").lines())
        .containsExactly("shared-0", "shared-1", "shared-2");
    assertThat(shell.run("__complete", "--", "add", "vm", "--clus").lines())
        .containsExactly("--cluster-id", "--cluster-name");
    assertThat(shell.run("completion", "bash").out()).contains("complete ");
  }
}

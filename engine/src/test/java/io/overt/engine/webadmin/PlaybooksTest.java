package io.overt.engine.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.access.directory.DirectoryUser;
import io.overt.access.permissions.WellKnown;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Cluster;
import io.overt.model.types.Event;
import io.overt.model.types.Permission;
import io.overt.model.types.Role;
import io.overt.model.types.User;
import io.overt.vdsmrpc.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Playbooks with a program of the test, which writes down what it is given. */
class PlaybooksTest {
  private static final String SERVICE = "/ovirt-engine/services/ansible";
  private final RunningWebAdmin running = RunningWebAdmin.shared();
  private String token;

  @BeforeEach
  void logIn() throws IOException {
    token = token(RunningWebAdmin.USER, RunningWebAdmin.PASSWORD);
    Files.writeString(running.playbooks().resolve("upgrade.yml"), "- hosts: localhost\n");
    Files.writeString(running.playbooks().resolve("private.txt"), "no playbook");
  }

  private String token(String user, String password) {
    HttpResponse<String> login = running.logIn(user, password);
    assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
    return String.valueOf(((Map<?, ?>) Json.parse(login.body())).get("token"));
  }

  /** What {@code ansible-playbook} does; its options are {@code --extra-vars @FILE PLAYBOOK}. */
  private void program(String script) throws IOException {
    Path program = running.program();
    Files.deleteIfExists(program);
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  private HttpResponse<String> run(String query, String variables) {
    return running.send(
        "POST",
        SERVICE + query,
        variables,
        "Authorization",
        "Bearer " + token,
        "Content-Type",
        "text/plain");
  }

  private List<Event> events(String correlation) {
    return running.engine.inventory().snapshot().all(Kinds.EVENT).stream()
        .map(entity -> entity.value())
        .filter(event -> correlation.equals(event.correlationId()))
        .sorted(Comparator.comparing(Event::index))
        .toList();
  }

  private Event last(String correlation, int count) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (events(correlation).size() < count) {
      assertThat(System.nanoTime()).as("events of " + correlation).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return events(correlation).getLast();
  }

  private String detail(HttpResponse<String> response) {
    return String.valueOf(((Map<?, ?>) Json.parse(response.body())).get("detail"));
  }

  @Test
  void aPlaybookRunsWithItsVariablesAndTheCallersToken() throws IOException {
    Path given = running.directory.resolve("given.json");
    program(
        """
        file="${2#@}"
        ps -p $$ -o args= >"%1$s.args"
        echo "$@" >>"%1$s.args"
        stat -c %%a "$file" >"%1$s.mode"
        cp "$file" "%1$s"
        echo "$3" >"%1$s.playbook"
        """
            .formatted(given));
    HttpResponse<String> answer =
        run(
            "?playbook=upgrade&execution_timeout=5",
            "{\"cluster_name\": \"Default\", \"hosts\": [\"a\", \"b\"], \"engine_token\": \"x\","
                + " \"engine_url\": \"https://elsewhere/\", \"engine_correlation_id\": \"up-1\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    Event finished = last("up-1", 2);
    assertThat(events("up-1").getFirst().description())
        .isEqualTo("Playbook upgrade: begun by admin@internal-authz.");
    assertThat(finished.description()).startsWith("Playbook upgrade: finished after ");
    Map<?, ?> variables = (Map<?, ?>) Json.parse(Files.readString(given));
    assertThat(variables.get("cluster_name")).isEqualTo("Default");
    assertThat(variables.get("hosts")).isEqualTo(List.of("a", "b"));
    assertThat(variables.get("engine_token")).isEqualTo(token);
    assertThat(variables.get("engine_url")).isEqualTo("https://engine.example/ovirt-engine/api");
    assertThat(variables.get("engine_insecure")).isEqualTo(false);
    assertThat(Files.readString(Path.of(given + ".mode")).strip()).isEqualTo("600");
    assertThat(Files.readString(Path.of(given + ".args"))).doesNotContain(token);
    assertThat(Files.readString(Path.of(given + ".playbook")).strip())
        .isEqualTo(running.playbooks().resolve("upgrade.yml").toString());
    try (Stream<Path> left = Files.list(running.runs())) {
      assertThat(left.map(Path::toString)).noneMatch(file -> file.endsWith(".json"));
    }
  }

  @Test
  void oneThatFailsSaysHowAndWhereItsOutputIs() throws IOException {
    program("echo the host is not there; exit 4");
    assertThat(run("?playbook=upgrade", "{\"engine_correlation_id\": \"up-2\"}").statusCode())
        .isEqualTo(200);
    Event failed = last("up-2", 2);
    assertThat(failed.code()).isEqualTo(100007);
    assertThat(failed.description()).contains("ended with exit code 4");
    String text = String.valueOf(failed.description());
    Path output = Path.of(text.replaceAll(".*is in (.*)\\.", "$1"));
    assertThat(Files.readString(output)).isEqualTo("the host is not there\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(output)))
        .isEqualTo("rw-------");
  }

  @Test
  void whatIsWrongIsNamedWithWhatWasExpected() throws IOException {
    program("exit 0");
    for (String name : List.of("../upgrade", "/etc/passwd", "", "a%2Fb", ".upgrade")) {
      HttpResponse<String> answer = run("?playbook=" + name, "{}");
      assertThat(answer.statusCode()).as(name).isEqualTo(400);
      assertThat(detail(answer)).startsWith("playbook: ").contains("without a path");
    }
    assertThat(detail(run("?playbook=unknown", "{}")))
        .startsWith("playbook: 'unknown' was found; expected one of [upgrade] in ");
    for (String timeout : List.of("0", "-1", "soon", "999999")) {
      assertThat(detail(run("?playbook=upgrade&execution_timeout=" + timeout, "{}")))
          .isEqualTo(
              "execution_timeout: '%s' was found; expected minutes from 1 to 10080"
                  .formatted(timeout));
    }
    for (String variables : List.of("[1]", "a=b", "\"x\"")) {
      assertThat(detail(run("?playbook=upgrade", variables)))
          .isEqualTo(
              "body: '%s' was found; expected a JSON object of variables".formatted(variables));
    }
  }

  @Test
  void aProgramThatIsNotThereIsSaidAtOnce() throws IOException {
    Files.deleteIfExists(running.program());
    HttpResponse<String> answer = run("?playbook=upgrade", "{}");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(detail(answer)).startsWith("ansible-playbook: '" + running.program() + "'");
    try (Stream<Path> left = Files.list(running.runs())) {
      assertThat(left.map(Path::toString)).noneMatch(file -> file.endsWith(".json"));
    }
  }

  @Test
  void onlyAdministratorsMay() {
    assertThat(running.send("POST", SERVICE + "?playbook=upgrade", "{}").statusCode())
        .isEqualTo(401);
    assertThat(running.get(SERVICE, "Authorization", "Bearer " + token).statusCode())
        .isEqualTo(405);
    running
        .engine
        .directory()
        .addUser(DirectoryUser.named("playbook-reader"), "secret-1".toCharArray());
    assertThat(running.logIn("playbook-reader@internal", "secret-1").statusCode()).isEqualTo(401);
    letIn("playbook-reader");
    HttpResponse<String> answer =
        running.send(
            "POST",
            SERVICE + "?playbook=upgrade",
            "{}",
            "Authorization",
            "Bearer " + token("playbook-reader@internal", "secret-1"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(detail(answer)).isEqualTo("Playbooks are for administrators");
  }

  /** Whoever has a role for anything may log in. */
  private void letIn(String name) {
    Snapshot snapshot = running.engine.inventory().snapshot();
    String cluster = snapshot.all(Kinds.CLUSTER).getFirst().id();
    String user =
        snapshot.all(Kinds.USER).stream()
            .filter(entity -> String.valueOf(entity.value().userName()).startsWith(name))
            .findFirst()
            .orElseThrow()
            .id();
    running
        .engine
        .inventory()
        .change(
            transaction ->
                transaction.insert(
                    Kinds.PERMISSION,
                    new Permission()
                        .id(UUID.randomUUID().toString())
                        .role(new Role().id(WellKnown.USER_ROLE))
                        .user(new User().id(user))
                        .cluster(new Cluster().id(cluster)),
                    Kinds.CLUSTER.key(cluster),
                    Map.of()));
  }
}

package io.overt.engine.webadmin;

import io.overt.access.login.Logins;
import io.overt.access.permissions.Permissions;
import io.overt.access.rules.Guard;
import io.overt.access.rules.OperationRules;
import io.overt.access.session.Sessions;
import io.overt.engine.TestEngine;
import io.overt.engine.door.CallGuard;
import io.overt.engine.door.EventTap;
import io.overt.engine.door.LoginDesk;
import io.overt.engine.door.LoginReports;
import io.overt.engine.resource.Platform;
import io.overt.engine.storage.DomainSpace;
import io.overt.engine.system.ApiRoot;
import io.overt.engine.tags.Tags;
import io.overt.engine.webadmin.dashboard.DashboardData;
import io.overt.engine.webadmin.playbooks.PlaybookSite;
import io.overt.engine.webadmin.playbooks.Playbooks;
import io.overt.events.EventLog;
import io.overt.fleet.Reports;
import io.overt.rest.ApiPorts;
import io.overt.rest.ApiServer;
import io.overt.rest.ApiServerConfig;
import io.overt.rest.api.Completion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server on a loopback port with the web administration's doors and a small API. */
final class RunningWebAdmin {
  static final String USER = "admin@internal";
  static final String PASSWORD = "of-the-test";
  static final String HOME = "/ovirt-engine/webadmin/";

  final Reports reports = new Reports();
  final TestEngine engine = TestEngine.open();
  final Path directory;
  final ApiServer server;
  final HttpClient client = HttpClient.newHttpClient();

  private static @Nullable RunningWebAdmin shared;

  /** One for all tests, which ends with their process and its database. */
  static synchronized RunningWebAdmin shared() {
    RunningWebAdmin running = shared;
    if (running == null) {
      running = new RunningWebAdmin();
      shared = running;
      Runtime.getRuntime().addShutdownHook(new Thread(running::tidy));
    }
    return running;
  }

  /** Where plugins of tests are installed. */
  Path plugins() {
    return directory.resolve("ui-plugins");
  }

  /** Where playbooks of tests lie. */
  Path playbooks() {
    return directory.resolve("playbooks");
  }

  /** What runs playbooks; a test puts its own there. */
  Path program() {
    return directory.resolve("ansible-playbook");
  }

  /** Where variables and outputs of playbooks are kept. */
  Path runs() {
    return directory.resolve("runs");
  }

  private PlaybookSite site(WebAdminSettings settings) {
    return new PlaybookSite(
        settings.playbooks(),
        settings.ansiblePlaybook(),
        runs(),
        "https://engine.example/ovirt-engine/api",
        directory.resolve("ca.pem"));
  }

  private RunningWebAdmin() {
    try {
      directory = Files.createTempDirectory("overt-webadmin");
      Files.createDirectory(plugins());
      Files.createDirectory(playbooks());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    WebAdminSettings settings =
        new WebAdminSettings(
            List.of(plugins()),
            List.of(directory.resolve("ui-plugins-config")),
            playbooks(),
            program().toString());
    Platform platform = engine.platform();
    DashboardData dashboard =
        new DashboardData(
            platform,
            () -> reports,
            new DomainSpace(
                () -> {
                  throw new IllegalStateException("no host is connected");
                }));
    Clock clock = platform.clock();
    Duration idle = Duration.ofMinutes(30);
    engine.directory().setPassword("admin", PASSWORD.toCharArray());
    Sessions sessions = new Sessions(engine.database().jdbi(), clock, idle);
    Logins logins =
        new Logins(
            engine.inventory(), engine.directory(), sessions, new Permissions(), clock, true);
    LoginDesk desk =
        new LoginDesk(
            logins, new LoginReports(engine.inventory(), new EventLog(clock), clock, idle));
    ApiPorts ports =
        new ApiPorts(
            desk,
            new CallGuard(
                platform,
                new Guard(OperationRules.read(), platform.permissions(), platform.visibility())),
            (job, deadline) -> new Completion.Ending(Completion.State.FINISHED, null),
            new EventTap(platform),
            kind -> Optional.empty(),
            () -> true,
            clock);
    this.server =
        new ApiServer(
                ApiServerConfig.DEFAULT.withPorts(-1, 0),
                context(),
                new ApiRoot(platform, "test", Map.of("tags", new Tags(platform))),
                ports,
                List.of(),
                new WebAdmin(settings, desk, dashboard, new Playbooks(platform, site(settings)))
                    .mounts())
            .start();
  }

  private static SSLContext context() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  String origin() {
    return "http://localhost:" + server.httpPort();
  }

  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  /** Headers as name, value, name, value. */
  HttpResponse<String> send(String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin() + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    for (int index = 0; index < headers.length; index += 2) {
      request.setHeader(headers[index], headers[index + 1]);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> logIn(String user, String password, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = "application/json";
    System.arraycopy(headers, 0, all, 2, headers.length);
    return send(
        "POST",
        HOME + "session",
        "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(user, password),
        all);
  }

  static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private void tidy() {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.overt.units;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.overt.scheduling.external.FilterAnswer;
import io.overt.scheduling.external.UnitCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A unit of the shape of 2014, which asks the engine through the SDK of version 3. */
class UnitSdkTest {
  private static final String H1 = "11111111-1111-1111-1111-111111111111";
  private static final String H2 = "22222222-2222-2222-2222-222222222222";

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private UnitFiles files;
  private HttpServer engine;

  @BeforeEach
  void start() throws IOException {
    files = new UnitFiles();
    engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    engine.createContext(
        "/",
        exchange -> {
          try (exchange) {
            requests.add(exchange.getRequestURI().toString());
            byte[] body = answer(exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    engine.start();
  }

  private static byte[] answer(String path) {
    String hosts =
        """
        <hosts>
          <host id="%s"><name>a</name><summary><active>2</active><total>2</total></summary></host>
          <host id="%s"><name>b</name><summary><active>9</active><total>9</total></summary></host>
        </hosts>
        """
            .formatted(H1, H2);
    String api =
        """
        <api><link rel="hosts" href="/api/hosts"/>
          <product_info><version major="3" minor="4"/></product_info></api>
        """;
    return (path.contains("/hosts") ? hosts : api).getBytes(StandardCharsets.UTF_8);
  }

  @AfterEach
  void stop() {
    engine.stop(0);
    files.close();
  }

  @Test
  void theSdkCanBeImportedAndReachesTheEngine() throws IOException, InterruptedException {
    files.write(
        "max_vm.py",
        """
        from ovirtsdk.xml import params
        from ovirtsdk.api import API
        import sys

        class max_vms():
            properties_validation = 'maximum_vm_count=[0-9]*'

            def do_filter(self, hosts_ids, vm_id, args_map):
                try:
                    connection = API(url='http://localhost:%d', username='admin@internal', password='x')
                except BaseException as ex:
                    print(ex, file=sys.stderr)
                    return
                hosts = connection.hosts.list(query=' or '.join('id=%%s' %% each for each in hosts_ids))
                most = int(args_map.get('maximum_vm_count', 100))
                print([host.id for host in hosts if host.summary.active < most])
        """
            .formatted(engine.getAddress().getPort()));
    try (PythonUnits units =
        PythonUnits.open(UnitSettings.of(files.directory()).pythonPath(List.of(sdk())))) {
      assertThat(units.discover().problems()).isEmpty();
      UnitCall call =
          new UnitCall(
              List.of(H1, H2), "vm", Map.of("maximum_vm_count", "5"), Duration.ofSeconds(20));
      FilterAnswer answer = units.filter(List.of("max_vms"), call);
      assertThat(answer.problems()).isEmpty();
      assertThat(answer.keep(call.hosts())).containsExactly(H1);
      assertThat(requests).anyMatch(each -> each.contains("/hosts") && each.contains(H1));
      engine.stop(0);
      assertThat(units.filter(List.of("max_vms"), call).keep(call.hosts())).containsExactly(H1, H2);
    }
  }

  /** As the build of the SDK makes it, from the same sources. */
  private Path sdk() throws IOException, InterruptedException {
    Path home = Path.of("..").toAbsolutePath().normalize();
    Path site = files.root().resolve("site");
    Process build =
        new ProcessBuilder(
                "python3",
                "-B",
                home.resolve("sdk-python/build.py").toString(),
                "--model",
                home.resolve("model/target/classes/io/overt/model/model.json").toString(),
                "--version",
                "0",
                "--out",
                files.root().resolve("out").toString(),
                "--unpack",
                site.toString())
            .inheritIO()
            .start();
    assertThat(build.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(build.exitValue()).isZero();
    return site;
  }
}

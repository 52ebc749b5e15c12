package io.overt.dist;

import io.overt.scheduling.external.Discovery;
import io.overt.scheduling.external.ExternalUnit;
import io.overt.scheduling.external.UnitProblem;
import io.overt.units.PythonUnits;
import io.overt.units.SchedulerProxy;
import io.overt.units.SchedulerProxy.Answers;
import io.overt.units.UnitSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "scheduler-proxy",
    description = "Serves scheduling units in Python to an oVirt engine, until interrupted.")
final class SchedulerProxyCommand implements Callable<Integer> {
  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description =
          "where the units are (default: $OSCHEDPROXY_PLUGINS, else"
              + " /usr/share/ovirt-scheduler-proxy/plugins)")
  private @Nullable Path plugins;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      defaultValue = "localhost",
      description = "where to listen; there is no authentication (default ${DEFAULT-VALUE})")
  private String address = "localhost";

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "18781",
      description = "0 for any (default ${DEFAULT-VALUE})")
  private int port = SchedulerProxy.PORT;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "how long the units of a call may take (default ${DEFAULT-VALUE})")
  private int timeout = 30;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      defaultValue = "nobody",
      description = "whom units run as, if this runs as root (default ${DEFAULT-VALUE})")
  private String user = "nobody";

  @Option(
      names = "--sdk",
      paramLabel = "DIR",
      split = ":",
      description = "what units can import from (default: the SDK of this program)")
  private List<Path> sdk = List.of();

  @Option(
      names = "--per-unit",
      description =
          "answer each unit's own scores and faults, for engines that rank units (oVirt's since"
              + " 4.2)")
  private boolean perUnit;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  boolean help;

  @Override
  public Integer call() throws InterruptedException {
    if (timeout < 1 || timeout > 3600) {
      throw new Failure("--timeout is " + timeout + " but must be from 1 to 3600");
    }
    if (port < 0 || port > 65535) {
      throw new Failure("--port is " + port + " but must be from 0 to 65535");
    }
    UnitSettings defaults = UnitSettings.of(directory()).user(user);
    UnitSettings settings =
        sdk.isEmpty()
            ? defaults
            : defaults.pythonPath(sdk.stream().map(Path::toAbsolutePath).toList());
    PythonUnits units = PythonUnits.open(settings);
    SchedulerProxy proxy = serve(units);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  proxy.close();
                  units.close();
                },
                "stop"));
    print(units.discover());
    units.onChange(SchedulerProxyCommand::print);
    units
        .isolationGaps()
        .forEach(gap -> System.err.println("overt: units are not fully isolated: " + gap));
    System.out.printf(
        "Listening on http://%s:%d/ for the units of %s; interrupt to stop.%n",
        address, proxy.address().getPort(), settings.directory());
    new CountDownLatch(1).await();
    return 0;
  }

  private SchedulerProxy serve(PythonUnits units) {
    InetSocketAddress where = new InetSocketAddress(address, port);
    if (where.isUnresolved()) {
      throw new Failure("--address is " + address + ", which is no address of this machine");
    }
    try {
      return SchedulerProxy.start(
          units, where, Duration.ofSeconds(timeout), perUnit ? Answers.PER_UNIT : Answers.PLAIN);
    } catch (IOException e) {
      throw new Failure(
          "cannot listen on %s:%d: %s; name another with --port"
              .formatted(address, port, e.getMessage()));
    }
  }

  private Path directory() {
    String named = System.getenv("OSCHEDPROXY_PLUGINS");
    if (plugins != null) {
      if (!Files.isDirectory(plugins)) {
        throw new Failure("--plugins is " + plugins + ", which is no directory");
      }
      return plugins;
    }
    return named == null || named.isEmpty() ? UnitSettings.OVIRT_DIRECTORY : Path.of(named);
  }

  private static void print(Discovery found) {
    for (ExternalUnit unit : found.units()) {
      System.out.printf(
          "%-15s %s%s%n",
          unit.kind().text(),
          unit.name(),
          unit.problem().map(problem -> " (" + problem + ")").orElse(""));
    }
    for (UnitProblem problem : found.problems()) {
      System.err.println(
          "overt: "
              + String.join(
                  ": ",
                  Stream.of(problem.unit(), problem.message())
                      .filter(each -> each != null)
                      .toList()));
    }
  }
}

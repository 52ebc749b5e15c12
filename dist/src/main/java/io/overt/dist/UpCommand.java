package io.overt.dist;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "up", description = "Starts the engine and its hosts.")
final class UpCommand implements Callable<Integer> {
  private static final int MOST_SIMULATED = 1_000;

  @Mixin private final EngineOptions options = new EngineOptions();

  @Option(
      names = "--simulate",
      paramLabel = "N",
      description = "simulated hosts instead of this machine; 0 for none")
  private @Nullable Integer simulate;

  @Option(names = "--foreground", description = "stay until interrupted, then stop everything")
  private boolean foreground;

  @Override
  public Integer call() throws InterruptedException {
    if (simulate != null && (simulate < 0 || simulate > MOST_SIMULATED)) {
      throw new Failure("--simulate is " + simulate + " but must be from 0 to " + MOST_SIMULATED);
    }
    Installation installation = Installation.current();
    Site site = options.site();
    up(installation, site, simulate);
    if (foreground) {
      stay(installation, site);
    }
    return 0;
  }

  /** Starts what is not up yet. */
  static void up(Installation installation, Site site, @Nullable Integer simulate) {
    if (simulate == null) {
      LocalHost.requireRoot();
    }
    Startup startup = new Startup(installation, site);
    boolean[] started = {false};
    startup.exclusively(
        () -> {
          started[0] = startup.engine();
          if (simulate != null) {
            new SimulatedFleet(installation, site).ensure(simulate);
          } else {
            LocalHost local = new LocalHost(installation, site);
            local.ensureAgent();
            local.ensureRegistered(site.api());
          }
        });
    System.out.println(started[0] ? "Overt is up." : "Overt was up already.");
    Welcome.print(site);
  }

  private static void stay(Installation installation, Site site) throws InterruptedException {
    System.out.println("Interrupt to stop.");
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> DownCommand.down(installation, site, false), "down"));
    CountDownLatch never = new CountDownLatch(1);
    while (site.engine().running().isPresent()) {
      if (never.await(1, TimeUnit.SECONDS)) {
        return;
      }
    }
    System.err.println("overt: the engine ended; see " + site.engine().log());
  }
}

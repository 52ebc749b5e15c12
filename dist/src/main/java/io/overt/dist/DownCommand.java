package io.overt.dist;

import io.overt.dist.process.Daemon;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "down", description = "Stops what `up` started in this state directory.")
final class DownCommand implements Callable<Integer> {
  @Mixin private final SiteOptions options = new SiteOptions();

  @Option(names = "--guests", description = "also stop virtual machines of this machine, hard")
  private boolean guests;

  @Override
  public Integer call() {
    Installation installation = Installation.current();
    Site site = options.site();
    if (!Files.isDirectory(site.config().runDirectory())) {
      System.out.println("Overt was down already.");
      return 0;
    }
    new Startup(installation, site).exclusively(() -> down(installation, site, guests));
    return 0;
  }

  static void down(Installation installation, Site site, boolean guests) {
    List<String> stopped = new ArrayList<>();
    // The engine first: it would only report hosts that go away.
    for (Daemon daemon : List.of(site.engine(), site.simulated(), site.agent())) {
      if (Progress.during("Stopping the " + daemon.name(), daemon::stop)) {
        stopped.add(daemon.name());
      }
    }
    if (LeftDatabase.stop(site.config())) {
      stopped.add("postgres");
    }
    Progress.during(
        "Stopping libvirtd",
        () -> {
          LocalHost.stop(installation, site, guests);
          return true;
        });
    System.out.println(
        stopped.isEmpty() ? "Overt was down already." : "Stopped: " + String.join(", ", stopped));
  }
}

package io.overt.dist;

import io.overt.dist.process.ProcessRecord;
import io.overt.engine.config.AdminClient;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    description = "Says what runs. Exit code 0: the engine is up; 3: it is down.")
final class StatusCommand implements Callable<Integer> {
  private static final int DOWN = 3;

  @Mixin private final SiteOptions options = new SiteOptions();

  @Override
  public Integer call() {
    Site site = options.site();
    Optional<ProcessRecord> engine = site.engine().running();
    boolean healthy = engine.isPresent() && healthy(site);
    row(
        "engine",
        engine.map(process -> healthy ? "up" : "not healthy").orElse("down"),
        engine.map(process -> process(process) + ", " + site.url()).orElse(""));
    if (healthy) {
      inventory(site);
    }
    site.agent().running().ifPresent(process -> row("agent", "up", process(process)));
    site.simulated()
        .running()
        .ifPresent(
            process ->
                row(
                    "simulated",
                    "up",
                    process(process) + ", " + process.notes().get("count") + " hosts"));
    row("state", "", site.state().toString());
    return healthy ? 0 : DOWN;
  }

  private static boolean healthy(Site site) {
    try {
      return site.anonymous().healthy();
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static void inventory(Site site) {
    try {
      Map<String, @Nullable Object> status = site.admin().call("status", Map.of());
      row("database", "up", String.valueOf(status.get("database")));
      row("hosts", counts(status.get("hosts")), "");
      row("vms", counts(status.get("vms")), "");
    } catch (AdminClient.EngineDown | AdminClient.Refused e) {
      row("database", "unknown", String.valueOf(e.getMessage()));
    }
  }

  /** {@code {up: 2, maintenance: 1}} as {@code 2 up, 1 maintenance}. */
  private static String counts(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> counts) || counts.isEmpty()) {
      return "none";
    }
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String process(ProcessRecord process) {
    Duration age = process.age();
    return String.format(
        Locale.ROOT,
        "pid %d, for %d:%02d:%02d",
        process.pid(),
        age.toHours(),
        age.toMinutesPart(),
        age.toSecondsPart());
  }

  private static void row(String what, String state, String more) {
    System.out.println(
        String.format(Locale.ROOT, "%-10s %-12s %s", what, state, more).stripTrailing());
  }
}

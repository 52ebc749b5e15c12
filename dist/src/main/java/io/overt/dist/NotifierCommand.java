package io.overt.dist;

import io.overt.events.notifier.ConfFiles;
import io.overt.events.notifier.InvalidNotifierConfig;
import io.overt.events.notifier.Mib;
import io.overt.events.notifier.Notifier;
import io.overt.events.notifier.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "notifier", description = "Notifications by SNMP, mail, webhook and syslog.")
final class NotifierCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  boolean help;

  @Command(description = "Checks the settings, or a file with them; exit code 0 when good, else 1.")
  int validate(
      @Mixin SiteOptions options, @Parameters(paramLabel = "FILE", arity = "0..1") Path file) {
    try {
      ConfFiles files = files(options, file);
      Notifier.validate(files).forEach(warning -> System.err.println("warning: " + warning));
      System.out.println("The settings in " + files.main() + " are good.");
      return 0;
    } catch (InvalidNotifierConfig e) {
      System.err.println("overt: " + e.getMessage());
      return 1;
    }
  }

  @Command(description = "Every key, the value in force, and where it came from.")
  int explain(
      @Mixin SiteOptions options, @Parameters(paramLabel = "FILE", arity = "0..1") Path file) {
    for (Value value : Notifier.explain(files(options, file))) {
      System.out.printf(
          Locale.ROOT,
          "%-40s %-28s (%s)%n",
          value.key(),
          value.text().isEmpty() ? "-" : value.text(),
          value.origin());
    }
    return 0;
  }

  private static ConfFiles files(SiteOptions options, @Nullable Path file) {
    if (file == null) {
      return options.site().config().notifierFiles();
    }
    if (!Files.isReadable(file)) {
      throw new Failure("cannot read " + file);
    }
    return new ConfFiles(ConfFiles.of(file, System.getenv()).defaults(), file.toAbsolutePath());
  }

  @Command(description = "Sends a test to each recipient and says what came of it.")
  int test(@Mixin SiteOptions options) {
    List<Map<?, ?>> results =
        maps(options.site().admin().call("notifier test", Map.of()).get("results"));
    if (results.isEmpty()) {
      System.err.println("overt: FILTER names no recipient, and nobody subscribed to an event");
      return 1;
    }
    int failed = 0;
    for (Map<?, ?> result : results) {
      String error = String.valueOf(result.get("error"));
      failed += error.isEmpty() ? 0 : 1;
      System.out.printf(
          Locale.ROOT,
          "%-6s (%s) %s%n",
          error.isEmpty() ? "sent" : "failed",
          result.get("recipient"),
          (result.get("target") + " " + error).strip());
    }
    return failed == 0 ? 0 : 1;
  }

  @Command(description = "Lets the running engine read its settings again.")
  int reload(@Mixin SiteOptions options) {
    Object warnings = options.site().admin().call("notifier reload", Map.of()).get("warnings");
    if (warnings instanceof List<?> list) {
      list.forEach(warning -> System.err.println("warning: " + warning));
    }
    System.out.println("The engine has read its settings for notifications again.");
    return 0;
  }

  @Command(description = "Lists who is to be told of what, or was, the newest event first.")
  int deliveries(
      @Mixin SiteOptions options,
      @Option(
              names = "--max",
              paramLabel = "N",
              defaultValue = "100",
              description = "at most so many (default ${DEFAULT-VALUE})")
          int max,
      @Parameters(
              paramLabel = "STATE",
              arity = "0..1",
              defaultValue = "",
              description = "pending, failed (to be tried again), sent or dead; default: all")
          String state) {
    List<Map<?, ?>> deliveries =
        maps(
            options
                .site()
                .admin()
                .call("notifier deliveries", Map.of("state", state, "max", max))
                .get("deliveries"));
    for (Map<?, ?> each : deliveries) {
      System.out.println(
          String.format(
                  Locale.ROOT,
                  "%8s %-7s %2s  (%s) %s %s",
                  each.get("event"),
                  each.get("state"),
                  each.get("attempts"),
                  each.get("recipient"),
                  each.get("target"),
                  each.get("last-error"))
              .stripTrailing());
    }
    return 0;
  }

  @Command(description = "Puts what was given up back into the queue.")
  int replay(
      @Mixin SiteOptions options,
      @Option(names = "--event", paramLabel = "N", description = "of this event only")
          @Nullable Long event,
      @Option(
              names = "--to",
              paramLabel = "RECIPIENT",
              description = "for this recipient only, as snmp:site1")
          @Nullable String recipient) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    if (event != null) {
      arguments.put("event", event);
    }
    if (recipient != null) {
      arguments.put("recipient", recipient);
    }
    System.out.println(
        options.site().admin().call("notifier replay", arguments).get("replayed")
            + " deliveries wait again.");
    return 0;
  }

  @Command(description = "Prints the MIB module for receivers of traps.")
  int mib() {
    System.out.print(Mib.text());
    return 0;
  }

  private static List<Map<?, ?>> maps(@Nullable Object values) {
    return values instanceof List<?> list
        ? list.stream()
            .<Map<?, ?>>map(each -> each instanceof Map<?, ?> map ? map : Map.of())
            .toList()
        : List.of();
  }
}

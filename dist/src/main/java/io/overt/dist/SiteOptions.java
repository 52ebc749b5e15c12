package io.overt.dist;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which installation a command is about. */
final class SiteOptions {
  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "the state directory (default: /var/lib/overt, ~/.local/state/overt)")
  private @Nullable Path state;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  boolean help;

  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    if (state != null) {
      settings.put("state-directory", state.toAbsolutePath().toString());
    }
    return settings;
  }

  Site site() {
    return Site.of(settings());
  }
}

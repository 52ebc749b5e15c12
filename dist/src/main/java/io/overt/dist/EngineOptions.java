package io.overt.dist;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Settings of the engine that the command line takes. */
final class EngineOptions {
  @Mixin private final SiteOptions site = new SiteOptions();

  @Option(names = "--https-port", paramLabel = "P", description = "port of the API (default 8443)")
  private @Nullable String httpsPort;

  @Option(
      names = "--http-port",
      paramLabel = "P",
      description = "port of plain HTTP, on the loopback alone (default 8080; 0 for none)")
  private @Nullable String httpPort;

  @Option(
      names = "--bind-address",
      paramLabel = "A",
      description = "address to listen on (default 0.0.0.0)")
  private @Nullable String bindAddress;

  @Option(
      names = "--admin-password-file",
      paramLabel = "F",
      description = "file with the first password of admin (default: one is made)")
  private @Nullable Path adminPasswordFile;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "any other setting, see: config explain")
  private Map<String, String> others = new LinkedHashMap<>();

  Map<String, String> settings() {
    Map<String, String> settings = site.settings();
    settings.putAll(others);
    put(settings, "https-port", httpsPort);
    put(settings, "http-port", httpPort);
    put(settings, "bind-address", bindAddress);
    if (adminPasswordFile != null) {
      settings.put("admin-password-file", adminPasswordFile.toAbsolutePath().toString());
    }
    return settings;
  }

  private static void put(Map<String, String> settings, String key, @Nullable String value) {
    if (value != null) {
      settings.put(key, value);
    }
  }

  Site site() {
    return Site.of(settings());
  }
}

package io.overt.shell.connect;

import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The engine that runs on this machine, as the record in its state directory tells. */
final class LocalEngine {
  private static final String USER = "admin@internal";

  private LocalEngine() {}

  /** It, if its process runs. */
  static Optional<Target> in(Path state) {
    Map<String, String> record = record(state.resolve("run/engine.pid"));
    String port = record.get("https-port");
    String pid = record.get("pid");
    if (port == null || pid == null || !Files.exists(Path.of("/proc", pid))) {
      return Optional.empty();
    }
    String url = record.getOrDefault("url", "https://localhost:" + port + "/ovirt-engine") + "/api";
    Path ca = Path.of(record.getOrDefault("ca", state.resolve("pki/ca.pem").toString()));
    Path password =
        Path.of(record.getOrDefault("password-file", state.resolve("admin-password").toString()));
    Target target =
        new Target(
            "the engine of " + state, url, null, null, null, ca, false, null, Target.TIMEOUT);
    return Optional.of(
        Files.isReadable(password) ? target.withUser(USER, Secrets.read(password), null) : target);
  }

  /** What to tell somebody who asked for this one. */
  static ShellFailure notRunning(Path state) {
    return new ShellFailure(
        Status.CONNECTION,
        "No engine runs in " + state + "; start it with ./overt up, or name one with --url");
  }

  private static Map<String, String> record(Path file) {
    try {
      return Ini.parse("[record]\n" + Files.readString(file)).getOrDefault("record", Map.of());
    } catch (IOException e) {
      // No engine, or none that this user may see.
      return Map.of();
    }
  }
}

package io.overt.dist;

import io.overt.dist.api.ApiClient;
import io.overt.dist.process.Daemon;
import io.overt.dist.process.ProcessRecord;
import io.overt.engine.config.AdminClient;
import io.overt.engine.config.ConfigLoader;
import io.overt.engine.config.EngineConfig;
import io.overt.engine.config.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One installation: a state directory and the processes that belong to it. */
final class Site {
  private static final Set<String> ANY = Set.of("0.0.0.0", "::", "[::]", "localhost");

  private final EngineConfig config;
  private final Map<String, String> options;

  private Site(EngineConfig config, Map<String, String> options) {
    this.config = config;
    this.options = Map.copyOf(options);
  }

  /**
   * @param options settings from the command line, by key
   */
  static Site of(Map<String, String> options) {
    Map<String, String> all = new LinkedHashMap<>(options);
    EngineConfig config = ConfigLoader.load(all, System.getenv(), Machine.local()).config();
    all.put("state-directory", config.stateDirectory().toString());
    return new Site(config, all);
  }

  EngineConfig config() {
    return config;
  }

  /** What the engine's process has to be told, beyond the environment and the file. */
  Map<String, String> options() {
    return options;
  }

  Path state() {
    return config.stateDirectory();
  }

  Daemon engine() {
    return new Daemon("engine", state());
  }

  Daemon agent() {
    return new Daemon("agent", state());
  }

  Daemon simulated() {
    return new Daemon("simulated", state());
  }

  AdminClient admin() {
    return new AdminClient(config.runDirectory());
  }

  /** The port that the engine listens on: the running one's, which may differ from the settings. */
  int httpsPort() {
    return engine()
        .running()
        .map(ProcessRecord::notes)
        .map(notes -> notes.get("https-port"))
        .map(Integer::parseInt)
        .orElse(config.httpsPort());
  }

  String url() {
    return "https://" + config.hostNames().getFirst() + ":" + httpsPort() + "/ovirt-engine";
  }

  /** Where the password of admin can be read, if anywhere. */
  Optional<Path> passwordFile() {
    return config
        .adminPasswordFile()
        .or(() -> Optional.of(config.generatedPasswordFile()).filter(Files::isReadable));
  }

  /** A client without a user: for what needs none. */
  ApiClient anonymous() {
    return ApiClient.anonymous(base(), config.authorityDirectory().resolve("ca.pem"));
  }

  /** A client for admin. */
  ApiClient api() {
    Path file =
        passwordFile()
            .orElseThrow(
                () ->
                    new Failure(
                        "the password of admin@internal is in no file that this command knows;"
                            + " name one with --admin-password-file"));
    try {
      String password = Files.readString(file).strip();
      return ApiClient.of(
          base(), config.authorityDirectory().resolve("ca.pem"), "admin@internal", password);
    } catch (IOException e) {
      throw new Failure("cannot read the password in " + file);
    }
  }

  /** The address for programs on this machine. */
  String base() {
    String address = config.bindAddress();
    return "https://"
        + (ANY.contains(address) ? "localhost" : address)
        + ":"
        + httpsPort()
        + "/ovirt-engine";
  }
}

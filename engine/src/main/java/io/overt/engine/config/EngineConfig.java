package io.overt.engine.config;

import io.overt.engine.balancing.BalancingTimes;
import io.overt.engine.resource.properties.CustomProperties;
import io.overt.engine.webadmin.WebAdminSettings;
import io.overt.events.notifier.ConfFiles;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that can be set on an engine; {@link Setting} says what each one means.
 *
 * @param bindAddress name or address of the interface to listen on
 * @param database empty for the PostgreSQL that Overt brings and runs itself
 * @param hostNames names and addresses for the HTTPS certificate, the one for URLs first
 * @param bodyLimit bytes of a request's body at most
 * @param corsOrigins pages from where may call the API
 * @param adminPasswordFile where the first password of {@code admin} is read; empty to make one
 * @param sharedAuthority where the authority of an installation of several nodes lies
 * @param notifierFiles where it says who is told of events
 * @param outsideUnits scheduling units that others wrote
 * @param balancing when machines are moved without anybody's word
 * @param customProperties which custom properties machines, devices and networks may have
 * @param webAdmin where plugins of the web administration are
 */
public record EngineConfig(
    Path stateDirectory,
    String bindAddress,
    int httpsPort,
    int httpPort,
    Optional<ExternalDatabase> database,
    String nodeId,
    List<String> hostNames,
    Duration sessionTimeout,
    long bodyLimit,
    Set<String> corsOrigins,
    String logLevel,
    Optional<Path> adminPasswordFile,
    Optional<Path> sharedAuthority,
    ConfFiles notifierFiles,
    OutsideUnits outsideUnits,
    BalancingTimes balancing,
    CustomProperties customProperties,
    WebAdminSettings webAdmin) {

  public EngineConfig {
    hostNames = List.copyOf(hostNames);
    corsOrigins = Set.copyOf(corsOrigins);
  }

  /**
   * A PostgreSQL that somebody else runs.
   *
   * @param url JDBC URL without credentials
   * @param passwordFile read at every new connection; empty when the server asks for none
   */
  public record ExternalDatabase(String url, String user, Optional<Path> passwordFile) {}

  /**
   * Scheduling units outside the engine: those of a directory, or of a proxy if there is one.
   *
   * @param pythonPath what units import from; empty for the SDK that comes with the program
   * @param response for one decision
   * @param failClosed filters without whose answer no host is accepted
   */
  public record OutsideUnits(
      boolean enabled,
      Path directory,
      List<Path> pythonPath,
      Optional<URI> proxy,
      Duration connection,
      Duration response,
      Set<String> failClosed) {}

  /** Certificates and keys of this node. */
  public Path pkiDirectory() {
    return stateDirectory.resolve("pki");
  }

  /** The authority's certificate and key: this node's own, or the one that several nodes share. */
  public Path authorityDirectory() {
    return sharedAuthority.orElse(pkiDirectory());
  }

  /** Data of the bundled PostgreSQL. */
  public Path databaseDirectory() {
    return stateDirectory.resolve("postgres");
  }

  public Path logDirectory() {
    return stateDirectory.resolve("log");
  }

  /** Variables and outputs of playbooks; only the owner may enter. */
  public Path playbookRunsDirectory() {
    return stateDirectory.resolve("playbook-runs");
  }

  /** Process ids, locks and the socket of the {@link AdminChannel}; only the owner may enter. */
  public Path runDirectory() {
    return stateDirectory.resolve("run");
  }

  /** Where a password that was made for {@code admin} is kept, mode 0600. */
  public Path generatedPasswordFile() {
    return stateDirectory.resolve("admin-password");
  }

  /** The address of the API for programs on this machine and for people. */
  public String url() {
    return "https://" + hostNames.getFirst() + ":" + httpsPort + "/ovirt-engine";
  }
}

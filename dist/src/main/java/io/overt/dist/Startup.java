package io.overt.dist;

import io.overt.dist.api.ApiClient;
import io.overt.dist.process.Daemon;
import io.overt.engine.config.AdminChannel;
import io.overt.engine.config.EngineConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings an engine up, unless it is. */
final class Startup {
  private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(3);
  private static final Duration LOCK_WITHIN = Duration.ofMinutes(4);

  private final Installation installation;
  private final Site site;

  Startup(Installation installation, Site site) {
    this.installation = installation;
    this.site = site;
  }

  /** Something done while no other launcher starts or stops this installation. */
  @FunctionalInterface
  interface Exclusive {
    void run();
  }

  /** Runs under the lock of the state directory, which is made when need be. */
  void exclusively(Exclusive work) {
    Path run = site.config().runDirectory();
    AdminChannel.checkLength(AdminChannel.socket(run));
    try {
      Files.createDirectories(run);
      Files.createDirectories(site.config().logDirectory());
      Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
      try (FileChannel channel =
          FileChannel.open(
              run.resolve("launcher.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        try (FileLock lock =
            Progress.await(
                "Waiting for another start or stop of " + site.state(),
                LOCK_WITHIN,
                () -> tryLock(channel),
                () -> "")) {
          if (lock.isValid()) {
            work.run();
          }
        }
      }
    } catch (IOException e) {
      throw new Failure("cannot use the state directory " + site.state() + ": " + e);
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (IOException e) {
      throw new Failure("cannot lock the state directory: " + e);
    }
  }

  /**
   * Starts the engine and waits until it is well.
   *
   * @return false when it ran already
   */
  boolean engine() {
    Daemon engine = site.engine();
    if (engine.running().isPresent()) {
      checkSamePort();
      awaitHealth(engine, engine.logEnd());
      return false;
    }
    EngineConfig config = site.config();
    checkFree(config.bindAddress(), config.httpsPort(), "--https-port");
    checkFree(config.bindAddress(), config.httpPort(), "--http-port");
    long logEnd = engine.logEnd();
    List<String> arguments = new ArrayList<>();
    arguments.add("note:https-port=" + config.httpsPort());
    // For the shell, which finds the engine of this machine by its record.
    arguments.add("note:url=" + site.base());
    arguments.add("note:ca=" + config.authorityDirectory().resolve("ca.pem"));
    config.adminPasswordFile().ifPresent(file -> arguments.add("note:password-file=" + file));
    site.options().forEach((key, value) -> arguments.add("--" + key + "=" + value));
    Process process = engine.start(installation.engine(), arguments);
    awaitHealth(engine, logEnd, Optional.of(process));
    return true;
  }

  private void checkSamePort() {
    String asked = site.options().get("https-port");
    if (asked != null && !asked.equals(Integer.toString(site.httpsPort()))) {
      throw new Failure(
          "the engine of %s runs already, on HTTPS port %d; for port %s stop it first: ./overt down"
              .formatted(site.state(), site.httpsPort(), asked));
    }
  }

  private void awaitHealth(Daemon engine, long logEnd) {
    awaitHealth(engine, logEnd, Optional.empty());
  }

  private void awaitHealth(Daemon engine, long logEnd, Optional<Process> process) {
    Path authority = site.config().authorityDirectory().resolve("ca.pem");
    Progress.await(
        "Starting the engine",
        HEALTHY_WITHIN,
        () -> {
          boolean gone =
              process.map(started -> !started.isAlive()).orElse(engine.running().isEmpty());
          if (gone) {
            throw new Failure(
                "the engine ended while it started; its last words (%s):%n%s"
                    .formatted(
                        engine.log(),
                        String.join(System.lineSeparator(), engine.lastLines(logEnd, 4))));
          }
          if (!Files.exists(authority)) {
            return Optional.<Boolean>empty();
          }
          ApiClient client = site.anonymous();
          return client.healthy() ? Optional.of(true) : Optional.empty();
        },
        () -> "");
  }

  private static void checkFree(String address, int port, String option) {
    if (port == 0) {
      return;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(address), port));
    } catch (IOException e) {
      throw new Failure(
          "port %d of %s cannot be used (%s); choose another with %s"
              .formatted(port, address, e.getMessage(), option));
    }
  }
}

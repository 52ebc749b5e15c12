package io.overt.inventory.postgres;

import io.overt.inventory.postgres.BundledPostgres.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The server's files below the state directory, and how it is started on them. */
final class Cluster {
  static final String USER = "overt";
  private static final Duration INIT_DEADLINE = Duration.ofMinutes(2);
  private static final Duration START_DEADLINE = Duration.ofSeconds(60);
  private static final long LOG_LIMIT = 10_000_000;

  private final Path directory;
  private final Path data;
  private final Binaries binaries;
  private final RunAs runAs;
  private final Durability durability;
  private int port;

  private Cluster(Path directory, Binaries binaries, RunAs runAs, Durability durability) {
    this.directory = directory;
    this.data = directory.resolve("data");
    this.binaries = binaries;
    this.runAs = runAs;
    this.durability = durability;
  }

  /** Unpacks and initialises what is missing. */
  static Cluster prepare(Path directory, Durability durability) throws IOException {
    Files.createDirectories(directory);
    Binaries binaries = Binaries.install(directory);
    Path data = directory.resolve("data");
    RunAs runAs = RunAs.choose(directory, data, binaries.program("postgres"));
    Cluster cluster = new Cluster(directory, binaries, runAs, durability);
    if (!Files.exists(data)) {
      cluster.initialise();
    }
    return cluster;
  }

  Path log() {
    return directory.resolve("postgres.log");
  }

  int port() {
    return port;
  }

  /** Read anew each time; never printed, never an argument. */
  String password() {
    try {
      return Files.readString(passwordFile()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the password file is gone", e);
    }
  }

  private Path passwordFile() {
    return directory.resolve("password");
  }

  /** In a directory aside, which is renamed when all went well. */
  private void initialise() throws IOException {
    writePassword();
    Path fresh = directory.resolve("data.new");
    Binaries.delete(fresh);
    List<String> words =
        new ArrayList<>(
            List.of(
                binaries.program("initdb"),
                "--pgdata=" + fresh,
                "--username=" + USER,
                "--pwfile=" + passwordFile(),
                "--auth-host=scram-sha-256",
                "--auth-local=reject",
                // Many rounds protect weak passwords: this one is 192 random bits, and each
                // connection
                // would pay for them.
                "--set=scram_iterations=1",
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions"));
    if (durability == Durability.NONE) {
      words.add("--no-sync");
    }
    Command.Result result = runAs.command(words.toArray(String[]::new)).run(INIT_DEADLINE);
    if (result.status() != 0) {
      throw new BundledPostgresException(
          "initdb failed with status " + result.status() + ": " + result.output());
    }
    Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private void writePassword() throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    Path file = passwordFile();
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, HexFormat.of().formatHex(random));
    runAs.own(file);
  }

  /** Starts the server, or finds the one that runs, and waits until it accepts connections. */
  ProcessHandle start() {
    try {
      Optional<ProcessHandle> running =
          PostmasterFile.read(data).flatMap(file -> file.process(data));
      ProcessHandle process = running.isPresent() ? running.get() : launch();
      awaitReady(process);
      return process;
    } catch (IOException e) {
      throw new BundledPostgresException("cannot start PostgreSQL on " + data + ": " + e, e);
    }
  }

  private ProcessHandle launch() throws IOException {
    removeMisleadingFile();
    choosePort();
    if (Files.exists(log()) && Files.size(log()) > LOG_LIMIT) {
      Files.move(
          log(), log().resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    Process process =
        new ProcessBuilder(runAs.command(serverWords().toArray(String[]::new)).words())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    return process.toHandle();
  }

  /**
   * After a crash the server itself finds out from its old file whether processes of the former
   * server still run, so the file stays. Only when the number in it belongs to a stranger by now
   * would the server refuse for ever.
   */
  private void removeMisleadingFile() throws IOException {
    Optional<PostmasterFile> file = PostmasterFile.read(data);
    boolean stranger =
        file.isPresent()
            && ProcessHandle.of(file.get().pid()).isPresent()
            && file.get().process(data).isEmpty();
    if (!stranger) {
      return;
    }
    Optional<ProcessHandle> leftOver =
        ProcessHandle.allProcesses().filter(this::worksInDataDirectory).findAny();
    if (leftOver.isPresent()) {
      throw new BundledPostgresException(
          "process "
              + leftOver.get().pid()
              + " of a former server still runs in "
              + data
              + "; it should end within moments");
    }
    Files.delete(PostmasterFile.path(data));
  }

  private boolean worksInDataDirectory(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")).equals(data);
    } catch (IOException e) {
      return false;
    }
  }

  private void choosePort() throws IOException {
    Path file = directory.resolve("port");
    if (port == 0 && Files.exists(file)) {
      port = Integer.parseInt(Files.readString(file).strip());
    }
    if (port == 0 || !free(port)) {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
      Files.writeString(file, Integer.toString(port));
    }
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Small: the inventory is read once and then written to. */
  private List<String> serverWords() {
    List<String> words = new ArrayList<>();
    words.add(binaries.program("postgres"));
    words.add("-D");
    words.add(data.toString());
    for (String setting : settings()) {
      words.add("-c");
      words.add(setting);
    }
    return words;
  }

  private List<String> settings() {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                "max_connections=50",
                "shared_buffers=48MB",
                "max_wal_size=256MB",
                "max_wal_senders=0",
                "wal_level=minimal",
                "io_method=sync",
                "max_parallel_workers=0",
                "jit=off",
                "huge_pages=off",
                "dynamic_shared_memory_type=mmap",
                "log_timezone=UTC",
                "log_line_prefix=%m [%p] "));
    if (durability == Durability.NONE) {
      settings.addAll(List.of("fsync=off", "full_page_writes=off"));
    }
    return settings;
  }

  private void awaitReady(ProcessHandle process) {
    long deadline = System.nanoTime() + START_DEADLINE.toNanos();
    while (System.nanoTime() - deadline < 0) {
      Optional<PostmasterFile> file = PostmasterFile.read(data);
      if (file.isPresent() && file.get().pid() == process.pid() && file.get().ready()) {
        port = file.get().port();
        return;
      }
      if (!process.isAlive()) {
        throw new BundledPostgresException(
            "PostgreSQL ended while starting; the end of its log: " + BundledPostgres.tail(log()));
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BundledPostgresException("interrupted while PostgreSQL started", e);
      }
    }
    throw new BundledPostgresException(
        "PostgreSQL was not ready within " + START_DEADLINE + "; see " + log());
  }

  /** Asks for a fast shutdown: PostgreSQL takes SIGINT for that. */
  void interrupt(ProcessHandle process) {
    new Command(List.of("sh", "-c", "kill -INT " + process.pid())).run(Duration.ofSeconds(5));
  }
}

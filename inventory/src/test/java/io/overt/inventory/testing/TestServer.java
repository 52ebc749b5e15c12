package io.overt.inventory.testing;

import io.overt.inventory.DatabaseConfig;
import io.overt.inventory.postgres.BundledPostgres;
import io.overt.inventory.postgres.BundledPostgres.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.postgresql.Driver;

/** The one bundled PostgreSQL of this JVM, in a temporary directory that goes with it. */
final class TestServer {
  private final BundledPostgres postgres;
  private final Set<String> done = new HashSet<>();

  private static final class Holder {
    static final TestServer SHARED = start();
  }

  private TestServer(BundledPostgres postgres) {
    this.postgres = postgres;
  }

  static TestServer shared() {
    return Holder.SHARED;
  }

  /**
   * Copies a directory that was set up once on this machine, since unpacking and initdb take
   * seconds.
   */
  private static TestServer start() {
    try {
      Path prepared = prepared();
      sweep();
      Path directory = Files.createTempDirectory("overt-test-postgres");
      Files.writeString(directory.resolve("jvm"), Long.toString(ProcessHandle.current().pid()));
      copy(prepared, directory);
      BundledPostgres postgres = BundledPostgres.start(directory, Durability.NONE);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    postgres.close();
                    delete(directory);
                  }));
      return new TestServer(postgres);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops and removes the servers of JVMs that were killed. */
  private static void sweep() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (DirectoryStream<Path> directories =
        Files.newDirectoryStream(temporary, "overt-test-postgres*")) {
      for (Path directory : directories) {
        Path jvm = directory.resolve("jvm");
        if (Files.exists(jvm) && !alive(Files.readString(jvm))) {
          Path file = directory.resolve("data/postmaster.pid");
          if (Files.exists(file)) {
            BundledPostgres.start(directory, Durability.NONE).close();
          }
          delete(directory);
        }
      }
    }
  }

  private static boolean alive(String pid) {
    return pid.isBlank() || ProcessHandle.of(Long.parseLong(pid.strip())).isPresent();
  }

  private static Path prepared() throws IOException {
    Path cache =
        Path.of(System.getProperty("java.io.tmpdir"))
            .resolve("overt-test-postgres-" + System.getProperty("user.name"));
    Files.createDirectories(cache);
    Path prepared = cache.resolve("18.6.0");
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!Files.exists(prepared.resolve("ready")) && lock.isValid()) {
        delete(prepared);
        BundledPostgres.start(prepared, Durability.NONE).close();
        Files.createFile(prepared.resolve("ready"));
      }
    }
    return prepared;
  }

  /** The programs by a link, the rest by value. */
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (name.startsWith("postgresql-")) {
          Files.createSymbolicLink(to.resolve(name), entry);
        } else if (!name.equals("port") && !name.equals("ready") && !name.equals("postgres.log")) {
          run("cp", "-a", entry.toString(), to.resolve(name).toString());
        }
      }
    }
  }

  private static void run(String... words) throws IOException {
    try {
      if (new ProcessBuilder(words).inheritIO().start().waitFor() != 0) {
        throw new IOException("failed: " + String.join(" ", words));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DatabaseConfig config(String database) {
    return postgres.config(database);
  }

  /** Runs the preparation once in the life of the server. */
  synchronized void once(String what, Consumer<TestServer> preparation) {
    if (!done.contains(what)) {
      preparation.accept(this);
      done.add(what);
    }
  }

  /** Statements on the server itself. */
  void execute(String sql) {
    DatabaseConfig config = postgres.config();
    Properties properties = new Properties();
    properties.setProperty("user", config.user());
    properties.setProperty("password", config.password().get());
    try (Connection connection = new Driver().connect(config.url(), properties);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}

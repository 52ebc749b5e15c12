package io.overt.inventory.postgres;

import io.overt.inventory.DatabaseConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own below a state directory. It is restarted when it dies, on the same
 * port; one that an earlier process of ours left running is taken over.
 */
public final class BundledPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BundledPostgres.class);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final Thread supervisor;
  private volatile ProcessHandle process;
  private volatile boolean closing;

  private BundledPostgres(Cluster cluster) {
    this.cluster = cluster;
    this.process = cluster.start();
    this.supervisor = Thread.ofVirtual().name("postgres-supervisor").start(this::supervise);
  }

  /**
   * Sets up what is missing below the directory and starts the server; returns when it accepts
   * connections. The first time takes some seconds, later a fraction of one.
   *
   * @throws BundledPostgresException when that is not possible
   */
  public static BundledPostgres start(Path directory) {
    return start(directory, Durability.FULL);
  }

  public static BundledPostgres start(Path directory, Durability durability) {
    try {
      return new BundledPostgres(Cluster.prepare(directory.toAbsolutePath(), durability));
    } catch (IOException e) {
      throw new BundledPostgresException("cannot set up PostgreSQL in " + directory, e);
    }
  }

  /** Whether commits survive the crash of the machine. */
  public enum Durability {
    FULL,
    /** For tests: nothing is forced to disk, only the crash of the server is survived. */
    NONE
  }

  private void supervise() {
    while (!closing) {
      process.onExit().join();
      Duration pause = PAUSE;
      while (!closing && !process.isAlive()) {
        LOG.error(
            "PostgreSQL (process {}) has ended unexpectedly; see {}; starting it again",
            process.pid(),
            cluster.log());
        restart(pause);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
      }
    }
  }

  private void restart(Duration pause) {
    try {
      Thread.sleep(pause);
      process = cluster.start();
    } catch (BundledPostgresException e) {
      LOG.error("PostgreSQL does not start: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How to connect to the database that the server was made with. */
  public DatabaseConfig config() {
    return config("postgres");
  }

  /** How to connect to a database of the server. */
  public DatabaseConfig config(String database) {
    return new DatabaseConfig(
        "jdbc:postgresql://127.0.0.1:" + cluster.port() + "/" + database,
        Cluster.USER,
        cluster::password);
  }

  /** The server's process at the moment. */
  public long pid() {
    return process.pid();
  }

  /** Ends open connections and stops the server. */
  @Override
  public void close() {
    closing = true;
    supervisor.interrupt();
    ProcessHandle last = process;
    if (!last.isAlive()) {
      return;
    }
    CompletableFuture<ProcessHandle> end = last.onExit();
    cluster.interrupt(last);
    try {
      end.get(STOP_DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("PostgreSQL did not stop within {}; its next start recovers", STOP_DEADLINE);
      last.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      last.destroyForcibly();
    }
  }

  /** The end of the server's log. */
  static String tail(Path log) {
    try {
      String text = Files.exists(log) ? Files.readString(log) : "";
      return text.substring(Math.max(0, text.length() - 2_000)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.overt.events.notifier;

import io.overt.events.About;
import io.overt.events.EventLog;
import io.overt.inventory.Database;
import io.overt.inventory.Inventory;
import io.overt.inventory.MigrationSet;
import io.overt.inventory.testing.TestDatabase;
import io.overt.model.types.Vm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A notifier on a real database, without an engine around it. */
final class NotifierFixture implements AutoCloseable {
  private static final Peers ALONE =
      new Peers() {
        @Override
        public String id() {
          return "alone";
        }

        @Override
        public long epoch() {
          return 1;
        }

        @Override
        public boolean holds() {
          return true;
        }

        @Override
        public Set<String> alive() {
          return Set.of("alone");
        }
      };

  private final TestDatabase database;
  private final Path directory;
  private final boolean owner;
  private final EventLog log = new EventLog(Clock.systemUTC());
  private final Database connections;
  private final Inventory inventory;
  private final Notifier notifier;
  private boolean dropped;

  NotifierFixture(String... settings) {
    this(ALONE, settings);
  }

  NotifierFixture(Peers peers, String... settings) {
    database = TestDatabase.create();
    owner = true;
    try {
      directory = Files.createTempDirectory("overt-notifier");
      Files.write(directory.resolve("notifier.conf"), List.of(settings));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    connections = database.database();
    inventory = Inventory.open(connections);
    connections.migrate(new MigrationSet("events", "1"));
    notifier = open(peers);
  }

  private NotifierFixture(NotifierFixture first, Peers peers) {
    database = first.database;
    directory = first.directory;
    owner = false;
    connections = Database.open(database.config());
    inventory = Inventory.open(connections);
    notifier = open(peers);
  }

  /** Another node on the same database, with the same settings. */
  NotifierFixture another(Peers peers) {
    return new NotifierFixture(this, peers);
  }

  /** Takes the database away for good. */
  void dropDatabase() {
    dropped = true;
    database.close();
  }

  private Notifier open(Peers peers) {
    Notifier opened =
        new Notifier(
            inventory,
            log,
            Clock.systemUTC(),
            new ConfFiles(Optional.empty(), directory.resolve("notifier.conf")));
    opened.open(peers);
    return opened;
  }

  Inventory inventory() {
    return inventory;
  }

  Notifier notifier() {
    return notifier;
  }

  /** Writes an event about a machine of that name. */
  void report(String type, String machine) {
    report(type, List.of(machine));
  }

  /** Writes an event about each, in one transaction. */
  void report(String type, List<String> machines) {
    inventory.change(
        transaction ->
            machines.forEach(
                name ->
                    log.append(
                        transaction,
                        type,
                        About.object(new Vm().id("5c1d9f1e-0000-4000-8000-000000000001").name(name))
                            .by("5c1d9f1e-0000-4000-8000-000000000002", "admin@internal-authz"))));
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within 20 s: " + what);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    notifier.close();
    inventory.close();
    if (!owner) {
      connections.close();
      return;
    }
    if (!dropped) {
      database.close();
    }
    try {
      Files.delete(directory.resolve("notifier.conf"));
      Files.delete(directory);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

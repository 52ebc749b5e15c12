package io.overt.access;

import io.overt.access.login.Setup;
import io.overt.access.permissions.Permissions;
import io.overt.access.permissions.WellKnown;
import io.overt.access.session.Caller;
import io.overt.inventory.Database;
import io.overt.inventory.Inventory;
import io.overt.inventory.InventoryConfig;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.postgres.BundledPostgres;
import io.overt.model.types.Group;
import io.overt.model.types.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own on a real PostgreSQL that all tests of the process share. */
public final class Fixture implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final class Server {
    static final BundledPostgres POSTGRES = start();

    private static BundledPostgres start() {
      try {
        Path directory = Files.createTempDirectory("access-test");
        BundledPostgres postgres =
            BundledPostgres.start(directory, BundledPostgres.Durability.NONE);
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      postgres.close();
                      delete(directory);
                    }));
        return postgres;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void delete(Path directory) {
      try (var files = Files.walk(directory)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public final Database database;
  public final Inventory inventory;
  public final Permissions permissions = new Permissions();

  private Fixture(Database database) {
    this.database = database;
    Setup.migrate(database);
    this.inventory = Inventory.open(database, InventoryConfig.defaults());
  }

  /** An empty database with all tables. */
  public static Fixture open() {
    String name = "access" + COUNT.incrementAndGet();
    try (Database server = Database.open(Server.POSTGRES.config())) {
      server.jdbi().useHandle(handle -> handle.execute("CREATE DATABASE " + name));
    }
    return new Fixture(Database.open(Server.POSTGRES.config(name)));
  }

  public Snapshot snapshot() {
    return inventory.snapshot();
  }

  /** A user entity of that name; returns its id. */
  public String user(String name) {
    String id = UUID.randomUUID().toString();
    inventory.change(
        transaction ->
            transaction.insert(
                Kinds.USER, new User().id(id).name(name).userName(name + "@internal-authz")));
    return id;
  }

  /** A group entity of that name; returns its id. */
  public String group(String name) {
    String id = UUID.randomUUID().toString();
    inventory.change(transaction -> transaction.insert(Kinds.GROUP, new Group().id(id).name(name)));
    return id;
  }

  /** That user, in Everyone and these groups, as a login would make it. */
  public Caller caller(String userId, boolean filter, String... groups) {
    Set<String> principals = new java.util.HashSet<>(Set.of(groups));
    principals.add(userId);
    principals.add(WellKnown.EVERYONE);
    return new Caller(
        userId,
        userId + "@internal-authz",
        userId + "@internal",
        principals,
        permissions.administrator(snapshot(), principals),
        "session",
        "correlation",
        filter);
  }

  @Override
  public void close() {
    inventory.close();
    database.close();
  }
}

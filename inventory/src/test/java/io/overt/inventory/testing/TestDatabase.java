package io.overt.inventory.testing;

import io.overt.inventory.Database;
import io.overt.inventory.DatabaseConfig;
import io.overt.inventory.Inventory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fresh database with the inventory's tables on the PostgreSQL of this JVM. {@link #database} and
 * {@link #inventory} are one node; open another {@code Database} on {@link #config} for another
 * node.
 */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String TEMPLATE = "overt_template";

  private final String name;
  private final Database database;

  private TestDatabase(String name, Database database) {
    this.name = name;
    this.database = database;
  }

  /** Creates it in some hundredths of a second; the first one of a JVM takes some seconds. */
  public static TestDatabase create() {
    TestServer server = TestServer.shared();
    server.once(TEMPLATE, TestDatabase::makeTemplate);
    String name = "test_" + NUMBER.incrementAndGet();
    server.execute("create database " + name + " template " + TEMPLATE);
    return new TestDatabase(name, Database.open(server.config(name)));
  }

  private static void makeTemplate(TestServer server) {
    server.execute("create database " + TEMPLATE);
    try (Database database = Database.open(server.config(TEMPLATE))) {
      Inventory.open(database).close();
    }
  }

  public DatabaseConfig config() {
    return TestServer.shared().config(name);
  }

  public Database database() {
    return database;
  }

  /** An inventory on {@link #database}; close it. */
  public Inventory inventory() {
    return Inventory.open(database);
  }

  @Override
  public void close() {
    database.close();
    TestServer.shared().execute("drop database " + name + " with (force)");
  }
}

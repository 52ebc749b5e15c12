package io.overt.access;

import io.overt.access.login.Setup;
import io.overt.access.permissions.Permissions;
import io.overt.access.permissions.WellKnown;
import io.overt.access.session.Caller;
import io.overt.inventory.Database;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.testing.TestDatabase;
import io.overt.model.types.Group;
import io.overt.model.types.User;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** A database of its own with the tables of this module, on a real PostgreSQL. */
public final class Fixture implements AutoCloseable {
  public final Database database;
  public final Inventory inventory;
  public final Permissions permissions = new Permissions();

  private final TestDatabase test;

  private Fixture(TestDatabase test) {
    this.test = test;
    this.database = test.database();
    Setup.migrate(database);
    this.inventory = test.inventory();
  }

  /** An empty database with all tables. */
  public static Fixture open() {
    return new Fixture(TestDatabase.create());
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
    Set<String> principals = new HashSet<>(Set.of(groups));
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
    test.close();
  }
}

package io.overt.engine;

import io.overt.access.directory.Directory;
import io.overt.access.login.Setup;
import io.overt.access.permissions.Permissions;
import io.overt.access.permissions.Visibility;
import io.overt.access.permissions.WellKnown;
import io.overt.access.session.Caller;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.properties.CustomProperties;
import io.overt.engine.tags.Tags;
import io.overt.events.EventLog;
import io.overt.inventory.Database;
import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kinds;
import io.overt.inventory.search.RuntimeValues;
import io.overt.inventory.search.SearchEngine;
import io.overt.inventory.testing.TestDatabase;
import io.overt.model.types.User;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** What features stand on, on a real database with the objects of a new engine. */
public final class TestEngine implements AutoCloseable {
  private final TestDatabase test;
  private final Inventory inventory;
  private final Platform platform;
  private final Directory directory;
  private final Caller administrator;

  private TestEngine(TestDatabase test, RuntimeValues reported) {
    this.test = test;
    Setup.migrate(test.database());
    this.inventory = test.inventory();
    Clock clock = Clock.systemUTC();
    Permissions permissions = new Permissions();
    this.platform =
        new Platform(
            inventory,
            new SearchEngine(reported, clock, Locale.ROOT),
            permissions,
            new Visibility(permissions),
            new EventLog(clock),
            clock,
            UUID::randomUUID,
            CustomProperties.ofMachines("ifacemacspoof=^(true|false)$;note"));
    this.directory = new Directory(test.database().jdbi(), clock);
    Setup.run(inventory, directory, Directory::randomPassword);
    inventory.change(
        transaction -> {
          Tags.install(transaction);
          Infrastructure.install(transaction);
        });
    Entity<User> admin = inventory.snapshot().all(Kinds.USER).getFirst();
    this.administrator = caller(admin.id(), true);
  }

  public static TestEngine open() {
    return open(RuntimeValues.NONE);
  }

  /**
   * @param reported what searches find of what hosts report
   */
  public static TestEngine open(RuntimeValues reported) {
    return new TestEngine(TestDatabase.create(), reported);
  }

  public Platform platform() {
    return platform;
  }

  public Inventory inventory() {
    return inventory;
  }

  /** Where users and groups come from; it has {@code admin}. */
  public Directory directory() {
    return directory;
  }

  public Database database() {
    return test.database();
  }

  /** A call by the first administrator, who sees everything. */
  public TestCall call() {
    return new TestCall(administrator);
  }

  /** A user as a login would make it: in Everyone and no other group. */
  public Caller caller(String userId, boolean isAdministrator) {
    return new Caller(
        userId,
        "somebody@internal-authz",
        "somebody@internal",
        Set.of(userId, WellKnown.EVERYONE),
        isAdministrator,
        "session",
        "correlation",
        !isAdministrator);
  }

  @Override
  public void close() {
    inventory.close();
    test.close();
  }
}

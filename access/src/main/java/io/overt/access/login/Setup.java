package io.overt.access.login;

import io.overt.access.directory.Directory;
import io.overt.access.directory.DirectoryUser;
import io.overt.access.permissions.InitialAccess;
import io.overt.access.permissions.WellKnown;
import io.overt.inventory.Database;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kinds;
import io.overt.inventory.MigrationSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What access control needs before the first login; may run at every start of every node. */
public final class Setup {
  private static final MigrationSet TABLES = new MigrationSet("access", "3");

  private Setup() {}

  /** Creates or upgrades the tables of this module. */
  public static void migrate(Database database) {
    database.migrate(TABLES);
  }

  /**
   * Makes the predefined roles, the group Everyone and the first administrator {@code
   * admin@internal}.
   *
   * @param password the administrator's first one, see {@link Directory#bootstrapAdministrator}
   * @return whether the administrator was made by this call
   */
  public static boolean run(Inventory inventory, Directory directory, Supplier<char[]> password) {
    boolean made = directory.bootstrapAdministrator(password);
    Optional<DirectoryUser> administrator = directory.user(Directory.ADMINISTRATOR);
    inventory.writeRetrying(
        transaction -> {
          boolean fresh = transaction.find(Kinds.GROUP, WellKnown.EVERYONE).isEmpty();
          InitialAccess.create(transaction);
          if (fresh && administrator.isPresent()) {
            String id = EngineUsers.add(transaction, administrator.get()).id();
            InitialAccess.superUsers(transaction, List.of(id));
          }
          return true;
        });
    return made;
  }
}

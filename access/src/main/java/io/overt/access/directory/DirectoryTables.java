package io.overt.access.directory;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** The SQL of the directory. */
final class DirectoryTables {
  private static final String USER =
      "SELECT id, name, first_name, last_name, email, department, enabled, password_hash"
          + " FROM directory_user ";
  private static final String GROUP =
      """
      SELECT g.id, g.name, array(
        SELECT u.name FROM directory_member m JOIN directory_user u ON u.id = m.user_id
        WHERE m.group_id = g.id ORDER BY u.name) AS members
      FROM directory_group g
      """;

  private static final RowMapper<DirectoryUser> USER_ROW =
      (row, context) ->
          new DirectoryUser(
              row.getObject("id", UUID.class),
              row.getString("name"),
              row.getString("first_name"),
              row.getString("last_name"),
              row.getString("email"),
              row.getString("department"),
              row.getBoolean("enabled"));
  private static final RowMapper<DirectoryGroup> GROUP_ROW =
      (row, context) ->
          new DirectoryGroup(
              row.getObject("id", UUID.class),
              row.getString("name"),
              List.of((String[]) row.getArray("members").getArray()));

  /** A user with what its password is compared to; empty text for none. */
  record Credentials(DirectoryUser user, String passwordHash) {}

  private final Jdbi database;

  DirectoryTables(Jdbi database) {
    this.database = database;
  }

  /** False when the name is taken. */
  boolean insert(DirectoryUser user, String passwordHash) {
    return database.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO directory_user (id, name, password_hash, first_name,
                          last_name, email, department, enabled)
                        VALUES (:id, :name, :hash, :first, :last, :email, :department, :enabled)
                        ON CONFLICT (name) DO NOTHING
                        """)
                    .bind("id", user.id())
                    .bind("name", user.name())
                    .bind("hash", passwordHash)
                    .bind("first", user.firstName())
                    .bind("last", user.lastName())
                    .bind("email", user.email())
                    .bind("department", user.department())
                    .bind("enabled", user.enabled())
                    .execute())
        == 1;
  }

  boolean setPassword(String name, String passwordHash) {
    return update("UPDATE directory_user SET password_hash = ? WHERE name = ?", passwordHash, name);
  }

  boolean setEnabled(String name, boolean enabled) {
    return update("UPDATE directory_user SET enabled = ? WHERE name = ?", enabled, name);
  }

  boolean deleteUser(String name) {
    return update("DELETE FROM directory_user WHERE name = ?", name);
  }

  void deleteGroup(UUID id) {
    update("DELETE FROM directory_group WHERE id = ?", id);
  }

  private boolean update(String sql, Object... arguments) {
    return database.withHandle(handle -> handle.execute(sql, arguments)) == 1;
  }

  List<DirectoryUser> users() {
    return database.withHandle(
        handle -> handle.createQuery(USER + "ORDER BY name").map(USER_ROW).list());
  }

  Optional<DirectoryUser> user(String name) {
    return database.withHandle(
        handle ->
            handle.createQuery(USER + "WHERE name = ?").bind(0, name).map(USER_ROW).findOne());
  }

  Optional<DirectoryUser> user(UUID id) {
    return database.withHandle(
        handle -> handle.createQuery(USER + "WHERE id = ?").bind(0, id).map(USER_ROW).findOne());
  }

  Optional<Credentials> credentials(String name) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(USER + "WHERE name = ?")
                .bind(0, name)
                .map(
                    (row, context) ->
                        new Credentials(
                            USER_ROW.map(row, context),
                            Objects.requireNonNullElse(row.getString("password_hash"), "")))
                .findOne());
  }

  void insertGroup(UUID id, String name, List<String> members) {
    database.useTransaction(
        handle -> {
          int added =
              handle.execute(
                  "INSERT INTO directory_group (id, name) VALUES (?, ?)"
                      + " ON CONFLICT (name) DO NOTHING",
                  id,
                  name);
          if (added == 0) {
            throw new DirectoryException("There is already a group \"" + name + "\"");
          }
          addMembers(handle, id, members);
        });
  }

  void addMembers(UUID group, List<String> members) {
    database.useTransaction(handle -> addMembers(handle, group, members));
  }

  private static void addMembers(Handle handle, UUID group, List<String> members) {
    for (String member : members) {
      UUID user =
          handle
              .createQuery("SELECT id FROM directory_user WHERE name = ?")
              .bind(0, member)
              .map((row, context) -> row.getObject("id", UUID.class))
              .findOne()
              .orElseThrow(() -> Directory.unknownUser(member));
      handle.execute(
          "INSERT INTO directory_member (group_id, user_id) VALUES (?, ?)"
              + " ON CONFLICT DO NOTHING",
          group,
          user);
    }
  }

  void removeMembers(UUID group, List<String> members) {
    database.useTransaction(
        handle ->
            members.forEach(
                member ->
                    handle.execute(
                        "DELETE FROM directory_member WHERE group_id = ? AND user_id ="
                            + " (SELECT id FROM directory_user WHERE name = ?)",
                        group,
                        member)));
  }

  List<DirectoryGroup> groups() {
    return database.withHandle(
        handle -> handle.createQuery(GROUP + "ORDER BY g.name").map(GROUP_ROW).list());
  }

  List<DirectoryGroup> groupsOf(UUID user) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    GROUP
                        + "JOIN directory_member own ON own.group_id = g.id"
                        + " WHERE own.user_id = ? ORDER BY g.name")
                .bind(0, user)
                .map(GROUP_ROW)
                .list());
  }
}

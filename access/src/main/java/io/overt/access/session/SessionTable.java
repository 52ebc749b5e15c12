package io.overt.access.session;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** The SQL of sessions. */
final class SessionTable {
  private static final RowMapper<Session> ROW =
      (row, context) ->
          new Session(
              row.getObject("session_id", UUID.class),
              row.getObject("directory_user", UUID.class),
              scopes(row.getString("scope")),
              row.getBoolean("csrf"),
              row.getBoolean("shared"),
              Duration.ofSeconds(row.getLong("idle_seconds")),
              row.getObject("started", OffsetDateTime.class).toInstant(),
              row.getObject("expires", OffsetDateTime.class).toInstant());

  private final Jdbi database;

  SessionTable(Jdbi database) {
    this.database = database;
  }

  private static List<String> scopes(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  void insert(byte[] digest, byte @Nullable [] parent, Session session) {
    database.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO access_token (digest, session_id, parent, directory_user, scope,
                      csrf, shared, idle_seconds, started, expires)
                    VALUES (:digest, :session, :parent, :user, :scope, :csrf, :shared, :idle,
                      :started, :expires)
                    ON CONFLICT (digest) DO UPDATE SET expires = excluded.expires
                    """)
                .bind("digest", digest)
                .bind("session", session.id())
                .bind("parent", parent)
                .bind("user", session.directoryUser())
                .bind("scope", String.join(" ", session.scopes()))
                .bind("csrf", session.csrf())
                .bind("shared", session.shared())
                .bind("idle", session.idle().toSeconds())
                .bind("started", utc(session.started()))
                .bind("expires", utc(session.expires()))
                .execute());
  }

  /**
   * Reads a live session and puts off its end, in one statement; that of its parent as well, since
   * a token lasts while its cookie is used, and that of its shared session, which lasts as long.
   */
  Optional<Session> touch(byte[] digest, Instant now) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    WITH touched AS (
                      UPDATE access_token t
                      SET expires = :now + make_interval(secs => idle_seconds)
                      FROM directory_user u
                      WHERE t.digest = :digest AND t.expires > :now
                        AND u.id = t.directory_user AND u.enabled
                      RETURNING t.*
                    ), parent AS (
                      UPDATE access_token p
                      SET expires = greatest(p.expires, touched.expires)
                      FROM touched WHERE p.digest = touched.parent
                    ), children AS (
                      UPDATE access_token c
                      SET expires = greatest(c.expires, touched.expires)
                      FROM touched WHERE c.parent = touched.digest AND c.shared
                    )
                    SELECT * FROM touched
                    """)
                .bind("digest", digest)
                .bind("now", utc(now))
                .map(ROW)
                .findOne());
  }

  void delete(byte[] digest) {
    database.useHandle(
        handle -> handle.execute("DELETE FROM access_token WHERE digest = ?", digest));
  }

  void deleteOf(UUID directoryUser) {
    database.useHandle(
        handle ->
            handle.execute("DELETE FROM access_token WHERE directory_user = ?", directoryUser));
  }

  /** Those that did not come from another one. */
  List<Login> logins(Instant now) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT t.*, u.name FROM access_token t
                    JOIN directory_user u ON u.id = t.directory_user AND u.enabled
                    WHERE t.parent IS NULL AND t.expires > ?
                    ORDER BY t.started DESC
                    """)
                .bind(0, utc(now))
                .map((row, context) -> new Login(ROW.map(row, context), row.getString("name")))
                .list());
  }

  void delete(UUID session) {
    database.useHandle(
        handle -> handle.execute("DELETE FROM access_token WHERE session_id = ?", session));
  }

  boolean alive(byte[] digest, Instant now) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT EXISTS (SELECT 1 FROM access_token t
                      JOIN directory_user u ON u.id = t.directory_user AND u.enabled
                      WHERE t.digest = ? AND t.expires > ?)
                    """)
                .bind(0, digest)
                .bind(1, utc(now))
                .mapTo(Boolean.class)
                .one());
  }

  boolean alive(UUID directoryUser, Instant now) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT EXISTS (SELECT 1 FROM access_token"
                        + " WHERE directory_user = ? AND expires > ?)")
                .bind(0, directoryUser)
                .bind(1, utc(now))
                .mapTo(Boolean.class)
                .one());
  }

  int deleteExpired(Instant now) {
    return database.withHandle(
        handle -> handle.execute("DELETE FROM access_token WHERE expires <= ?", utc(now)));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}

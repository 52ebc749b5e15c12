package io.overt.inventory;

import io.overt.model.Struct;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads the whole inventory as it is stored: what nobody looks at needs no decoding. The numerous
 * kinds come last, when the snapshot is shown already and somebody asks for one of them, who waits.
 */
final class Loader {
  private static final String OF_KINDS =
      """
      select kind, id, version, owner_kind, owner_id, status, internals, document
        from entity where kind = any (?)
      """;

  /** Nearly all rows, so PostgreSQL reads the table through, which leaves its cache alone. */
  private static final String OF_OTHER_KINDS = OF_KINDS.replace("= any", "<> all");

  /** Rows that the driver takes at once: a few MiB. */
  private static final int CHUNK = 4_000;

  private static final int PATIENCE_SECONDS = 60;

  private final Connection connection;
  private final long position;
  private final Interner interner = new Interner();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CompletableFuture<Map<Kind<?>, Table<?>>> numerous = new CompletableFuture<>();

  /**
   * @param connection its transaction must see one state of the database until the end
   * @param position of that state
   */
  Loader(Connection connection, long position) {
    this.connection = connection;
    this.position = position;
  }

  /** Everything at once. */
  static Snapshot load(Connection connection, long position) throws SQLException {
    Loader loader = new Loader(connection, position);
    Snapshot snapshot = loader.first();
    loader.rest();
    return snapshot;
  }

  /** The snapshot, in which the numerous kinds are still to come. */
  Snapshot first() throws SQLException {
    Map<Kind<?>, Table<?>> few = read(OF_KINDS, false);
    List<Lazy<Table<?>>> tables = new ArrayList<>();
    for (Kind<?> kind : Kinds.all()) {
      Table<?> table = few.get(kind);
      tables.add(table == null ? Lazy.of(() -> arrived(kind)) : Lazy.made(table));
    }
    return new Snapshot(position, tables, numerous::isCompletedExceptionally);
  }

  /** Leaves the cores to others until a numerous kind is asked for, or for that time at most. */
  void awaitDemand(Duration atMost) throws InterruptedException {
    try {
      asked.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      numerous.completeExceptionally(e);
      throw e;
    }
  }

  private Table<?> arrived(Kind<?> kind) {
    asked.countDown();
    try {
      Map<Kind<?>, Table<?>> all = numerous.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
      return Objects.requireNonNull(all.get(kind));
    } catch (CompletionException e) {
      throw new InventoryUnavailable(
          "the objects of kind " + kind + " could not be loaded: " + e.getCause(), false, e);
    }
  }

  /** Lets the numerous kinds arrive, or those who wait for them fail. */
  void rest() throws SQLException {
    try {
      numerous.complete(read(OF_OTHER_KINDS, true));
    } catch (SQLException | RuntimeException e) {
      numerous.completeExceptionally(e);
      throw e;
    }
  }

  private Map<Kind<?>, Table<?>> read(String sql, boolean many) throws SQLException {
    Map<String, Rack<?>> racks = new LinkedHashMap<>();
    for (Kind<?> kind : Kinds.all()) {
      if (kind.isNumerous() == many) {
        racks.put(kind.name(), new Rack<>(kind));
      }
    }
    Object[] few =
        Kinds.all().stream().filter(kind -> !kind.isNumerous()).map(Kind::name).toArray();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("text", few));
      statement.setFetchSize(CHUNK);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String name = rows.getString("kind");
          Rack<?> rack = racks.get(name);
          if (rack == null) {
            throw new IllegalStateException("the database has objects of unknown kind " + name);
          }
          rack.add(rows, interner);
        }
      }
    }
    Map<Kind<?>, Table<?>> tables = new LinkedHashMap<>();
    racks.values().forEach(rack -> tables.put(rack.kind(), rack.table(position)));
    return tables;
  }

  /** The entities of one kind. */
  private record Rack<T extends Struct>(Kind<T> kind, List<Entity<T>> entities) {
    Rack(Kind<T> kind) {
      this(kind, new ArrayList<>());
    }

    void add(ResultSet row, Interner interner) throws SQLException {
      entities.add(
          Rows.entity(kind, row, row.getLong("version"), row.getString("status"), interner));
    }

    Table<T> table(long position) {
      return Table.of(kind, entities, position);
    }
  }
}

package io.overt.inventory;

import io.overt.model.Struct;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Reads the whole inventory as it is stored: what nobody looks at needs no decoding. The numerous
 * kinds come last, when the snapshot is shown already; who looks at one that has not arrived waits.
 */
final class Loader {
  private static final String OF_KINDS =
      """
      select kind, id, version, owner_kind, owner_id, status, internals, document
        from entity where kind = any (?)
      """;

  /** Rows that the driver takes at once: a few MiB. */
  private static final int CHUNK = 4_000;

  private static final int PATIENCE_SECONDS = 60;

  private final Connection connection;
  private final long position;
  private final Interner interner = new Interner();
  private final Map<Kind<?>, CompletableFuture<Table<?>>> numerous = new LinkedHashMap<>();

  /**
   * @param connection its transaction must see one state of the database until the end
   * @param position of that state
   */
  Loader(Connection connection, long position) {
    this.connection = connection;
    this.position = position;
    Kinds.all().stream()
        .filter(Kind::isNumerous)
        .forEach(kind -> numerous.put(kind, new CompletableFuture<>()));
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
    Map<Kind<?>, Table<?>> few =
        read(Kinds.all().stream().filter(kind -> !kind.isNumerous()).toList());
    List<Lazy<Table<?>>> tables = new ArrayList<>();
    for (Kind<?> kind : Kinds.all()) {
      CompletableFuture<Table<?>> coming = numerous.get(kind);
      tables.add(
          coming == null
              ? Lazy.made(Objects.requireNonNull(few.get(kind)))
              : Lazy.of(() -> arrived(coming, kind)));
    }
    return Snapshot.of(
        tables,
        position,
        () -> numerous.values().stream().anyMatch(CompletableFuture::isCompletedExceptionally));
  }

  private static Table<?> arrived(CompletableFuture<Table<?>> coming, Kind<?> kind) {
    try {
      return coming.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new InventoryUnavailable(
          "the objects of kind " + kind + " could not be loaded: " + e.getCause(), false, e);
    }
  }

  /** Lets the numerous kinds arrive, or those who wait for them fail. */
  void rest() throws SQLException {
    try {
      for (Map.Entry<Kind<?>, CompletableFuture<Table<?>>> coming : numerous.entrySet()) {
        Kind<?> kind = coming.getKey();
        coming.getValue().complete(Objects.requireNonNull(read(List.of(kind)).get(kind)));
      }
    } catch (SQLException | RuntimeException e) {
      numerous.values().forEach(coming -> coming.completeExceptionally(e));
      throw e;
    }
  }

  private Map<Kind<?>, Table<?>> read(List<? extends Kind<?>> kinds) throws SQLException {
    Map<String, Rack<?>> racks = new LinkedHashMap<>();
    kinds.forEach(kind -> racks.put(kind.name(), new Rack<>(kind)));
    try (PreparedStatement statement = connection.prepareStatement(OF_KINDS)) {
      statement.setArray(1, connection.createArrayOf("text", racks.keySet().toArray()));
      statement.setFetchSize(CHUNK);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Objects.requireNonNull(racks.get(rows.getString("kind"))).add(rows, interner);
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

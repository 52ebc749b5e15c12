package io.overt.inventory;

import io.overt.model.Struct;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Reads the whole inventory: decodes on all cores while rows arrive, then indexes each kind. */
final class Loader {
  private static final String ALL =
      """
      select kind, version, owner_kind, owner_id, internals, document from entity
      """;
  private static final int CHUNK = 500;

  private final Interner interner = new Interner();
  private final Executor executor;
  private final Map<String, Chunks<?>> kinds = new HashMap<>();

  private Loader(Executor executor) {
    this.executor = executor;
  }

  /**
   * All entities; the caller's transaction must see one state of the database, of which {@code
   * position} is the position.
   */
  static Snapshot load(Connection connection, long position) throws SQLException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        Statement statement = connection.createStatement()) {
      Loader loader = new Loader(executor);
      statement.setFetchSize(CHUNK);
      try (ResultSet rows = statement.executeQuery(ALL)) {
        while (rows.next()) {
          loader
              .kinds
              .computeIfAbsent(rows.getString("kind"), name -> loader.chunks(Kinds.named(name)))
              .add(Rows.Raw.of(rows.getLong("version"), rows));
        }
      }
      return loader.snapshot(position);
    }
  }

  private <T extends Struct> Chunks<T> chunks(Kind<T> kind) {
    return new Chunks<>(kind);
  }

  private Snapshot snapshot(long position) {
    List<CompletableFuture<Table<?>>> tables = new ArrayList<>();
    for (Chunks<?> chunks : kinds.values()) {
      chunks.flush();
      tables.add(CompletableFuture.supplyAsync(() -> chunks.table(position), executor));
    }
    List<Table<?>> indexed = new ArrayList<>();
    tables.forEach(table -> indexed.add(table.join()));
    return Snapshot.of(indexed, position);
  }

  /** The rows of one kind, decoded a chunk at a time. */
  private final class Chunks<T extends Struct> {
    private final Kind<T> kind;
    private final List<CompletableFuture<List<Entity<T>>>> decoded = new ArrayList<>();
    private List<Rows.Raw> rows = new ArrayList<>(CHUNK);

    Chunks(Kind<T> kind) {
      this.kind = kind;
    }

    void add(Rows.Raw row) {
      rows.add(row);
      if (rows.size() == CHUNK) {
        flush();
      }
    }

    void flush() {
      List<Rows.Raw> full = rows;
      rows = new ArrayList<>(CHUNK);
      decoded.add(CompletableFuture.supplyAsync(() -> decode(full), executor));
    }

    private List<Entity<T>> decode(List<Rows.Raw> chunk) {
      List<Entity<T>> entities = new ArrayList<>(chunk.size());
      chunk.forEach(row -> entities.add(Rows.entity(kind, row, interner)));
      return entities;
    }

    Table<T> table(long position) {
      List<Entity<T>> all = new ArrayList<>();
      decoded.forEach(chunk -> all.addAll(chunk.join()));
      return Table.of(kind, all, position);
    }
  }
}

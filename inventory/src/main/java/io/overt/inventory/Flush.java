package io.overt.inventory;

import io.overt.model.Struct;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a batch of transactions changes: the net effect to the entities and their guards,
 * every change to the feed. Each statement takes all its rows as arrays, so a batch costs a handful
 * of round trips however many writers it has.
 */
final class Flush {
  private static final String DELETE_NAMES =
      """
      delete from unique_name u
      using unnest(?::text[], ?::text[], ?::text[], ?::text[]) as gone(kind, scope, name, id)
      where u.kind = gone.kind and u.scope = gone.scope and u.name = gone.name and u.id = gone.id
      """;
  private static final String DELETE_REFERENCES =
      """
      delete from entity_reference r
      using unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
        as gone(kind, id, member, target_kind, target_id)
      where r.kind = gone.kind and r.id = gone.id and r.member = gone.member
        and r.target_kind = gone.target_kind and r.target_id = gone.target_id
      """;
  private static final String DELETE_ENTITIES =
      """
      delete from entity e
      using unnest(?::text[], ?::text[], ?::bigint[]) as gone(kind, id, version)
      where e.kind = gone.kind and e.id = gone.id and e.version = gone.version
      """;
  private static final String UPDATE_ENTITIES =
      """
      update entity e
      set version = changed.version, internals = changed.internals::json,
        document = changed.document::json
      from unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::text[])
        as changed(kind, id, expected, version, internals, document)
      where e.kind = changed.kind and e.id = changed.id and e.version = changed.expected
      """;
  private static final String INSERT_ENTITIES =
      """
      insert into entity (kind, id, version, owner_kind, owner_id, internals, document)
      select kind, id, version, owner_kind, owner_id, internals::json, document::json
      from unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
        as added(kind, id, version, owner_kind, owner_id, internals, document)
      """;
  private static final String INSERT_NAMES =
      """
      insert into unique_name (kind, scope, name, id)
      select * from unnest(?::text[], ?::text[], ?::text[], ?::text[])
      """;
  private static final String INSERT_REFERENCES =
      """
      insert into entity_reference (kind, id, member, target_kind, target_id)
      select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
      """;
  private static final String INSERT_ENTRIES =
      """
      insert into feed_entry (position, batch) select unnest(?::bigint[]), ?
      """;
  private static final String INSERT_CHANGES =
      """
      insert into change
        (position, ordinal, kind, id, owner_kind, owner_id, internals, document)
      select position, ordinal, kind, id, owner_kind, owner_id, internals::json, document::json
      from unnest(?::bigint[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
          ?::text[])
        as added(position, ordinal, kind, id, owner_kind, owner_id, internals, document)
      """;

  private record Name(String kind, String id, UniqueKey name) {}

  private record Guard(Key source, Reference reference) {}

  private final Connection connection;
  private final IdentityHashMap<Entity<?>, String> documents = new IdentityHashMap<>();

  Flush(Connection connection) {
    this.connection = connection;
  }

  /**
   * Writes the batch.
   *
   * @param net what becomes of each entity over the whole batch
   * @param sets the transactions of the batch with their positions
   * @throws StaleEntity when the database holds another version than the snapshot
   */
  void write(List<Change> net, List<ChangeSet> sets, UUID batch) throws SQLException {
    Set<Name> goneNames = new LinkedHashSet<>();
    Set<Name> newNames = new LinkedHashSet<>();
    Set<Guard> goneGuards = new LinkedHashSet<>();
    Set<Guard> newGuards = new LinkedHashSet<>();
    for (Change change : net) {
      difference(names(change.before()), names(change.after()), goneNames, newNames);
      difference(guards(change.before()), guards(change.after()), goneGuards, newGuards);
    }
    names(DELETE_NAMES, goneNames);
    references(DELETE_REFERENCES, goneGuards);
    deleteEntities(net.stream().filter(change -> change.after() == null).toList());
    updateEntities(net.stream().filter(c -> c.before() != null && c.after() != null).toList());
    insertEntities(net.stream().filter(change -> change.before() == null).toList());
    names(INSERT_NAMES, newNames);
    references(INSERT_REFERENCES, newGuards);
    entries(sets, batch);
    changes(sets);
  }

  private static <E> void difference(List<E> before, List<E> after, Set<E> gone, Set<E> added) {
    Set<E> kept = new HashSet<>(before);
    kept.retainAll(new HashSet<>(after));
    before.stream().filter(item -> !kept.contains(item)).forEach(gone::add);
    after.stream().filter(item -> !kept.contains(item)).forEach(added::add);
  }

  private static List<Name> names(@Nullable Entity<?> entity) {
    return entity == null ? List.of() : namesOf(entity);
  }

  private static <T extends Struct> List<Name> namesOf(Entity<T> entity) {
    Key key = entity.key();
    return entity.kind().uniqueKeys(entity.value(), entity.owner()).stream()
        .map(name -> new Name(key.kind(), key.id(), name))
        .toList();
  }

  private static List<Guard> guards(@Nullable Entity<?> entity) {
    if (entity == null) {
      return List.of();
    }
    Key key = entity.key();
    return StoredForm.references(entity.kind(), entity.value()).stream()
        .filter(reference -> reference.strength() != Reference.Strength.SOFT)
        .map(reference -> new Guard(key, reference))
        .toList();
  }

  private void names(String sql, Set<Name> names) throws SQLException {
    execute(
        sql,
        names.size(),
        text(names.stream().map(Name::kind)),
        text(names.stream().map(name -> name.name().scope())),
        text(names.stream().map(name -> name.name().name())),
        text(names.stream().map(Name::id)));
  }

  private void references(String sql, Set<Guard> guards) throws SQLException {
    execute(
        sql,
        guards.size(),
        text(guards.stream().map(guard -> guard.source().kind())),
        text(guards.stream().map(guard -> guard.source().id())),
        text(guards.stream().map(guard -> guard.reference().member())),
        text(guards.stream().map(guard -> guard.reference().target().kind())),
        text(guards.stream().map(guard -> guard.reference().target().id())));
  }

  private void deleteEntities(List<Change> deleted) throws SQLException {
    List<Entity<?>> before = entities(deleted, Change::before);
    int count =
        execute(
            DELETE_ENTITIES,
            deleted.size(),
            text(deleted.stream().map(change -> change.key().kind())),
            text(deleted.stream().map(change -> change.key().id())),
            numbers(before.stream().map(Entity::version)));
    requireAll(deleted, count);
  }

  private void updateEntities(List<Change> updated) throws SQLException {
    List<Entity<?>> before = entities(updated, Change::before);
    List<Entity<?>> after = entities(updated, Change::after);
    int count =
        execute(
            UPDATE_ENTITIES,
            updated.size(),
            text(updated.stream().map(change -> change.key().kind())),
            text(updated.stream().map(change -> change.key().id())),
            numbers(before.stream().map(Entity::version)),
            numbers(after.stream().map(Entity::version)),
            text(after.stream().map(Rows::internals)),
            text(after.stream().map(this::document)));
    requireAll(updated, count);
  }

  private void insertEntities(List<Change> inserted) throws SQLException {
    List<Entity<?>> after = entities(inserted, Change::after);
    execute(
        INSERT_ENTITIES,
        inserted.size(),
        text(inserted.stream().map(change -> change.key().kind())),
        text(inserted.stream().map(change -> change.key().id())),
        numbers(after.stream().map(Entity::version)),
        text(after.stream().map(entity -> kindOf(entity.owner()))),
        text(after.stream().map(entity -> idOf(entity.owner()))),
        text(after.stream().map(Rows::internals)),
        text(after.stream().map(this::document)));
  }

  private static void requireAll(List<Change> changes, int count) {
    if (count != changes.size()) {
      throw new StaleEntity(
          "the database holds another version of one of "
              + changes.stream().map(change -> String.valueOf(change.before())).toList());
    }
  }

  private void entries(List<ChangeSet> sets, UUID batch) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT_ENTRIES)) {
      Long[] positions = numbers(sets.stream().map(ChangeSet::position));
      statement.setArray(1, connection.createArrayOf("int8", positions));
      statement.setObject(2, batch);
      statement.executeUpdate();
    }
  }

  private record Numbered(long position, int ordinal, Change change) {
    @Nullable Key owner() {
      Entity<?> after = change.after();
      return after == null ? null : after.owner();
    }
  }

  private void changes(List<ChangeSet> sets) throws SQLException {
    List<Numbered> rows = new ArrayList<>();
    for (ChangeSet set : sets) {
      for (int ordinal = 0; ordinal < set.changes().size(); ordinal++) {
        rows.add(new Numbered(set.position(), ordinal, set.changes().get(ordinal)));
      }
    }
    execute(
        INSERT_CHANGES,
        rows.size(),
        numbers(rows.stream().map(Numbered::position)),
        rows.stream().map(Numbered::ordinal).toArray(Integer[]::new),
        text(rows.stream().map(row -> row.change().key().kind())),
        text(rows.stream().map(row -> row.change().key().id())),
        text(rows.stream().map(row -> kindOf(row.owner()))),
        text(rows.stream().map(row -> idOf(row.owner()))),
        text(rows.stream().map(row -> internals(row.change().after()))),
        text(rows.stream().map(row -> document(row.change().after()))));
  }

  private static @Nullable String internals(@Nullable Entity<?> entity) {
    return entity == null ? null : Rows.internals(entity);
  }

  /** The text of the entity; the net effect and the feed write the same one. */
  private @Nullable String document(@Nullable Entity<?> entity) {
    return entity == null ? null : documents.computeIfAbsent(entity, Rows::document);
  }

  private static @Nullable String kindOf(@Nullable Key key) {
    return key == null ? null : key.kind();
  }

  private static @Nullable String idOf(@Nullable Key key) {
    return key == null ? null : key.id();
  }

  private static List<Entity<?>> entities(
      List<Change> changes, Function<Change, @Nullable Entity<?>> side) {
    List<Entity<?>> entities = new ArrayList<>(changes.size());
    for (Change change : changes) {
      entities.add(Objects.requireNonNull(side.apply(change)));
    }
    return entities;
  }

  private static @Nullable String[] text(Stream<@Nullable String> values) {
    return values.toArray(String[]::new);
  }

  private static Long[] numbers(Stream<Long> values) {
    return values.toArray(Long[]::new);
  }

  /** Runs the statement with a parameter for each column, unless there are no rows. */
  private int execute(String sql, int rows, @Nullable Object[]... columns) throws SQLException {
    if (rows == 0) {
      return 0;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int index = 0; index < columns.length; index++) {
        statement.setArray(
            index + 1, connection.createArrayOf(typeOf(columns[index]), columns[index]));
      }
      return statement.executeUpdate();
    }
  }

  private static String typeOf(@Nullable Object[] column) {
    if (column instanceof Long[]) {
      return "int8";
    }
    return column instanceof Integer[] ? "int4" : "text";
  }
}

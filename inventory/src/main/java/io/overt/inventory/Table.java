package io.overt.inventory;

import io.overt.model.Struct;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * All entities of one kind with their indexes; immutable. The indexes of a loaded table are made
 * when first needed: by a reader, or by the first change, which every later table patches.
 */
final class Table<T extends Struct> {
  private final Kind<T> kind;
  private final long changedAt;
  private final PMap<String, Entity<T>> entities;
  private final Lazy<PMap<UniqueKey, Entity<T>>> names;
  private final Lazy<PMap<Key, IdSet>> owned;
  private final Lazy<PMap<Key, PMap<String, IdSet>>> referrers;
  private final SortedEntities<T> sorted;
  private final Lazy<Map<String, Long>> statuses;

  private Table(
      Kind<T> kind,
      long changedAt,
      PMap<String, Entity<T>> entities,
      Lazy<PMap<UniqueKey, Entity<T>>> names,
      Lazy<PMap<Key, IdSet>> owned,
      Lazy<PMap<Key, PMap<String, IdSet>>> referrers,
      SortedEntities<T> sorted) {
    this.kind = kind;
    this.changedAt = changedAt;
    this.entities = entities;
    this.names = names;
    this.owned = owned;
    this.referrers = referrers;
    this.sorted = sorted;
    this.statuses = Lazy.of(() -> statuses(entities.values()));
  }

  static <T extends Struct> Table<T> empty(Kind<T> kind) {
    return of(kind, List.of(), 0);
  }

  /** A table of these entities, none of which is decoded for it. */
  static <T extends Struct> Table<T> of(Kind<T> kind, List<Entity<T>> all, long position) {
    Map<String, Entity<T>> entities = HashMap.newHashMap(all.size());
    all.forEach(entity -> entities.put(entity.key().id(), entity));
    return new Table<>(
        kind,
        position,
        HashTreePMap.from(entities),
        Lazy.of(() -> names(kind, all)),
        Lazy.of(() -> owned(all)),
        Lazy.of(() -> referrers(kind, all)),
        new SortedEntities<>(kind));
  }

  private static <T extends Struct> PMap<UniqueKey, Entity<T>> names(
      Kind<T> kind, List<Entity<T>> all) {
    Map<UniqueKey, Entity<T>> names = new HashMap<>();
    if (kind.named()) {
      Entity.decode(all);
      for (Entity<T> entity : all) {
        kind.uniqueKeys(entity.value(), entity.owner()).forEach(name -> names.put(name, entity));
      }
    }
    return HashTreePMap.from(names);
  }

  private static <T extends Struct> PMap<Key, IdSet> owned(List<Entity<T>> all) {
    Map<Key, List<String>> owned = new HashMap<>();
    for (Entity<T> entity : all) {
      Key owner = entity.owner();
      if (owner != null) {
        owned.computeIfAbsent(owner, key -> new ArrayList<>(1)).add(entity.key().id());
      }
    }
    Map<Key, IdSet> sets = HashMap.newHashMap(owned.size());
    owned.forEach((owner, ids) -> sets.put(owner, IdSet.of(ids)));
    return HashTreePMap.from(sets);
  }

  private static <T extends Struct> PMap<Key, PMap<String, IdSet>> referrers(
      Kind<T> kind, List<Entity<T>> all) {
    Map<Key, Map<String, List<String>>> referrers = new HashMap<>();
    if (kind.indexed()) {
      Entity.decode(all);
      for (Entity<T> entity : all) {
        for (Reference reference : StoredForm.references(kind, entity.value())) {
          referrers
              .computeIfAbsent(reference.target(), key -> HashMap.newHashMap(1))
              .computeIfAbsent(reference.member(), member -> new ArrayList<>(1))
              .add(entity.key().id());
        }
      }
    }
    Map<Key, PMap<String, IdSet>> sets = HashMap.newHashMap(referrers.size());
    referrers.forEach((target, members) -> sets.put(target, idSets(members)));
    return HashTreePMap.from(sets);
  }

  private static PMap<String, IdSet> idSets(Map<String, List<String>> members) {
    PMap<String, IdSet> sets = HashTreePMap.empty();
    for (Map.Entry<String, List<String>> member : members.entrySet()) {
      sets = sets.plus(member.getKey(), IdSet.of(member.getValue()));
    }
    return sets;
  }

  /** Makes now, with one core, what readers and writers would otherwise wait for. */
  void prepare() {
    entities.values().forEach(Entity::value);
    all();
    names.get();
    owned.get();
    referrers.get();
  }

  /** Position of the last change of any entity of this kind. */
  long changedAt() {
    return changedAt;
  }

  Kind<T> kind() {
    return kind;
  }

  int size() {
    return entities.size();
  }

  @Nullable Entity<T> find(String id) {
    return entities.get(id);
  }

  @Nullable Entity<T> byName(UniqueKey name) {
    return names.get().get(name);
  }

  List<Entity<T>> all() {
    return sorted.list(entities.values());
  }

  /** Those in that state; counted once for each table. */
  long count(String status) {
    return statuses.get().getOrDefault(status, 0L);
  }

  private static Map<String, Long> statuses(Collection<? extends Entity<?>> all) {
    return all.stream()
        .flatMap(entity -> Stream.ofNullable(entity.status()))
        .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
  }

  List<Entity<T>> owned(Key owner) {
    return inOrder(owned.get().get(owner));
  }

  List<Entity<T>> referrers(String member, Key target) {
    PMap<String, IdSet> members = referrers.get().get(target);
    return inOrder(members == null ? null : members.get(member));
  }

  /** Ids of those that refer to it, by member. */
  PMap<String, IdSet> inbound(Key target) {
    PMap<String, IdSet> members = referrers.get().get(target);
    return members == null ? HashTreePMap.empty() : members;
  }

  private List<Entity<T>> inOrder(@Nullable IdSet ids) {
    if (ids == null) {
      return List.of();
    }
    List<Entity<T>> found = new ArrayList<>(ids.size());
    for (String id : ids.ids()) {
      found.add(Objects.requireNonNull(entities.get(id), "an index names a missing entity"));
    }
    found.sort(kind.order());
    return found;
  }

  /** This table after one change; names are taken over without a check. */
  Table<T> with(Key key, @Nullable Entity<T> before, @Nullable Entity<T> after, long position) {
    String id = key.id();
    PMap<UniqueKey, Entity<T>> newNames = names.get();
    PMap<Key, IdSet> newOwned = owned.get();
    PMap<Key, PMap<String, IdSet>> newReferrers = referrers.get();
    if (before != null) {
      for (UniqueKey name : kind.uniqueKeys(before.value(), before.owner())) {
        Entity<T> holder = newNames.get(name);
        if (holder != null && holder.key().equals(key)) {
          newNames = newNames.minus(name);
        }
      }
      Key owner = before.owner();
      if (owner != null && after == null) {
        IdSet rest = Objects.requireNonNull(newOwned.get(owner)).minus(id);
        newOwned = rest == null ? newOwned.minus(owner) : newOwned.plus(owner, rest);
      }
    }
    if (after != null) {
      for (UniqueKey name : kind.uniqueKeys(after.value(), after.owner())) {
        newNames = newNames.plus(name, after);
      }
      Key owner = after.owner();
      if (owner != null && before == null) {
        IdSet known = newOwned.get(owner);
        newOwned = newOwned.plus(owner, known == null ? IdSet.of(id) : known.plus(id));
      }
    }
    if (kind.indexed()) {
      newReferrers = indexed(newReferrers, id, references(before), references(after));
    }
    return new Table<>(
        kind,
        position,
        after == null ? entities.minus(id) : entities.plus(id, after),
        Lazy.made(newNames),
        Lazy.made(newOwned),
        Lazy.made(newReferrers),
        sorted.changed(before, after));
  }

  private List<Reference> references(@Nullable Entity<T> entity) {
    return entity == null ? List.of() : StoredForm.references(kind, entity.value());
  }

  private static PMap<Key, PMap<String, IdSet>> indexed(
      PMap<Key, PMap<String, IdSet>> index,
      String id,
      List<Reference> before,
      List<Reference> after) {
    PMap<Key, PMap<String, IdSet>> result = index;
    for (Reference reference : before) {
      if (!after.contains(reference)) {
        PMap<String, IdSet> members = Objects.requireNonNull(result.get(reference.target()));
        IdSet rest = Objects.requireNonNull(members.get(reference.member())).minus(id);
        PMap<String, IdSet> less =
            rest == null
                ? members.minus(reference.member())
                : members.plus(reference.member(), rest);
        result =
            less.isEmpty()
                ? result.minus(reference.target())
                : result.plus(reference.target(), less);
      }
    }
    for (Reference reference : after) {
      if (!before.contains(reference)) {
        PMap<String, IdSet> members = result.get(reference.target());
        IdSet known = members == null ? null : members.get(reference.member());
        PMap<String, IdSet> more =
            (members == null ? HashTreePMap.<String, IdSet>empty() : members)
                .plus(reference.member(), known == null ? IdSet.of(id) : known.plus(id));
        result = result.plus(reference.target(), more);
      }
    }
    return result;
  }
}

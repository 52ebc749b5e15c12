package io.overt.inventory;

import io.overt.model.Struct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** All entities of one kind with their indexes; immutable. */
final class Table<T extends Struct> {
  private final Kind<T> kind;
  private final long changedAt;
  private final PMap<String, Entity<T>> entities;
  private final PMap<UniqueKey, Entity<T>> names;
  private final PMap<Key, IdSet> owned;
  private final PMap<Key, PMap<String, IdSet>> referrers;
  private final SortedEntities<T> sorted;

  private Table(
      Kind<T> kind,
      long changedAt,
      PMap<String, Entity<T>> entities,
      PMap<UniqueKey, Entity<T>> names,
      PMap<Key, IdSet> owned,
      PMap<Key, PMap<String, IdSet>> referrers,
      SortedEntities<T> sorted) {
    this.kind = kind;
    this.changedAt = changedAt;
    this.entities = entities;
    this.names = names;
    this.owned = owned;
    this.referrers = referrers;
    this.sorted = sorted;
  }

  static <T extends Struct> Table<T> empty(Kind<T> kind) {
    return new Table<>(
        kind,
        0,
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        new SortedEntities<>(kind));
  }

  /** A table of these entities at once, which is cheaper than one after the other. */
  static <T extends Struct> Table<T> of(Kind<T> kind, List<Entity<T>> all, long position) {
    Map<String, Entity<T>> entities = HashMap.newHashMap(all.size());
    Map<UniqueKey, Entity<T>> names = new HashMap<>();
    Map<Key, List<String>> owned = new HashMap<>();
    Map<Key, Map<String, List<String>>> referrers = new HashMap<>();
    for (Entity<T> entity : all) {
      String id = entity.key().id();
      entities.put(id, entity);
      kind.uniqueKeys(entity.value(), entity.owner()).forEach(name -> names.put(name, entity));
      Key owner = entity.owner();
      if (owner != null) {
        owned.computeIfAbsent(owner, key -> new ArrayList<>(1)).add(id);
      }
      if (kind.indexed()) {
        for (Reference reference : StoredForm.references(kind, entity.value())) {
          referrers
              .computeIfAbsent(reference.target(), key -> HashMap.newHashMap(1))
              .computeIfAbsent(reference.member(), member -> new ArrayList<>(1))
              .add(id);
        }
      }
    }
    Map<Key, IdSet> ownedIds = HashMap.newHashMap(owned.size());
    owned.forEach((owner, ids) -> ownedIds.put(owner, IdSet.of(ids)));
    Map<Key, PMap<String, IdSet>> referrerIds = HashMap.newHashMap(referrers.size());
    referrers.forEach((target, members) -> referrerIds.put(target, idSets(members)));
    return new Table<>(
        kind,
        position,
        HashTreePMap.from(entities),
        HashTreePMap.from(names),
        HashTreePMap.from(ownedIds),
        HashTreePMap.from(referrerIds),
        new SortedEntities<>(kind));
  }

  private static PMap<String, IdSet> idSets(Map<String, List<String>> members) {
    PMap<String, IdSet> sets = HashTreePMap.empty();
    for (Map.Entry<String, List<String>> member : members.entrySet()) {
      sets = sets.plus(member.getKey(), IdSet.of(member.getValue()));
    }
    return sets;
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
    return names.get(name);
  }

  List<Entity<T>> all() {
    return sorted.list(entities.values());
  }

  List<Entity<T>> owned(Key owner) {
    return inOrder(owned.get(owner));
  }

  List<Entity<T>> referrers(String member, Key target) {
    PMap<String, IdSet> members = referrers.get(target);
    return inOrder(members == null ? null : members.get(member));
  }

  /** Ids of those that refer to it, by member. */
  PMap<String, IdSet> inbound(Key target) {
    PMap<String, IdSet> members = referrers.get(target);
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
    PMap<UniqueKey, Entity<T>> newNames = names;
    PMap<Key, IdSet> newOwned = owned;
    PMap<Key, PMap<String, IdSet>> newReferrers = referrers;
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
        newNames,
        newOwned,
        newReferrers,
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

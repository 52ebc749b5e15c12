package io.overt.inventory;

import io.overt.model.Struct;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Applies a transaction's requests to a state of the inventory, with what follows from them: owned
 * entities go with their owner, weak and cascading references follow their targets.
 */
final class Applying {
  private final Snapshot start;
  private final long version;
  private final ToLongFunction<Kind<?>> nextNumber;
  private final Map<Key, Change> changes = new LinkedHashMap<>();
  private Snapshot snapshot;

  Applying(Snapshot start, long version, ToLongFunction<Kind<?>> nextNumber) {
    this.start = start;
    this.snapshot = start;
    this.version = version;
    this.nextNumber = nextNumber;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /** Net changes, an entity once. */
  List<Change> changes() {
    return changes.values().stream()
        .filter(change -> change.before() != null || change.after() != null)
        .toList();
  }

  Applying apply(Request request) {
    switch (request) {
      case Request.Insert(Entity<?> entity) -> insert(entity.withVersion(version));
      case Request.Append<?> append -> {
        Entity<?> entity = append.entity(nextNumber.applyAsLong(append.kind()), version);
        insert(entity);
      }
      case Request.Update(Entity<?> expected, Entity<?> updated) -> {
        requireUnchanged(expected);
        put(expected.key(), updated.withVersion(version));
      }
      case Request.Delete(Entity<?> entity) -> {
        requireUnchanged(entity);
        delete(entity.key());
      }
      case Request.EntityUnchanged(Entity<?> entity) -> requireUnchanged(entity);
      case Request.KindUnchanged(Kind<?> kind, long changedAt) -> {
        if (start.changedAt(kind) != changedAt) {
          throw new StaleEntity(
              "kind "
                  + kind
                  + " changed at position "
                  + start.changedAt(kind)
                  + ", after "
                  + changedAt
                  + " that the write was based on");
        }
      }
      case Request.Holds(String what, Predicate<Snapshot> condition) -> {
        if (!condition.test(start)) {
          throw new StaleEntity("no longer true: " + what);
        }
      }
    }
    return this;
  }

  private void insert(Entity<?> entity) {
    Key key = entity.key();
    if (snapshot.get(key) != null) {
      throw new DuplicateName(key.kind(), "id", key.id());
    }
    put(key, entity);
  }

  private void requireUnchanged(Entity<?> expected) {
    Entity<?> known = snapshot.get(expected.key());
    Change own = changes.get(expected.key());
    Entity<?> original = own == null ? known : own.before();
    boolean builtOnOwnWrite = own != null && expected.version() == Entity.PENDING;
    if (known == null
        || (!builtOnOwnWrite && (original == null || original.version() != expected.version()))) {
      throw new StaleEntity(expected + " is no longer what it was: " + original);
    }
  }

  private void put(Key key, @Nullable Entity<?> after) {
    Entity<?> before = snapshot.get(key);
    Change change = new Change(key, before, after);
    snapshot = snapshot.with(List.of(change), version);
    changes.merge(key, change, (first, last) -> new Change(key, first.before(), last.after()));
  }

  private void delete(Key key) {
    if (snapshot.get(key) == null) {
      return;
    }
    for (Kind<?> kind : Kinds.all()) {
      for (Entity<?> owned : snapshot.owned(kind, key)) {
        delete(owned.key());
      }
    }
    if (snapshot.get(key) != null) {
      put(key, null);
    }
    for (Kind<?> kind : Kinds.all()) {
      snapshot.table(kind).inbound(key).forEach((member, ids) -> follow(kind, member, ids, key));
    }
  }

  /** Lets referrers follow their deleted target. */
  private void follow(Kind<?> kind, String member, IdSet ids, Key target) {
    Reference.Strength strength = kind.strength(member);
    for (String id : ids.ids()) {
      Key source = new Key(kind.name(), id);
      Entity<?> entity = snapshot.get(source);
      if (entity == null) {
        continue;
      }
      switch (strength) {
        case CASCADING -> delete(source);
        case WEAK -> put(source, without(entity, target));
        case GUARDED, SOFT -> {}
      }
    }
  }

  private <T extends Struct> Entity<T> without(Entity<T> entity, Key target) {
    return new Entity<>(
        entity.kind(),
        StoredForm.without(entity.kind(), entity.value(), target),
        entity.owner(),
        entity.internals(),
        version);
  }

  /** Throws the first guard that the result breaks. */
  void check() {
    Map<List<Object>, Key> names = new HashMap<>();
    for (Change change : changes()) {
      Entity<?> after = change.after();
      if (after == null) {
        checkUnreferenced(change.key());
      } else {
        checkNames(change.key(), after, names);
        checkTargets(change.key(), after);
      }
    }
  }

  private void checkUnreferenced(Key key) {
    for (Kind<?> kind : Kinds.all()) {
      snapshot
          .table(kind)
          .inbound(key)
          .forEach(
              (member, ids) -> {
                if (kind.strength(member) == Reference.Strength.GUARDED) {
                  throw new StillReferenced(key, new Key(kind.name(), ids.ids().iterator().next()));
                }
              });
      List<? extends Entity<?>> owned = snapshot.owned(kind, key);
      if (!owned.isEmpty()) {
        throw new StillReferenced(key, owned.getFirst().key());
      }
    }
  }

  private <T extends Struct> void checkNames(
      Key key, Entity<T> after, Map<List<Object>, Key> names) {
    Kind<T> kind = after.kind();
    for (UniqueKey name : kind.uniqueKeys(after.value(), after.owner())) {
      Key rival = names.putIfAbsent(List.of(kind.name(), name), key);
      Entity<T> holder = start.table(kind).byName(name);
      if (rival == null && holder != null && !holder.key().equals(key)) {
        rival = keeps(holder, name) ? holder.key() : null;
      }
      if (rival != null) {
        throw new DuplicateName(kind.name(), name.scope(), name.name());
      }
    }
  }

  private <T extends Struct> boolean keeps(Entity<T> holder, UniqueKey name) {
    Change change = changes.get(holder.key());
    if (change == null) {
      return true;
    }
    Entity<?> after = change.after();
    return after != null
        && holder
            .kind()
            .uniqueKeys(holder.kind().cast(after).value(), after.owner())
            .contains(name);
  }

  private void checkTargets(Key key, Entity<?> after) {
    Key owner = after.owner();
    if (owner != null && snapshot.get(owner) == null) {
      throw new MissingReference(key, "owner", owner);
    }
    for (Reference reference : StoredForm.references(after.kind(), after.value())) {
      if (reference.strength() != Reference.Strength.SOFT
          && snapshot.get(reference.target()) == null) {
        throw new MissingReference(key, reference.member(), reference.target());
      }
    }
  }
}

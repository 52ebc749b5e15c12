package io.overt.inventory.search;

import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.Struct;
import io.overt.model.types.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What accessors may look at in the course of one search. Used by one thread. */
final class Scope {
  private final Snapshot snapshot;
  private final RuntimeValues runtime;
  private final Instant now;
  private final Map<Kind<?>, Map<String, Optional<Entity<?>>>> found = new HashMap<>();
  private final Map<String, Map<String, List<Entity<Event>>>> eventsByMember = new HashMap<>();

  Scope(Snapshot snapshot, RuntimeValues runtime, Instant now) {
    this.snapshot = snapshot;
    this.runtime = runtime;
    this.now = now;
  }

  Instant now() {
    return now;
  }

  RuntimeValues runtime() {
    return runtime;
  }

  /** The object, or null; remembered, since thousands of VMs refer to a handful of clusters. */
  @Nullable Entity<?> find(Kind<?> kind, String id) {
    return found
        .computeIfAbsent(kind, any -> new HashMap<>())
        .computeIfAbsent(id, any -> snapshot.find(new Key(kind.name(), id)))
        .orElse(null);
  }

  /** The object, if it is there: none or one. */
  List<Entity<?>> findAny(Kind<?> kind, String id) {
    Entity<?> found = find(kind, id);
    return found == null ? List.of() : List.of(found);
  }

  <T extends Struct> List<Entity<T>> all(Kind<T> kind) {
    return snapshot.all(kind);
  }

  <T extends Struct> List<Entity<T>> owned(Kind<T> kind, Entity<?> owner) {
    return snapshot.owned(kind, owner.key());
  }

  <T extends Struct> List<Entity<T>> referrers(Kind<T> kind, String member, Entity<?> target) {
    return snapshot.referrers(kind, member, target.id());
  }

  /** The object that a member refers to, if it is still there: none or one. */
  List<Entity<?>> referred(Entity<?> entity, String member, Kind<?> kind) {
    if (entity.value().get(member) instanceof Struct reference && reference.id() != null) {
      return findAny(kind, reference.requireId());
    }
    return List.of();
  }

  /** The object that this one lives and dies with, if it is of that kind. */
  List<Entity<?>> owner(Entity<?> entity, Kind<?> kind) {
    Key owner = entity.owner();
    return owner == null || !owner.kind().equals(kind.name())
        ? List.of()
        : snapshot.find(owner).<List<Entity<?>>>map(List::of).orElse(List.of());
  }

  /** The events that name an object; grouped once, since events keep no index of references. */
  List<Entity<Event>> events(String member, Entity<?> target) {
    return eventsByMember
        .computeIfAbsent(member, this::groupEvents)
        .getOrDefault(target.id(), List.of());
  }

  private Map<String, List<Entity<Event>>> groupEvents(String member) {
    Map<String, List<Entity<Event>>> groups = new HashMap<>();
    for (Entity<Event> event : snapshot.all(Kinds.EVENT)) {
      if (event.value().get(member) instanceof Struct reference && reference.id() != null) {
        groups.computeIfAbsent(reference.requireId(), id -> new ArrayList<>()).add(event);
      }
    }
    return groups;
  }
}

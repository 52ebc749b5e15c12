package io.overt.engine.webadmin.changes;

import io.overt.inventory.Change;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.rest.document.View;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In which of the API's collections an entity is shown; parts are shown in what they belong to. */
final class Shown {
  private static final Map<String, String> COLLECTIONS = new HashMap<>();

  static {
    for (Kind<?> kind : Kinds.all()) {
      String collection = View.model().addresses().collection(kind.type().name());
      if (collection != null) {
        COLLECTIONS.put(kind.name(), collection);
      }
    }
  }

  private Shown() {}

  /** The collection at the API's root where entities of that kind are, or null. */
  static @Nullable String collection(String kind) {
    return COLLECTIONS.get(kind);
  }

  /** Adds what shows a change: the entity itself where it has a collection, and its owners. */
  static void collect(Change change, Snapshot snapshot, Set<Key> shown) {
    Entity<?> entity = change.after() == null ? change.before() : change.after();
    while (entity != null) {
      Kind<?> kind = entity.kind();
      String id = entity.value().id();
      if (COLLECTIONS.containsKey(kind.name()) && id != null) {
        // An association, like a cluster's network, is shown as what it associates.
        shown.add(new Key(kind.type().name(), id));
      }
      Key owner = entity.owner();
      if (owner == null) {
        return;
      }
      if (COLLECTIONS.containsKey(owner.kind())) {
        // Even when it was removed together with its parts.
        shown.add(owner);
      }
      entity = snapshot.find(owner).orElse(null);
    }
  }
}

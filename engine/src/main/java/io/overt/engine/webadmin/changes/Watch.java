package io.overt.engine.webadmin.changes;

import io.overt.access.session.Caller;
import io.overt.engine.resource.Platform;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Snapshot;
import io.overt.rest.events.Message;
import io.overt.rest.events.MessageSource;
import io.overt.rest.http.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What one page has not been told yet: each object once, however often it changed. A page that
 * reads too slowly is told to start again, so that no more than so many objects are ever kept.
 */
final class Watch implements MessageSource {
  /** What changes within this time is told together. */
  static final Duration TOGETHER = Duration.ofMillis(100);

  static final int MOST_KEPT = 20_000;
  private static final int MOST_TOLD = 500;

  private final Platform platform;
  private final Caller caller;
  private final Consumer<Watch> closing;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private Set<Key> pending = new LinkedHashSet<>();
  private boolean gap;

  /** As of the change that was heard of last: what a later one removes is still seen in it. */
  private Snapshot heard;

  /** What the page was last told of; used by the page's thread alone. */
  private Snapshot known;

  Watch(Platform platform, Caller caller, boolean returning, Consumer<Watch> closing) {
    this.platform = platform;
    this.caller = caller;
    this.gap = returning;
    this.closing = closing;
    this.known = platform.snapshot();
    this.heard = known;
  }

  void add(Collection<Key> changed, Snapshot snapshot) {
    lock.lock();
    try {
      heard = snapshot;
      add(changed);
    } finally {
      lock.unlock();
    }
  }

  void add(Collection<Key> changed) {
    lock.lock();
    try {
      if (gap || changed.isEmpty()) {
        return;
      }
      pending.addAll(changed);
      if (pending.size() > MOST_KEPT) {
        skip();
      } else {
        added.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The page has to ask for everything anew. */
  void reset() {
    lock.lock();
    try {
      skip();
    } finally {
      lock.unlock();
    }
  }

  private void skip() {
    gap = true;
    pending = new LinkedHashSet<>();
    added.signal();
  }

  /** What was granted to these, or taken from them, changed. */
  void regranted(Set<String> principals) {
    if (principals.stream().anyMatch(caller.principalIds()::contains)) {
      reset();
    }
  }

  @Override
  public List<Message> next(Duration wait) throws InterruptedException {
    if (!await(wait)) {
      return List.of();
    }
    Thread.sleep(TOGETHER);
    Set<Key> changed;
    Snapshot snapshot;
    lock.lock();
    try {
      changed = pending;
      pending = new LinkedHashSet<>();
      snapshot = heard;
      if (gap) {
        gap = false;
        known = snapshot;
        return List.of(new Message(null, "reset", "{}"));
      }
    } finally {
      lock.unlock();
    }
    List<Message> messages = messages(visible(changed, snapshot));
    known = snapshot;
    return messages;
  }

  private boolean await(Duration wait) throws InterruptedException {
    long left = wait.toNanos();
    lock.lockInterruptibly();
    try {
      while (pending.isEmpty() && !gap && left > 0) {
        left = added.awaitNanos(left);
      }
      return gap || !pending.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** By collection; what was removed or hidden is told to who saw it before. */
  private Map<String, Set<String>> visible(Set<Key> changed, Snapshot snapshot) {
    Map<String, Set<String>> visible = new TreeMap<>();
    for (Key key : changed) {
      String collection = Shown.collection(key.kind());
      if (collection != null && (sees(snapshot, key) || sees(known, key))) {
        visible.computeIfAbsent(collection, name -> new LinkedHashSet<>()).add(key.id());
      }
    }
    return visible;
  }

  private boolean sees(Snapshot snapshot, Key key) {
    Optional<Entity<?>> entity = snapshot.find(key);
    return entity.isPresent() && platform.visibility().visible(snapshot, caller, entity.get());
  }

  private static List<Message> messages(Map<String, Set<String>> visible) {
    List<JsonObject> parts = new ArrayList<>();
    JsonObject part = new JsonObject();
    int told = 0;
    for (Map.Entry<String, Set<String>> entry : visible.entrySet()) {
      List<String> ids = List.copyOf(entry.getValue());
      for (int from = 0; from < ids.size(); ) {
        int to = Math.min(ids.size(), from + MOST_TOLD - told);
        part.putTexts(entry.getKey(), ids.subList(from, to));
        told += to - from;
        from = to;
        if (told == MOST_TOLD) {
          parts.add(part);
          part = new JsonObject();
          told = 0;
        }
      }
    }
    if (told > 0) {
      parts.add(part);
    }
    List<Message> messages = new ArrayList<>();
    for (JsonObject collections : parts) {
      boolean more = messages.size() < parts.size() - 1;
      JsonObject data = new JsonObject().put("collections", collections).put("more", more);
      messages.add(new Message(null, "change", data.toString()));
    }
    return messages;
  }

  @Override
  public void close() {
    closing.accept(this);
  }
}

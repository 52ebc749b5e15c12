package io.overt.bench;

import io.overt.inventory.Database;
import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.inventory.postgres.BundledPostgres;
import io.overt.model.Member;
import io.overt.model.Struct;
import io.overt.model.types.Event;
import io.overt.model.types.Mac;
import io.overt.model.types.Nic;
import io.overt.model.types.Vm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Many machines, each a copy of one that was made through the API: with everything that it owns,
 * its disk and its permissions, and with ids, names and addresses of its own. They go through the
 * inventory's write door, many in one transaction, while no engine runs.
 */
public final class Population {
  private static final int BATCH = 250;

  private final Snapshot before;
  private final Entity<Vm> pattern;
  private final List<Entity<?>> parts = new ArrayList<>();

  private Population(Snapshot before, Entity<Vm> pattern) {
    this.before = before;
    this.pattern = pattern;
    collect(pattern);
    before.owned(Kinds.DISK_ATTACHMENT, pattern.key()).stream()
        .map(attachment -> before.find(Kinds.DISK, attachment.id()).orElseThrow())
        .forEach(disk -> parts.addFirst(disk));
  }

  /** Names in the order of their numbers: {@code x00042}. */
  static String name(int number) {
    return String.format(Locale.ROOT, "x%05d", number);
  }

  /** Fills up to that many copies of the machine of that name. */
  public static void fill(Path databaseDirectory, String patternName, int count) {
    try (BundledPostgres postgres = BundledPostgres.start(databaseDirectory);
        Database database = Database.open(postgres.config());
        Inventory inventory = Inventory.open(database)) {
      Snapshot before = inventory.snapshot();
      Entity<Vm> pattern = before.byName(Kinds.VM, "", patternName).orElseThrow();
      Population population = new Population(before, pattern);
      int next = 0;
      while (next < count && before.byName(Kinds.VM, "", name(next)).isPresent()) {
        next++;
      }
      for (; next < count; next += BATCH) {
        int from = next;
        inventory.change(
            transaction -> {
              for (int number = from; number < Math.min(count, from + BATCH); number++) {
                population.copy(transaction, number);
              }
            });
        System.err.printf("  %,d of %,d machines%n", Math.min(count, next + BATCH), count);
      }
    }
  }

  /** The entity and everything below it, owners first. */
  private void collect(Entity<?> entity) {
    parts.add(entity);
    for (Kind<?> kind : Kinds.all()) {
      before.owned(kind, entity.key()).forEach(this::collect);
    }
  }

  private void copy(Transaction transaction, int number) {
    Map<String, String> words = new HashMap<>();
    for (Entity<?> part : parts) {
      if (!part.kind().isScopedByOwner()) {
        words.put(part.id(), UUID.randomUUID().toString());
      }
    }
    String patternName = String.valueOf(pattern.value().name());
    words.put(patternName, name(number));
    words.put(patternName + "_Disk1", name(number) + "_Disk1");
    Map<Key, Key> keys = new LinkedHashMap<>();
    int address = 0;
    for (Entity<?> part : parts) {
      Struct value = replaced(part.value(), words);
      if (value instanceof Nic nic) {
        nic.mac(new Mac().address(mac(number, address++)));
      }
      Key owner = part.owner() == null ? null : keys.get(part.owner());
      keys.put(part.key(), insert(transaction, part.kind(), value, owner, part, words));
    }
    remember(transaction, words);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Struct> Key insert(
      Transaction transaction,
      Kind<T> kind,
      Struct value,
      @Nullable Key owner,
      Entity<?> part,
      Map<String, String> words) {
    Map<String, String> internals = new HashMap<>();
    part.internals().forEach((key, text) -> internals.put(key, words.getOrDefault(text, text)));
    return transaction.insert(kind, (T) value, owner, internals).key();
  }

  /** The event that a machine was made, as the pattern has one. */
  private void remember(Transaction transaction, Map<String, String> words) {
    for (Entity<Event> event : before.all(Kinds.EVENT)) {
      Vm about = event.value().vm();
      if (about != null && pattern.id().equals(about.id())) {
        Event copy = (Event) replaced(event.value(), words);
        transaction.append(
            Kinds.EVENT, number -> copy.copy().id(Long.toString(number)), null, event.internals());
        return;
      }
    }
  }

  private static String mac(int machine, int card) {
    int number = machine * 4 + card;
    return String.format(
        Locale.ROOT,
        "02:0b:%02x:%02x:%02x:%02x",
        number >> 24,
        number >> 16 & 255,
        number >> 8 & 255,
        number & 255);
  }

  /** A copy in which every text that is a key of the map is what the map says. */
  private static Struct replaced(Struct value, Map<String, String> words) {
    Struct copy = value.copy();
    for (Member member : copy.type().members()) {
      Object held = copy.get(member);
      if (held instanceof String text && words.containsKey(text)) {
        copy.set(member, words.get(text));
      } else if (held instanceof Struct struct) {
        copy.set(member, replaced(struct, words));
      } else if (held instanceof List<?> list
          && !list.isEmpty()
          && list.getFirst() instanceof Struct) {
        List<Object> items = new ArrayList<>();
        list.forEach(item -> items.add(replaced((Struct) item, words)));
        copy.set(member, items);
      }
    }
    return copy;
  }
}

package io.overt.events;

import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Transaction;
import io.overt.model.Member;
import io.overt.model.Struct;
import io.overt.model.types.Event;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an event refers to, with names, so that it is still understood when the objects are gone.
 * Like those of engine 4.5, an event about a machine also refers to its cluster, and so on.
 */
public final class Surroundings {
  /** Members of an object that its events refer to as well. */
  private static final Map<String, List<String>> AROUND =
      Map.of(
          "vm", List.of("cluster", "template"),
          "template", List.of("cluster"),
          "host", List.of("cluster"),
          "cluster", List.of("data_center"));

  private final Transaction transaction;
  private final Event event;
  private final Map<String, String> internals;

  /**
   * @param event gets references
   * @param internals gets names, see {@link #nameOf}
   */
  public Surroundings(Transaction transaction, Event event, Map<String, String> internals) {
    this.transaction = transaction;
    this.event = event;
    this.internals = internals;
  }

  /** Private attribute of an event: what the object that a member refers to was called. */
  public static String nameOf(Member member) {
    return nameKey(member.name());
  }

  /** {@link #nameOf} for the member of that name. */
  public static String nameKey(String member) {
    return member + "_name";
  }

  /** Refers to these objects, and then to what is around them as far as that is not said. */
  public void include(Collection<? extends Struct> subjects) {
    subjects.forEach(this::refer);
    subjects.forEach(this::lookAround);
  }

  private boolean refer(Struct subject) {
    String id = subject.id();
    Member member = event.type().find(subject.type().name());
    if (member == null || id == null || event.has(member)) {
      return false;
    }
    Struct reference = subject.type().create();
    reference.set("id", id);
    event.set(member, reference);
    if (full(subject).get("name") instanceof String name) {
      internals.put(nameOf(member), name);
    }
    return true;
  }

  private void lookAround(Struct subject) {
    Struct full = full(subject);
    for (String member : AROUND.getOrDefault(subject.type().name(), List.of())) {
      if (full.get(member) instanceof Struct next && refer(next)) {
        lookAround(next);
      }
    }
  }

  /** As it is in the inventory, if it is there: callers may know no more than the id. */
  private Struct full(Struct subject) {
    String id = subject.id();
    Optional<Entity<?>> known =
        id == null ? Optional.empty() : transaction.find(new Key(subject.type().name(), id));
    return known.<Struct>map(Entity::value).orElse(subject);
  }
}

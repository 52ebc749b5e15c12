package io.overt.engine.affinity;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kind;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one kind in a group or label: a list of references in the group.
 *
 * @param <G> the group's type
 * @param <M> the members' type
 */
final class Membership<G extends Struct, M extends Struct> {
  /** Which members a group may have, and what a change of a group is reported as. */
  interface Rules<G extends Struct, M extends Struct> {
    /** Refuses a member that the group must not have. */
    void check(Transaction transaction, Entity<G> group, Entity<M> member);

    /** Whether adding a member again changes nothing, or is refused. */
    default boolean takesAgain() {
      return false;
    }

    void report(Transaction transaction, Call call, Entity<G> group);
  }

  private final Platform platform;
  private final Kind<M> kind;
  private final String list;
  private final BiFunction<Call, Transaction, Entity<G>> group;
  private final Rules<G, M> rules;

  /**
   * @param list name of the group's member that holds the references
   * @param group finds the group of the URL
   */
  Membership(
      Platform platform,
      Kind<M> kind,
      String list,
      BiFunction<Call, Transaction, Entity<G>> group,
      Rules<G, M> rules) {
    this.platform = platform;
    this.kind = kind;
    this.list = list;
    this.group = group;
    this.rules = rules;
  }

  /** The members' references as a group or label holds them. */
  @SuppressWarnings("unchecked")
  static <M extends Struct> List<M> references(Struct group, String list) {
    return group.get(list) instanceof List<?> held ? (List<M>) held : List.of();
  }

  /** The members by id and name. */
  List<M> list(Call call, Snapshot snapshot, Entity<G> holder) {
    List<M> shown = new ArrayList<>();
    for (M reference : Membership.<M>references(holder.value(), list)) {
      if (shown.size() >= Resource.limit(call)) {
        break;
      }
      snapshot.find(kind, reference.requireId()).map(this::named).ifPresent(shown::add);
    }
    return shown;
  }

  Optional<M> find(Snapshot snapshot, Entity<G> holder, String id) {
    return Membership.<M>references(holder.value(), list).stream()
        .filter(reference -> id.equals(reference.id()))
        .findFirst()
        .flatMap(reference -> snapshot.find(kind, reference.requireId()))
        .map(this::named);
  }

  private M named(Entity<M> member) {
    M shown = reference(member.id());
    shown.set("name", member.value().get("name"));
    return shown;
  }

  @SuppressWarnings("unchecked")
  private M reference(String id) {
    M reference = (M) kind.type().create();
    reference.set("id", id);
    return reference;
  }

  /** Adds one; answers its reference. */
  M add(Call call, @Nullable M body) {
    M wanted = platform.body(body);
    return platform.write(
        transaction -> {
          Entity<G> holder = group.apply(call, transaction);
          Entity<M> member = resolve(transaction, wanted);
          List<M> members = new ArrayList<>(references(holder.value(), list));
          if (members.stream().anyMatch(known -> member.id().equals(known.id()))) {
            if (rules.takesAgain()) {
              return reference(member.id());
            }
            throw ApiFault.bad(
                text(member) + " is already in '" + holder.value().get("name") + "'");
          }
          rules.check(transaction, holder, member);
          members.add(reference(member.id()));
          store(transaction, call, holder, members);
          return reference(member.id());
        });
  }

  /** As {@link References#resolve}, but what does not exist is a bad request here. */
  Entity<M> resolve(Transaction transaction, Struct wanted) {
    return References.resolveByRule(transaction, kind, wanted);
  }

  /** The references for a new list of members, checked. */
  List<M> resolveAll(Transaction transaction, Entity<G> holder, @Nullable List<M> wanted) {
    List<M> members = new ArrayList<>();
    for (M one : wanted == null ? List.<M>of() : wanted) {
      Entity<M> member = resolve(transaction, one);
      if (members.stream().anyMatch(known -> member.id().equals(known.id()))) {
        throw ApiFault.bad(text(member) + " is named twice");
      }
      rules.check(transaction, holder, member);
      members.add(reference(member.id()));
    }
    return members;
  }

  private String text(Entity<M> member) {
    return kind.name().replace('_', ' ') + " '" + member.value().get("name") + "'";
  }

  /** Removes one; what is not there is a bad request. */
  void remove(Call call, String id) {
    platform.write(
        transaction -> {
          Entity<G> holder = group.apply(call, transaction);
          List<M> members = references(holder.value(), list);
          List<M> left = members.stream().filter(known -> !id.equals(known.id())).toList();
          if (left.size() == members.size()) {
            throw ApiFault.bad(
                "'"
                    + holder.value().get("name")
                    + "' has no "
                    + kind.name().replace('_', ' ')
                    + " "
                    + id);
          }
          store(transaction, call, holder, left);
          return id;
        });
  }

  @SuppressWarnings("unchecked")
  private void store(Transaction transaction, Call call, Entity<G> holder, List<M> members) {
    G changed = (G) holder.value().copy();
    changed.set(list, members);
    rules.report(transaction, call, transaction.update(holder, changed));
  }
}

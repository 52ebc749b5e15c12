package io.overt.inventory;

import io.overt.model.ApiFault;
import io.overt.model.Member;
import io.overt.model.Struct;
import io.overt.model.StructType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings a value into the form that is kept: references by id only, times in milliseconds, links to
 * many left out unless the kind keeps them. Also finds the references of a kept value.
 */
final class StoredForm {
  /** References are looked for at every change, and most members are none. */
  private static final Map<StructType, List<Member>> STRUCT_MEMBERS = new ConcurrentHashMap<>();

  private StoredForm() {}

  /** A frozen value for the inventory; the given one is not changed. */
  static <T extends Struct> T of(Kind<T> kind, T value) {
    value.requireId();
    if (value.type() != kind.type()) {
      throw new IllegalArgumentException(
          "a " + kind.name() + " is a struct " + kind.type() + ", not " + value.type());
    }
    return kind.cast(stripped(kind, value, "").freeze());
  }

  private static Struct stripped(Kind<?> kind, Struct value, String prefix) {
    Struct result = value.shallowCopy();
    result.href(null);
    for (Member member : value.type().members()) {
      Object held = value.get(member);
      if (held instanceof Instant time) {
        result.set(member, time.truncatedTo(ChronoUnit.MILLIS));
      }
      if (held == null || member.kind() != io.overt.model.Kind.STRUCT) {
        continue;
      }
      String path = prefix + member.name();
      boolean reference = isReference(kind, member, path);
      if (held instanceof Struct struct) {
        result.set(
            member, reference ? byId(kind, struct, path) : stripped(kind, struct, path + "."));
      } else if (held instanceof List<?> list) {
        result.set(
            member,
            reference && !kind.keepsList(path) ? null : strippedList(kind, list, path, reference));
      }
    }
    return result;
  }

  private static List<Struct> strippedList(
      Kind<?> kind, List<?> list, String path, boolean reference) {
    List<Struct> items = new ArrayList<>(list.size());
    for (Object item : list) {
      Struct struct = (Struct) item;
      Struct kept = reference ? byId(kind, struct, path) : stripped(kind, struct, path + ".");
      if (kept != null) {
        items.add(kept);
      }
    }
    return items;
  }

  private static boolean isReference(Kind<?> kind, Member member, String path) {
    return Kinds.ofType(member.structType()) != null && !kind.keepsInline(path);
  }

  /**
   * The reference alone; nothing for an empty one. What no feature has looked up by now a client
   * sent where it means nothing, and must not be lost silently.
   */
  private static @Nullable Struct byId(Kind<?> kind, Struct target, String path) {
    String id = target.id();
    if (id != null) {
      return reference(target.type(), id);
    }
    if (target.type().members().stream().allMatch(member -> target.get(member) == null)) {
      return null;
    }
    throw new ApiFault(
        ApiFault.Category.BAD_PARAMETER,
        "Incomplete parameters",
        kind.name() + "." + path + " refers to a " + target.type() + " without its id");
  }

  private static Struct reference(StructType type, String id) {
    Struct reference = type.create();
    reference.set("id", id);
    return reference;
  }

  /** All references of a value in its stored form. */
  static List<Reference> references(Kind<?> kind, Struct value) {
    List<Reference> found = new ArrayList<>(8);
    String idRefersTo = kind.idRefersTo();
    if (idRefersTo != null) {
      found.add(new Reference("id", new Key(idRefersTo, value.requireId()), kind.strength("id")));
    }
    collect(kind, value, "", found);
    return found;
  }

  private static void collect(Kind<?> kind, Struct value, String prefix, List<Reference> found) {
    for (Member member : STRUCT_MEMBERS.computeIfAbsent(value.type(), StoredForm::structMembers)) {
      Object held = value.get(member);
      if (held instanceof Struct struct) {
        collectOne(kind, member, struct, prefix, found);
      } else if (held instanceof List<?> list) {
        for (Object item : list) {
          collectOne(kind, member, (Struct) item, prefix, found);
        }
      }
    }
  }

  private static List<Member> structMembers(StructType type) {
    return type.members().stream()
        .filter(member -> member.kind() == io.overt.model.Kind.STRUCT)
        .toList();
  }

  private static void collectOne(
      Kind<?> kind, Member member, Struct held, String prefix, List<Reference> found) {
    String path = prefix.isEmpty() ? member.name() : prefix + member.name();
    Kind<?> target = Kinds.ofType(member.structType());
    if (target == null || kind.keepsInline(path)) {
      collect(kind, held, path + ".", found);
      return;
    }
    String id = held.id();
    if (id != null && !target.isScopedByOwner()) {
      Reference reference = new Reference(path, new Key(target.name(), id), kind.strength(path));
      if (!found.contains(reference)) {
        found.add(reference);
      }
    }
  }

  /** The value without its weak references to {@code target}. */
  static <T extends Struct> T without(Kind<T> kind, T value, Key target) {
    return kind.cast(removing(kind, value, "", target).freeze());
  }

  private static Struct removing(Kind<?> kind, Struct value, String prefix, Key target) {
    Struct result = value.shallowCopy();
    for (Member member : value.type().members()) {
      Object held = value.get(member);
      if (held == null || member.kind() != io.overt.model.Kind.STRUCT) {
        continue;
      }
      String path = prefix + member.name();
      if (isReference(kind, member, path)) {
        if (kind.strength(path) == Reference.Strength.WEAK) {
          result.set(member, withoutTarget(member, held, target));
        }
      } else if (held instanceof Struct struct) {
        result.set(member, removing(kind, struct, path + ".", target));
      }
    }
    return result;
  }

  private static @Nullable Object withoutTarget(Member member, Object held, Key target) {
    Kind<?> kind = Kinds.ofType(member.structType());
    if (kind == null || !kind.name().equals(target.kind())) {
      return held;
    }
    if (held instanceof Struct struct) {
      return target.id().equals(struct.id()) ? null : held;
    }
    return ((List<?>) held)
        .stream().filter(item -> !target.id().equals(((Struct) item).id())).toList();
  }
}

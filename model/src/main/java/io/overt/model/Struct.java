package io.overt.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object of the model as slots with presence: {@code null} means absent, which is not the same
 * as empty.
 *
 * <p>A struct is built by fluent calls and then frozen; a frozen struct refuses changes and may be
 * shared between threads. {@link #copy()} gives an open one.
 */
public abstract class Struct {
  protected final @Nullable Object[] slots;
  private final StructType type;
  private boolean frozen;
  private boolean expanded;
  private @Nullable String href;

  protected Struct(StructType type) {
    this.type = type;
    this.slots = new Object[type.members().size()];
  }

  public final StructType type() {
    return type;
  }

  /** Identity of the object, or null for values and new objects. */
  public final @Nullable String id() {
    int index = type.idIndex();
    return index < 0 ? null : (String) slots[index];
  }

  /** The id of an object that must have one. */
  public final String requireId() {
    String id = id();
    if (id == null) {
      throw new IllegalStateException("a " + type.name() + " without id");
    }
    return id;
  }

  /** Address given by a client or forced by a feature; normally derived when writing. */
  public final @Nullable String href() {
    return href;
  }

  public final void href(@Nullable String value) {
    href = value;
  }

  /** True when a referenced object stands here in full instead of by id alone. */
  public final boolean expanded() {
    return expanded;
  }

  /** Marks this as standing in full where normally a reference would be written. */
  public final void expand() {
    expanded = true;
  }

  public final @Nullable Object get(Member member) {
    return slots[member.index()];
  }

  /** The value by model name; null when absent or when this struct has no such member. */
  public final @Nullable Object get(String memberName) {
    Member member = type.find(memberName);
    return member == null ? null : slots[member.index()];
  }

  public final void set(Member member, @Nullable Object value) {
    put(member.index(), value);
  }

  public final void set(String memberName, @Nullable Object value) {
    set(type.member(memberName), value);
  }

  public final boolean has(Member member) {
    return slots[member.index()] != null;
  }

  protected final void put(int index, @Nullable Object value) {
    if (frozen) {
      throw new IllegalStateException(
          "the "
              + type.name()
              + " is frozen; copy() it before changing "
              + type.members().get(index).name());
    }
    slots[index] = value;
  }

  /** Refuses further changes, here and below. */
  public Struct freeze() {
    if (!frozen) {
      for (int index = 0; index < slots.length; index++) {
        Object value = slots[index];
        if (value instanceof Struct struct) {
          struct.freeze();
        } else if (value instanceof List<?> list) {
          list.forEach(
              item -> {
                if (item instanceof Struct struct) {
                  struct.freeze();
                }
              });
          slots[index] = List.copyOf(list);
        }
      }
      frozen = true;
    }
    return this;
  }

  /** An open copy, deep as far as structs and lists go. */
  public Struct copy() {
    Struct copy = type.create();
    for (int index = 0; index < slots.length; index++) {
      copy.slots[index] = copyOf(slots[index]);
    }
    copy.href = href;
    copy.expanded = expanded;
    return copy;
  }

  /** An open copy whose values are shared with this one: for replacing single members. */
  public final Struct shallowCopy() {
    Struct copy = type.create();
    System.arraycopy(slots, 0, copy.slots, 0, slots.length);
    copy.href = href;
    copy.expanded = expanded;
    return copy;
  }

  private static @Nullable Object copyOf(@Nullable Object value) {
    if (value instanceof Struct struct) {
      return struct.copy();
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>(list.size());
      for (Object item : list) {
        Object copy = copyOf(item);
        if (copy != null) {
          items.add(copy);
        }
      }
      return items;
    }
    return value;
  }

  /**
   * Takes over what is present in {@code changes}: scalars and lists replace, structs of data merge
   * recursively, references replace. This is what an update means in the oVirt API.
   */
  public final void merge(Struct changes) {
    for (Member member : changes.type.members()) {
      Object value = changes.slots[member.index()];
      Member target = type.find(member.name());
      if (value == null || target == null) {
        continue;
      }
      if (value instanceof Struct inner
          && !target.link()
          && slots[target.index()] instanceof Struct existing
          && existing.type == inner.type) {
        Struct merged = existing.frozen ? existing.copy() : existing;
        merged.merge(inner);
        put(target.index(), merged);
      } else {
        put(target.index(), copyOf(value));
      }
    }
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof Struct that && type == that.type && Arrays.equals(slots, that.slots);
  }

  @Override
  public final int hashCode() {
    return 31 * type.name().hashCode() + Arrays.hashCode(slots);
  }

  /** The name and id only: contents may be secret. */
  @Override
  public final String toString() {
    return type.name() + "[" + id() + "]";
  }
}

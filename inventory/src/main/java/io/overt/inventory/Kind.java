package io.overt.inventory;

import static io.overt.inventory.Orders.byNumberDescending;

import io.overt.model.ApiEnum;
import io.overt.model.Member;
import io.overt.model.Struct;
import io.overt.model.StructType;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A kind of entity: its struct type and the rules that hold for all of its entities. The catalogue
 * is {@link Kinds}.
 */
public final class Kind<T extends Struct> {
  private final String name;
  private final Class<T> javaType;
  private final StructType type;
  private final int ordinal;
  private final @Nullable Member nameMember;
  private final @Nullable Member statusMember;
  private final Set<String> soft = new HashSet<>();
  private final Set<String> weak = new HashSet<>();
  private final Set<String> cascading = new HashSet<>();
  private final Set<String> lists = new HashSet<>();
  private final Set<String> inline = new HashSet<>();
  private @Nullable BiFunction<T, @Nullable Key, List<UniqueKey>> uniqueKeys;
  private Comparator<Entity<T>> order;
  private boolean scopedByOwner;
  private boolean softByDefault;
  private boolean indexed = true;
  private boolean numerous;
  private boolean orderedById;
  private @Nullable String idRefersTo;

  Kind(String name, Class<T> javaType, StructType type, int ordinal) {
    this.name = name;
    this.javaType = javaType;
    this.type = type;
    this.ordinal = ordinal;
    this.nameMember = type.find("name");
    this.statusMember = type.find("status");
    this.order =
        Comparator.<Entity<T>, String>comparing(this::nameOf)
            .thenComparing(Entity::id)
            .thenComparing(entity -> entity.key().id());
  }

  private String nameOf(Entity<T> entity) {
    Object value = nameMember == null ? null : entity.value().get(nameMember);
    return value instanceof String text ? text : "";
  }

  /** The status as the API spells it; null for none. */
  @Nullable String statusOf(T value) {
    Object status = statusMember == null ? null : value.get(statusMember);
    return status instanceof ApiEnum constant ? constant.wire() : null;
  }

  /** Names compare over the whole installation. */
  Kind<T> uniqueName() {
    return unique((value, owner) -> value.get("name"), (value, owner) -> "");
  }

  /** Names compare among the entities of one owner. */
  Kind<T> uniqueNameInOwner() {
    return unique(
        (value, owner) -> value.get("name"), (value, owner) -> owner == null ? "" : owner.id());
  }

  /** Names compare among those that refer by {@code member} to the same object. */
  Kind<T> uniqueNameIn(String member) {
    return unique(
        (value, owner) -> value.get("name"),
        (value, owner) ->
            value.get(member) instanceof Struct scope
                ? Objects.requireNonNullElse(scope.id(), "")
                : "");
  }

  Kind<T> unique(
      BiFunction<T, @Nullable Key, @Nullable Object> what,
      BiFunction<T, @Nullable Key, String> scope) {
    uniqueKeys =
        (value, owner) ->
            what.apply(value, owner) instanceof String text
                ? List.of(new UniqueKey(scope.apply(value, owner), text))
                : List.of();
    return this;
  }

  /** References that may dangle. */
  Kind<T> soft(String... members) {
    soft.addAll(checked(members));
    return this;
  }

  /** References may dangle. */
  Kind<T> allSoft() {
    softByDefault = true;
    return this;
  }

  /** References that disappear with their target. */
  Kind<T> weak(String... members) {
    weak.addAll(checked(members));
    return this;
  }

  /** References whose target's deletion deletes the entity. */
  Kind<T> cascading(String... members) {
    cascading.addAll(checked(members));
    return this;
  }

  /** Objects that are kept in full although their type has a kind: copies, not references. */
  Kind<T> inline(String... members) {
    inline.addAll(checked(members));
    return this;
  }

  /**
   * Links to many that are kept in the document; the others are collections of their own, and are
   * dropped from it.
   */
  Kind<T> lists(String... members) {
    lists.addAll(checked(members));
    return this;
  }

  /** Ids are unique among the entities of one owner only. */
  Kind<T> scopedByOwner() {
    scopedByOwner = true;
    return this;
  }

  /** The id is at the same time a reference to the object of that kind with the same id. */
  Kind<T> idRefersTo(String kind) {
    idRefersTo = kind;
    return this;
  }

  Kind<T> order(Comparator<Entity<T>> comparator) {
    order = comparator;
    return this;
  }

  /** The order of ids that are numbers, the highest first: nobody's value is looked at for it. */
  Kind<T> orderedByNumber() {
    order = byNumberDescending();
    orderedById = true;
    return this;
  }

  /** Keeps no index of references: {@link Snapshot#referrers} is not answered. */
  Kind<T> unindexed() {
    indexed = false;
    return this;
  }

  /** Installations have many of them, which are therefore loaded after all others. */
  Kind<T> numerous() {
    numerous = true;
    return this;
  }

  private List<String> checked(String... members) {
    for (String path : members) {
      StructType at = type;
      for (String step : path.split("\\.")) {
        Member member = at.member(step);
        at =
            member.reference() == null || member.kind() != io.overt.model.Kind.STRUCT
                ? at
                : member.structType();
      }
    }
    return List.of(members);
  }

  /** Also the name in {@link Key}: the struct type's name, save for associations. */
  public String name() {
    return name;
  }

  public StructType type() {
    return type;
  }

  public boolean isScopedByOwner() {
    return scopedByOwner;
  }

  /** Order of {@link Snapshot#all}. */
  public Comparator<Entity<T>> order() {
    return order;
  }

  /** The key of the entity with that owner and API id. */
  public Key key(@Nullable Key owner, String id) {
    if (!scopedByOwner) {
      return new Key(name, id);
    }
    if (owner == null) {
      throw new IllegalArgumentException("a " + name + " needs an owner, but " + id + " has none");
    }
    return new Key(name, owner.id() + "/" + id);
  }

  /** The key of an entity whose kind is not scoped by its owner. */
  public Key key(String id) {
    return key(null, id);
  }

  /** Names that the entity claims. */
  public List<UniqueKey> uniqueKeys(T value, @Nullable Key owner) {
    return uniqueKeys == null ? List.of() : uniqueKeys.apply(value, owner);
  }

  /** Whether there is anything to ask {@link #uniqueKeys} for. */
  boolean named() {
    return uniqueKeys != null;
  }

  int ordinal() {
    return ordinal;
  }

  boolean indexed() {
    return indexed;
  }

  boolean isOrderedById() {
    return orderedById;
  }

  boolean isNumerous() {
    return numerous;
  }

  @Nullable String idRefersTo() {
    return idRefersTo;
  }

  boolean keepsList(String member) {
    return lists.contains(member);
  }

  boolean keepsInline(String member) {
    return inline.contains(member);
  }

  /** The kind that the member refers to. */
  Kind<?> targetOf(String path) {
    if (path.equals("id") && idRefersTo != null) {
      return Kinds.named(idRefersTo);
    }
    StructType at = type;
    for (String step : path.split("\\.")) {
      at = at.member(step).structType();
    }
    Kind<?> target = Kinds.ofType(at);
    if (target == null) {
      throw new IllegalArgumentException(path + " of " + name + " refers to no kind of entity");
    }
    return target;
  }

  Reference.Strength strength(String member) {
    if (cascading.contains(member)) {
      return Reference.Strength.CASCADING;
    }
    if (weak.contains(member)) {
      return Reference.Strength.WEAK;
    }
    return (softByDefault && !member.equals("id")) || soft.contains(member)
        ? Reference.Strength.SOFT
        : Reference.Strength.GUARDED;
  }

  T cast(Object value) {
    return javaType.cast(value);
  }

  /** The same entity, typed. */
  @SuppressWarnings("unchecked")
  Entity<T> cast(Entity<?> entity) {
    if (entity.kind() != this) {
      throw new IllegalArgumentException(entity + " is not a " + name);
    }
    return (Entity<T>) entity;
  }

  @Override
  public String toString() {
    return name;
  }
}

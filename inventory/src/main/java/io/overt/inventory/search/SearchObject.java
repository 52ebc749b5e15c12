package io.overt.inventory.search;

import io.overt.inventory.Entity;
import io.overt.inventory.Kind;
import io.overt.model.Struct;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that can be searched: its fields, its cross references and its default order. */
final class SearchObject<T extends Struct> {
  private final Kind<T> kind;
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final Map<String, Relation> relations = new LinkedHashMap<>();
  private @Nullable Comparator<Row> defaultOrder;
  private @Nullable Field nameField;

  /** An object with the values by which it is sorted. */
  record Row(Scope scope, Entity<?> entity) {}

  SearchObject(Kind<T> kind) {
    this.kind = kind;
  }

  Kind<T> kind() {
    return kind;
  }

  @Nullable Field field(String name) {
    return fields.get(name.toLowerCase(Locale.ROOT));
  }

  Collection<Field> fields() {
    return fields.values();
  }

  /** By the name in the singular or with a plural s. */
  @Nullable Relation relation(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    Relation relation = relations.get(lower);
    return relation == null && lower.endsWith("s")
        ? relations.get(lower.substring(0, lower.length() - 1))
        : relation;
  }

  Map<String, Relation> relations() {
    return relations;
  }

  /** Whether the field is the object's id, and nothing else. */
  boolean isIdentity(Field field) {
    return field.type() == FieldType.ID
        && (field.name().equals("id") || field.name().equals("_vmt_id"));
  }

  /** Whether the field is the object's name, and nothing else. */
  boolean isName(Field field) {
    return field.equals(nameField);
  }

  /** Null when the order of the snapshot is the default order. */
  @Nullable Comparator<Row> defaultOrder() {
    return defaultOrder;
  }

  /** Texts under the names of their members that every object has, if only empty ones. */
  SearchObject<T> texts(String... members) {
    for (String member : members) {
      text(member, path(member).or((scope, entity) -> ""));
    }
    nameField = fields.get("name");
    return this;
  }

  SearchObject<T> text(String name, String path) {
    return text(name, path(path));
  }

  SearchObject<T> text(String name, Accessor accessor) {
    return add(new Field(name, FieldType.TEXT, accessor, null, true));
  }

  /** A text that free text does not look at. */
  SearchObject<T> quietText(String name, Accessor accessor) {
    return add(new Field(name, FieldType.TEXT, accessor, null, false));
  }

  /** A text that hosts report, or one that is stored. */
  SearchObject<T> reportedText(String name, @Nullable String path) {
    Accessor reported = (scope, entity) -> scope.runtime().text(entity.kind(), entity.id(), name);
    return text(name, path == null ? reported : reported.or(path(path)));
  }

  /** A number that hosts report, or one that is derived from what is stored. */
  SearchObject<T> reportedNumber(String name, @Nullable Accessor stored) {
    Accessor reported = (scope, entity) -> scope.runtime().number(entity.kind(), entity.id(), name);
    return number(name, stored == null ? reported : reported.or(stored));
  }

  SearchObject<T> excerpt(String name, Accessor accessor) {
    return add(new Field(name, FieldType.EXCERPT, accessor, null, false));
  }

  SearchObject<T> tag(Accessor accessor) {
    return add(new Field("tag", FieldType.TAG, accessor, null, true));
  }

  SearchObject<T> number(String name, Accessor accessor) {
    return add(new Field(name, FieldType.NUMBER, accessor, null, false));
  }

  SearchObject<T> number(String name, String path) {
    return number(name, path(path));
  }

  SearchObject<T> flag(String name, String path) {
    return flag(name, path(path));
  }

  SearchObject<T> flag(String name, Accessor accessor) {
    return add(new Field(name, FieldType.FLAG, accessor, null, false));
  }

  SearchObject<T> time(String name, Accessor accessor) {
    return add(new Field(name, FieldType.TIME, accessor, null, false));
  }

  SearchObject<T> time(String name, String path) {
    return time(name, path(path));
  }

  SearchObject<T> duration(String name, Accessor accessor) {
    return add(new Field(name, FieldType.DURATION, accessor, null, false));
  }

  SearchObject<T> id(String name, Accessor accessor) {
    return add(new Field(name, FieldType.ID, accessor, null, false));
  }

  SearchObject<T> id(String name, String path) {
    return id(name, path(path));
  }

  SearchObject<T> choice(String name, Choices choices, Accessor accessor) {
    return add(new Field(name, FieldType.CHOICE, accessor, choices, false));
  }

  SearchObject<T> choice(String name, Choices choices, String path) {
    return choice(name, choices, path(path));
  }

  SearchObject<T> relation(
      String name,
      Supplier<SearchObject<?>> target,
      BiFunction<Scope, Entity<?>, Collection<? extends Entity<?>>> related) {
    relations.put(name, new Relation(target, related));
    return this;
  }

  /** Sorts by these fields, ascending unless the name begins with a minus sign. */
  SearchObject<T> order(String... names) {
    Comparator<Row> order = null;
    for (String name : names) {
      boolean descending = name.startsWith("-");
      Field field = fields.get(descending ? name.substring(1) : name);
      if (field == null) {
        throw new IllegalArgumentException("no field " + name + " to sort by");
      }
      Comparator<Row> next = Values.order(field, descending);
      order = order == null ? next : order.thenComparing(next);
    }
    defaultOrder = order;
    return this;
  }

  /** An accessor for a path of member names below this object's struct. */
  Accessor path(String path) {
    return Path.of(kind.type(), List.of(path.split("\\.")));
  }

  private SearchObject<T> add(Field field) {
    if (fields.putIfAbsent(field.name(), field) != null) {
      throw new IllegalArgumentException("field " + field.name() + " is there twice");
    }
    return this;
  }
}

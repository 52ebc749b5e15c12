package io.overt.rest.rows;

import io.overt.model.ApiEnum;
import io.overt.model.Struct;
import io.overt.rest.rows.Rows.Placed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order that a request asks for: by fields, then by name, then by id; what is empty is last.
 */
final class RowOrder {
  /**
   * One field to sort by.
   *
   * @param descending which what is empty does not care about
   */
  record Key(Column column, boolean descending) {}

  private record Sortable(Placed row, List<@Nullable Object> values) {}

  private final List<Key> keys;

  RowOrder(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /** The rows in this order. */
  List<Placed> sorted(List<Placed> rows, Links links) {
    List<Sortable> sortable = new ArrayList<>(rows.size());
    for (Placed row : rows) {
      List<@Nullable Object> values = new ArrayList<>(keys.size());
      for (Key key : keys) {
        values.add(comparable(key.column().value(row.object(), row.path(), links)));
      }
      sortable.add(new Sortable(row, values));
    }
    sortable.sort(this::compare);
    return sortable.stream().map(Sortable::row).toList();
  }

  private int compare(Sortable one, Sortable other) {
    for (int index = 0; index < keys.size(); index++) {
      Object left = one.values.get(index);
      Object right = other.values.get(index);
      int order;
      if (left == null) {
        order = right == null ? 0 : 1;
      } else if (right == null) {
        order = -1;
      } else {
        order = compare(left, right);
        order = keys.get(index).descending() ? -order : order;
      }
      if (order != 0) {
        return order;
      }
    }
    int names = NaturalOrder.INSTANCE.compare(text(one, "name"), text(other, "name"));
    return names != 0 ? names : NaturalOrder.INSTANCE.compare(text(one, "id"), text(other, "id"));
  }

  private static String text(Sortable sortable, String member) {
    return sortable.row.object().get(member) instanceof String text ? text : "";
  }

  private static int compare(Object one, Object other) {
    if (one instanceof BigDecimal left && other instanceof BigDecimal right) {
      return left.compareTo(right);
    }
    if (one instanceof Instant left && other instanceof Instant right) {
      return left.compareTo(right);
    }
    if (one instanceof Long left && other instanceof Long right) {
      return Long.compare(left, right);
    }
    return Comparator.comparing(Object::toString, NaturalOrder.INSTANCE).compare(one, other);
  }

  /** Of several values the first counts; objects go by name, and by id without one. */
  private static @Nullable Object comparable(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case List<?> list -> list.isEmpty() ? null : comparable(list.getFirst());
      case Struct struct -> struct.get("name") instanceof String name ? name : struct.id();
      case ApiEnum constant -> constant.wire();
      case String text -> text.isEmpty() ? null : text;
      default -> value;
    };
  }
}

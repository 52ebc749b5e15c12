package io.overt.inventory.search;

import io.overt.model.ApiEnum;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Orders what accessors yield. */
final class Values {
  private static final Comparator<Object> PRESENT = Values::compare;

  /** Absent values come first, and so last in descending order. */
  private static final Comparator<@Nullable Object> ORDER = Comparator.nullsFirst(PRESENT);

  private Values() {}

  static Comparator<SearchObject.Row> order(Field field, boolean descending) {
    Comparator<SearchObject.Row> order =
        (left, right) -> ORDER.compare(value(field, left), value(field, right));
    return descending ? order.reversed() : order;
  }

  static @Nullable Object value(Field field, SearchObject.Row row) {
    return field.accessor().value(row.scope(), row.entity());
  }

  private static int compare(Object left, Object right) {
    if (left instanceof Number first && right instanceof Number second) {
      return Double.compare(first.doubleValue(), second.doubleValue());
    }
    if (left instanceof Instant first && right instanceof Instant second) {
      return first.compareTo(second);
    }
    if (left instanceof Boolean first && right instanceof Boolean second) {
      return Boolean.compare(first, second);
    }
    return compareTexts(text(left), text(right));
  }

  /** As people sort: case decides only between texts that are equal otherwise. */
  static int compareTexts(String left, String right) {
    int order = String.CASE_INSENSITIVE_ORDER.compare(left, right);
    return order == 0 ? left.compareTo(right) : order;
  }

  static String text(Object value) {
    return switch (value) {
      case ApiEnum constant -> constant.wire();
      case List<?> list -> list.stream().map(Values::text).collect(Collectors.joining(","));
      default -> value.toString();
    };
  }
}

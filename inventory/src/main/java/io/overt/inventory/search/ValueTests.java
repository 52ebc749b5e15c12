package io.overt.inventory.search;

import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.search.Expression.Condition;
import io.overt.model.ApiEnum;
import io.overt.model.Struct;
import io.overt.model.types.Tag;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads a value for a field once and compares what accessors yield with it. */
final class ValueTests {
  private final Scope scope;
  private final Dates dates;
  private final boolean caseSensitive;

  ValueTests(Scope scope, Dates dates, boolean caseSensitive) {
    this.scope = scope;
    this.dates = dates;
    this.caseSensitive = caseSensitive;
  }

  /** A test of a single value; the operator is never {@link Operator#NOT_EQUAL}. */
  Predicate<@Nullable Object> test(Field field, Operator operator, Condition condition) {
    String value = condition.value();
    return switch (field.type()) {
      case TEXT -> text(value);
      case EXCERPT -> matching(TextPattern.anywhere(value, caseSensitive));
      case NUMBER -> number(field, operator, condition);
      case FLAG -> flag(field, condition);
      case TIME -> time(field, operator, condition);
      case DURATION -> duration(field, operator, condition);
      case ID -> actual -> actual instanceof String text && text.equalsIgnoreCase(value);
      case CHOICE -> choice(field, condition);
      case TAG -> tags(TextPattern.whole(value, caseSensitive));
    };
  }

  /** A test for free text. */
  Predicate<@Nullable Object> text(Field field, TextPattern pattern) {
    return field.type() == FieldType.TAG ? tags(pattern) : matching(pattern);
  }

  private Predicate<@Nullable Object> text(String value) {
    TextPattern pattern = TextPattern.whole(value, caseSensitive);
    // Nothing and "null" both ask for objects without a value.
    boolean absent = value.isEmpty() || value.equalsIgnoreCase("null");
    return actual ->
        actual instanceof String text
            ? pattern.matches(text) || (absent && text.isEmpty())
            : absent && actual == null;
  }

  private static Predicate<@Nullable Object> matching(TextPattern pattern) {
    return actual -> actual instanceof String text && pattern.matches(text);
  }

  private static Predicate<@Nullable Object> number(
      Field field, Operator operator, Condition condition) {
    double expected;
    try {
      expected = new BigDecimal(condition.value()).doubleValue();
    } catch (NumberFormatException e) {
      throw unfit(field, condition, "a number");
    }
    return actual ->
        actual instanceof Number number
            && operator.accepts(Double.compare(number.doubleValue(), expected));
  }

  private static Predicate<@Nullable Object> flag(Field field, Condition condition) {
    boolean expected =
        switch (condition.value().toLowerCase(Locale.ROOT)) {
          case "true", "1" -> true;
          case "false", "0" -> false;
          default -> throw unfit(field, condition, "true or false");
        };
    return actual -> actual instanceof Boolean flag && flag == expected;
  }

  /** Equal means within the day that begins at the value. */
  private Predicate<@Nullable Object> time(Field field, Operator operator, Condition condition) {
    Instant expected = dates.parse(condition.value());
    if (expected == null) {
      throw unfit(field, condition, "a date, today, yesterday or a weekday");
    }
    if (operator == Operator.EQUAL) {
      Instant end = expected.plus(1, ChronoUnit.DAYS);
      return actual ->
          actual instanceof Instant time && !time.isBefore(expected) && time.isBefore(end);
    }
    return actual -> actual instanceof Instant time && operator.accepts(time.compareTo(expected));
  }

  private static Predicate<@Nullable Object> duration(
      Field field, Operator operator, Condition condition) {
    Long seconds = Durations.seconds(condition.value());
    if (seconds == null) {
      throw unfit(field, condition, "a duration such as 1.12:30:00 (days.hours:minutes:seconds)");
    }
    return actual ->
        actual instanceof Number number
            && operator.accepts(Double.compare(number.doubleValue(), seconds));
  }

  private static Predicate<@Nullable Object> choice(Field field, Condition condition) {
    Choices choices = field.choices();
    String expected = choices == null ? null : choices.find(condition.value());
    if (choices == null || expected == null) {
      throw unfit(field, condition, "one of " + (choices == null ? "" : choices.names()));
    }
    return actual ->
        switch (actual) {
          case ApiEnum constant -> Choices.same(constant.wire(), expected);
          case String text -> Choices.same(text, expected);
          case null, default -> false;
        };
  }

  /** The tags of that name and all below them. */
  private Predicate<@Nullable Object> tags(TextPattern pattern) {
    Set<String> ids = new HashSet<>();
    for (Entity<Tag> tag : scope.all(Kinds.TAG)) {
      String name = tag.value().name();
      if (name != null && pattern.matches(name)) {
        addWithDescendants(tag, ids);
      }
    }
    return actual -> actual instanceof String id && ids.contains(id);
  }

  private void addWithDescendants(Entity<? extends Struct> tag, Set<String> ids) {
    if (ids.add(tag.id())) {
      scope.referrers(Kinds.TAG, "parent", tag).forEach(child -> addWithDescendants(child, ids));
    }
  }

  private static InvalidSearch unfit(Field field, Condition condition, String expected) {
    return InvalidSearch.at(
        condition.position(),
        "'"
            + condition.value()
            + "' is no value of field "
            + field.name()
            + ", expected "
            + expected);
  }
}

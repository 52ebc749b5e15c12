package io.overt.inventory.search;

import io.overt.inventory.Entity;
import io.overt.inventory.search.Expression.And;
import io.overt.inventory.search.Expression.Condition;
import io.overt.inventory.search.Expression.FreeText;
import io.overt.inventory.search.Expression.Or;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Binds a tree to an object's fields once, so that testing an entity reads and compares only. */
final class ConditionCompiler {
  private final SearchObject<?> object;
  private final Scope scope;
  private final ValueTests values;
  private final boolean caseSensitive;
  private final Set<String> freeTexts = new HashSet<>();

  ConditionCompiler(SearchObject<?> object, Scope scope, Dates dates, boolean caseSensitive) {
    this.object = object;
    this.scope = scope;
    this.values = new ValueTests(scope, dates, caseSensitive);
    this.caseSensitive = caseSensitive;
  }

  /**
   * A test for entities of the object.
   *
   * @throws InvalidSearch when a name is unknown or a value does not fit its field
   */
  Predicate<Entity<?>> compile(Expression expression) {
    return switch (expression) {
      case And and -> all(and.operands().stream().map(this::compile).toList());
      case Or or -> any(or.operands().stream().map(this::compile).toList());
      case Condition condition -> condition(condition);
      case FreeText text -> freeText(text);
    };
  }

  private static Predicate<Entity<?>> all(List<Predicate<Entity<?>>> tests) {
    return entity -> {
      for (Predicate<Entity<?>> test : tests) {
        if (!test.test(entity)) {
          return false;
        }
      }
      return true;
    };
  }

  private static Predicate<Entity<?>> any(List<Predicate<Entity<?>>> tests) {
    return entity -> {
      for (Predicate<Entity<?>> test : tests) {
        if (test.test(entity)) {
          return true;
        }
      }
      return false;
    };
  }

  private Predicate<Entity<?>> condition(Condition condition) {
    String reference = condition.reference();
    if (reference != null) {
      Relation relation = object.relation(reference);
      Field field = relation == null ? null : relation.target().get().field(condition.field());
      if (relation == null || field == null) {
        throw unknown(reference + "." + condition.field(), condition.position());
      }
      return related(relation, fieldTest(field, condition));
    }
    Field field = object.field(condition.field());
    if (field != null) {
      return fieldTest(field, condition);
    }
    Relation relation = object.relation(condition.field());
    if (relation == null) {
      throw unknown(condition.field(), condition.position());
    }
    return relatedText(relation, condition);
  }

  private Predicate<Entity<?>> relatedText(Relation relation, Condition condition) {
    if (!condition.operator().equality()) {
      throw InvalidSearch.at(
          condition.position(), "related objects are compared as text: only = and != fit");
    }
    once(condition.field(), condition.position());
    Predicate<Entity<?>> test =
        related(relation, textTest(relation.target().get(), condition.value(), condition));
    return condition.operator() == Operator.NOT_EQUAL ? test.negate() : test;
  }

  private Predicate<Entity<?>> related(Relation relation, Predicate<Entity<?>> test) {
    return entity -> {
      for (Entity<?> other : relation.related().apply(scope, entity)) {
        if (test.test(other)) {
          return true;
        }
      }
      return false;
    };
  }

  /** A field differs from a value when none of its values equals it; so does an absent one. */
  private Predicate<Entity<?>> fieldTest(Field field, Condition condition) {
    Operator operator = condition.operator();
    if (!field.type().allows(operator)) {
      throw InvalidSearch.at(
          condition.position(),
          "field " + field.name() + " cannot be compared by " + operator.symbol());
    }
    boolean negated = operator == Operator.NOT_EQUAL;
    Predicate<@Nullable Object> test =
        values.test(field, negated ? Operator.EQUAL : operator, condition);
    Accessor accessor = field.accessor();
    return entity -> matches(accessor.value(scope, entity), test) != negated;
  }

  private static boolean matches(@Nullable Object value, Predicate<@Nullable Object> test) {
    if (!(value instanceof Collection<?> several)) {
      return test.test(value);
    }
    if (several.isEmpty()) {
      return test.test(null);
    }
    for (Object one : several) {
      if (test.test(one)) {
        return true;
      }
    }
    return false;
  }

  private Predicate<Entity<?>> freeText(FreeText text) {
    if (!text.quoted() && !text.last() && object.field(text.text()) != null) {
      throw InvalidSearch.at(
          text.position(), "an operator was expected after the field " + text.text());
    }
    once("", text.position());
    return textTest(
        object,
        text.text(),
        new Condition(null, text.text(), Operator.EQUAL, text.text(), text.position()));
  }

  private Predicate<Entity<?>> textTest(
      SearchObject<?> searched, String text, Condition condition) {
    TextPattern pattern = TextPattern.anywhere(text, caseSensitive);
    List<Predicate<Entity<?>>> tests =
        searched.fields().stream()
            .filter(Field::inFreeText)
            .map(
                field -> {
                  Predicate<@Nullable Object> test = values.text(field, pattern);
                  Predicate<Entity<?>> fieldTest =
                      entity -> matches(field.accessor().value(scope, entity), test);
                  return fieldTest;
                })
            .toList();
    if (tests.isEmpty()) {
      throw InvalidSearch.refusedAt(
          condition.position(),
          "a " + searched.kind().name() + " has no texts to look for '" + text + "' in");
    }
    return any(tests);
  }

  private void once(String reference, int position) {
    if (!freeTexts.add(reference.toLowerCase(Locale.ROOT))) {
      throw InvalidSearch.at(position, "free text may be given once; quote it if it has blanks");
    }
  }

  private InvalidSearch unknown(String name, int position) {
    String reason =
        "a "
            + object.kind().name()
            + " has no field or related object "
            + name
            + "; it has "
            + object.fields().stream().map(Field::name).toList();
    // Where no text could be meant either, the oVirt engine answers with an error as well.
    return object.fields().stream().anyMatch(Field::inFreeText)
        ? InvalidSearch.at(position, reason)
        : InvalidSearch.refusedAt(position, reason);
  }
}

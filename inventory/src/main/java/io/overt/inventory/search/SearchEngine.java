package io.overt.inventory.search;

import io.overt.inventory.Entity;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.search.Expression.And;
import io.overt.inventory.search.Expression.Condition;
import io.overt.inventory.search.Expression.FreeText;
import io.overt.inventory.search.Expression.Or;
import io.overt.inventory.search.SearchObject.Row;
import io.overt.model.Struct;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers searches from a snapshot. Safe for concurrent use; one for a process. */
public final class SearchEngine {
  /** Length of a page when the request sets no maximum (oVirt: SearchResultsLimit). */
  public static final long PAGE_LENGTH = 100;

  /** Private attribute of an event, {@code true} when it was deleted and so is not found. */
  public static final String DELETED = "deleted";

  private final RuntimeValues runtime;
  private final Clock clock;
  private final Dates dates;
  private final NameIndex names = new NameIndex();

  /**
   * @param clock tells today and, by its zone, when days begin
   * @param locale whose formats dates are read in
   */
  public SearchEngine(RuntimeValues runtime, Clock clock, Locale locale) {
    this.runtime = runtime;
    this.clock = clock;
    this.dates = new Dates(clock, locale);
  }

  /**
   * The objects that a query finds, in its order and then in the kind's default order.
   *
   * @throws InvalidSearch when the query names what the kind does not have, or compares a field
   *     with a value that does not fit
   * @throws IllegalArgumentException when objects of that kind cannot be searched
   */
  public <T extends Struct> List<Entity<T>> search(
      Snapshot snapshot, Kind<T> kind, SearchQuery query, SearchOptions options) {
    Scope scope = new Scope(snapshot, runtime, clock.instant());
    SearchObject<?> object = SearchObjects.of(kind);
    Predicate<Entity<?>> test = test(object, scope, query, options);
    Comparator<Row> order = order(object, query);
    Window window = Window.of(query, options);
    long enough = order == null ? window.end() : Long.MAX_VALUE;
    List<Entity<T>> found = new ArrayList<>();
    for (Entity<T> entity : candidates(snapshot, kind, object, query, options)) {
      if (found.size() >= enough) {
        break;
      }
      if (test.test(entity) && options.visible().test(entity)) {
        found.add(entity);
      }
    }
    return window.cut(order == null ? found : sorted(found, scope, order));
  }

  /** The rows to answer, counted from 0; the end excluded. */
  private record Window(long start, long end) {
    static Window of(SearchQuery query, SearchOptions options) {
      Long max = options.max();
      if (max != null && max < 0) {
        throw InvalidSearch.refusedAt(0, "max is " + max + ", expected 0 or more");
      }
      if (query.page() == null) {
        return new Window(0, max == null ? Long.MAX_VALUE : max);
      }
      long length = Math.min(max == null ? PAGE_LENGTH : max, Integer.MAX_VALUE);
      return new Window((query.page() - 1) * length, query.page() * length);
    }

    <T> List<T> cut(List<T> rows) {
      int from = (int) Math.min(start, rows.size());
      int to = (int) Math.min(end, rows.size());
      return List.copyOf(rows.subList(from, to));
    }
  }

  private Predicate<Entity<?>> test(
      SearchObject<?> object, Scope scope, SearchQuery query, SearchOptions options) {
    Expression filter = query.filter();
    Predicate<Entity<?>> test =
        filter == null
            ? entity -> true
            : new ConditionCompiler(object, scope, dates, options.caseSensitive()).compile(filter);
    if (object.kind() != Kinds.EVENT) {
      return test;
    }
    Long from = options.from();
    if (from != null) {
      Predicate<Entity<?>> matches = test;
      test = entity -> number(entity.id()) > from && matches.test(entity);
    }
    return filter != null && asksForDeleted(filter)
        ? test
        : test.and(entity -> !Boolean.parseBoolean(entity.internal(DELETED)));
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static boolean asksForDeleted(Expression expression) {
    return switch (expression) {
      case And and -> and.operands().stream().anyMatch(SearchEngine::asksForDeleted);
      case Or or -> or.operands().stream().anyMatch(SearchEngine::asksForDeleted);
      case Condition condition -> condition.field().equalsIgnoreCase(DELETED);
      case FreeText text -> false;
    };
  }

  /** The order asked for and then the object's default order; null for the snapshot's. */
  private static @Nullable Comparator<Row> order(SearchObject<?> object, SearchQuery query) {
    Comparator<Row> defaultOrder = object.defaultOrder();
    SearchQuery.Sort sort = query.sort();
    if (sort == null) {
      return defaultOrder;
    }
    Field field = object.field(sort.field());
    if (field == null) {
      throw InvalidSearch.at(
          sort.position(), "a " + object.kind().name() + " has no field " + sort.field());
    }
    Comparator<Row> explicit = Values.order(field, sort.descending());
    return defaultOrder == null ? explicit : explicit.thenComparing(defaultOrder);
  }

  /** Stable: what the order leaves equal stays as in the snapshot. */
  private static <T extends Struct> List<Entity<T>> sorted(
      List<Entity<T>> found, Scope scope, Comparator<Row> order) {
    List<Entity<T>> sorted = new ArrayList<>(found);
    sorted.sort((left, right) -> order.compare(new Row(scope, left), new Row(scope, right)));
    return sorted;
  }

  /** A superset of what is found, in the snapshot's order, as small as is cheap to get. */
  private <T extends Struct> List<Entity<T>> candidates(
      Snapshot snapshot,
      Kind<T> kind,
      SearchObject<?> object,
      SearchQuery query,
      SearchOptions options) {
    List<Expression> required =
        switch (query.filter()) {
          case null -> List.of();
          case And and -> and.operands();
          case Or or -> List.of();
          case Condition condition -> List.of(condition);
          case FreeText text -> List.of();
        };
    for (Expression expression : required) {
      if (expression instanceof Condition condition
          && condition.reference() == null
          && condition.operator() == Operator.EQUAL) {
        Field field = object.field(condition.field());
        if (field != null && object.isIdentity(field)) {
          String id = condition.value().toLowerCase(Locale.ROOT);
          return snapshot.find(kind, id).map(List::of).orElse(List.of());
        }
        if (field != null && object.isName(field)) {
          TextPattern pattern = TextPattern.whole(condition.value(), options.caseSensitive());
          return names.candidates(kind, snapshot.all(kind), pattern);
        }
      }
    }
    return snapshot.all(kind);
  }
}

package io.overt.inventory.search;

import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.search.Expression.And;
import io.overt.inventory.search.Expression.Condition;
import io.overt.inventory.search.Expression.FreeText;
import io.overt.inventory.search.Expression.Or;
import io.overt.model.types.Group;
import io.overt.model.types.User;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Searches users and groups of a directory, which are not in the inventory, in the same language
 * with fields of its own. Values may not contain {@code < > & ^ ! '} (oVirt engine 4.5).
 */
public final class DirectorySearch {
  private static final String FORBIDDEN = "<>&^!'";
  private static final SearchObject<User> USERS = PeopleObjects.directoryUsers();
  private static final SearchObject<Group> GROUPS = PeopleObjects.directoryGroups();

  private DirectorySearch() {}

  /**
   * Users by {@code name}, {@code username}, {@code allnames}, {@code lastname}, {@code
   * department}.
   *
   * @param users with their ids
   * @throws InvalidSearch when the query names other fields
   */
  public static List<User> users(List<User> users, SearchQuery query, @Nullable Long max) {
    Predicate<Entity<?>> test = test(USERS, query);
    return users.stream()
        .filter(user -> test.test(new Entity<>(Kinds.USER, user, null, Map.of(), 0)))
        .limit(max == null ? Long.MAX_VALUE : max)
        .toList();
  }

  /**
   * Groups by {@code name}, {@code groupname}, {@code allnames}.
   *
   * @param groups with their ids
   * @throws InvalidSearch when the query names other fields
   */
  public static List<Group> groups(List<Group> groups, SearchQuery query, @Nullable Long max) {
    Predicate<Entity<?>> test = test(GROUPS, query);
    return groups.stream()
        .filter(group -> test.test(new Entity<>(Kinds.GROUP, group, null, Map.of(), 0)))
        .limit(max == null ? Long.MAX_VALUE : max)
        .toList();
  }

  private static Predicate<Entity<?>> test(SearchObject<?> object, SearchQuery query) {
    Expression filter = query.filter();
    if (filter == null) {
      return entity -> true;
    }
    refuseForbidden(filter);
    Scope scope = new Scope(Snapshot.EMPTY, RuntimeValues.NONE, Instant.EPOCH);
    return new ConditionCompiler(object, scope, new Dates(Clock.systemUTC(), Locale.ROOT), false)
        .compile(filter);
  }

  private static void refuseForbidden(Expression expression) {
    switch (expression) {
      case And and -> and.operands().forEach(DirectorySearch::refuseForbidden);
      case Or or -> or.operands().forEach(DirectorySearch::refuseForbidden);
      case Condition condition -> refuseForbidden(condition.value(), condition.position());
      case FreeText text -> refuseForbidden(text.text(), text.position());
    }
  }

  private static void refuseForbidden(String value, int position) {
    if (value.chars().anyMatch(character -> FORBIDDEN.indexOf(character) >= 0)) {
      throw InvalidSearch.at(
          position, "'" + value + "' contains a character that directories refuse: " + FORBIDDEN);
    }
  }
}

package io.overt.engine.resource;

import io.overt.access.session.Caller;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.inventory.search.InvalidSearch;
import io.overt.inventory.search.SearchOptions;
import io.overt.inventory.search.SearchQuery;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reading one kind: lists with search, limit and the caller's visibility; single objects. */
public final class Resource<T extends Struct> {
  private final Platform platform;
  private final Kind<T> kind;
  private final Presenter<T> presenter;

  public Resource(Platform platform, Kind<T> kind) {
    this(platform, kind, Presenter.stored());
  }

  public Resource(Platform platform, Kind<T> kind, Presenter<T> presenter) {
    this.platform = platform;
    this.kind = kind;
    this.presenter = presenter;
  }

  public Kind<T> kind() {
    return kind;
  }

  /** All that the caller may see, in the kind's order; {@code search} and {@code max} apply. */
  public List<T> list(Call call) {
    return list(call, row -> true);
  }

  /** As {@link #list(Call)}, of those that satisfy a condition. */
  public List<T> list(Call call, Predicate<Entity<T>> condition) {
    Snapshot snapshot = platform.snapshot();
    String search = call.input("search", String.class);
    if (search == null || search.isBlank()) {
      return list(call, snapshot, snapshot.all(kind), condition);
    }
    return search(call, snapshot, search, condition);
  }

  /** Those that live in this owner. */
  public List<T> listOwned(Call call, Key owner) {
    Snapshot snapshot = platform.snapshot();
    return list(call, snapshot, snapshot.owned(kind, owner));
  }

  /** These rows, as far as the caller may see them and the limit allows. */
  public List<T> list(Call call, Snapshot snapshot, List<Entity<T>> rows) {
    return list(call, snapshot, rows, row -> true);
  }

  private List<T> list(
      Call call, Snapshot snapshot, List<Entity<T>> rows, Predicate<Entity<T>> condition) {
    Caller caller = platform.caller(call);
    long max = limit(call);
    List<T> result = new ArrayList<>();
    for (Entity<T> row : rows) {
      if (result.size() >= max) {
        break;
      }
      if (condition.test(row) && platform.visibility().visible(snapshot, caller, row)) {
        result.add(presenter.present(row, snapshot, call));
      }
    }
    return result;
  }

  private List<T> search(
      Call call, Snapshot snapshot, String text, Predicate<Entity<T>> condition) {
    SearchQuery query;
    try {
      query = SearchQuery.parse(text);
    } catch (InvalidSearch e) {
      return unreadable(call, e);
    }
    Caller caller = platform.caller(call);
    SearchOptions options =
        SearchOptions.NONE
            .withCaseSensitive(Boolean.TRUE.equals(call.input("case_sensitive", Boolean.class)))
            .withMax(call.input("max", Long.class))
            .withVisible(
                row -> {
                  Entity<T> typed = typed(row);
                  return condition.test(typed)
                      && platform.visibility().visible(snapshot, caller, typed);
                });
    try {
      return platform.search().search(snapshot, kind, query, options).stream()
          .map(row -> presenter.present(row, snapshot, call))
          .toList();
    } catch (InvalidSearch e) {
      return unreadable(call, e);
    }
  }

  /**
   * What a list answers to a search that cannot be read: nothing, save for a few refusals (engine
   * 4.5).
   *
   * @throws ApiFault when the search is refused, which Overt's own API always does
   */
  public static <T> List<T> unreadable(Call call, InvalidSearch invalid) {
    if (invalid.refused() || call.refusesUnreadableSearch()) {
      throw ApiFault.bad(
          "The search '%s' is not valid at character %d: %s"
              .formatted(
                  call.input("search", String.class), invalid.position() + 1, invalid.reason()));
    }
    return List.of();
  }

  @SuppressWarnings("unchecked")
  private Entity<T> typed(Entity<?> row) {
    return (Entity<T>) row;
  }

  /** How many at most; a missing {@code max} is no limit, a negative one neither (engine 4.5). */
  public static long limit(Call call) {
    Long max = call.input("max", Long.class);
    return max == null || max < 0 ? Long.MAX_VALUE : max;
  }

  /**
   * Whether a collection of this owner is to be answered empty because the owner is not there:
   * engine 4.5 does so for administrators who read without a filter.
   *
   * @throws ApiFault 404 when the id is no id at all
   */
  public boolean absent(Call call, Snapshot snapshot, String ownerId) {
    Caller caller = platform.caller(call);
    return caller.administrator()
        && !caller.filter()
        && snapshot.find(kind, References.pathId(ownerId)).isEmpty();
  }

  /** The object as the caller sees it; 404 when it is not there or not visible. */
  public T get(Call call, String id) {
    Snapshot snapshot = platform.snapshot();
    return presenter.present(require(call, snapshot, id), snapshot, call);
  }

  /** The object within its owner; 404 when it lives elsewhere. */
  public T getOwned(Call call, Key owner, String id) {
    Snapshot snapshot = platform.snapshot();
    Entity<T> entity = require(call, snapshot, id);
    if (!owner.equals(entity.owner())) {
      throw ApiFault.notFound();
    }
    return presenter.present(entity, snapshot, call);
  }

  /** The object after a change, as the answer of that change. */
  public T present(Call call, Entity<T> entity) {
    return presenter.present(entity, platform.snapshot(), call);
  }

  /** The stored object behind a URL, visible to the caller. */
  public Entity<T> require(Call call, Snapshot snapshot, String id) {
    Optional<Entity<T>> entity = snapshot.find(kind, id);
    if (entity.isEmpty()
        || !platform.visibility().visible(snapshot, platform.caller(call), entity.get())) {
      throw ApiFault.notFound();
    }
    return entity.get();
  }

  /** The stored object behind a URL, for changing it in this transaction. */
  public Entity<T> require(Call call, Transaction transaction, String id) {
    Entity<T> entity = transaction.find(kind, id).orElseThrow(ApiFault::notFound);
    if (!platform.visibility().visible(transaction.snapshot(), platform.caller(call), entity)) {
      throw ApiFault.notFound();
    }
    return entity;
  }

  /** As {@link #require(Call, Transaction, String)}, within its owner. */
  public Entity<T> requireOwned(Call call, Transaction transaction, Key owner, String id) {
    Entity<T> entity = require(call, transaction, id);
    if (!owner.equals(entity.owner())) {
      throw ApiFault.notFound();
    }
    return entity;
  }
}

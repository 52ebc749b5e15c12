package io.overt.sdk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a collection is asked for; each method gives a query of its own, and nothing is sent before
 * the result is asked for.
 *
 * @param <T> what the objects are
 */
public final class Query<T extends Struct> {
  private static final int PAGE = 100;

  private final CollectionService<T> collection;
  private final Map<String, Object> parameters;
  private final int pageSize;

  Query(CollectionService<T> collection) {
    this(collection, Map.of(), PAGE);
  }

  private Query(CollectionService<T> collection, Map<String, Object> parameters, int pageSize) {
    this.collection = collection;
    this.parameters = parameters;
    this.pageSize = pageSize;
  }

  /** A parameter of the operation {@code list}, by its name in the model. */
  public Query<T> parameter(String name, Object value) {
    if (collection.operation("list").parameter(name).isEmpty()) {
      throw new IllegalArgumentException(
          "%s cannot be given '%s'".formatted(collection.path(), name));
    }
    Map<String, Object> all = new LinkedHashMap<>(parameters);
    Object plain = Struct.plain(value);
    all.put(name, plain == null ? "" : plain);
    return new Query<>(collection, all, pageSize);
  }

  /** What to find, in the engine's language: {@code name=web* and status=up sortby name}. */
  public Query<T> search(String text) {
    return parameter("search", text);
  }

  /** Members to be read as well, which would be addresses only, such as {@code Vm.NICS}. */
  public Query<T> follow(String... members) {
    return parameter("follow", String.join(",", members));
  }

  public Query<T> caseSensitive(boolean sensitive) {
    return parameter("case_sensitive", sensitive);
  }

  /** Whether to read what is left out otherwise for its cost. */
  public Query<T> allContent(boolean all) {
    return parameter("all_content", all);
  }

  /** How many objects at most, in all pages together. */
  public Query<T> max(int count) {
    return parameter("max", count);
  }

  /** How many objects come with one answer; 100, if not set. */
  public Query<T> pageSize(int count) {
    return new Query<>(collection, parameters, count);
  }

  /** The objects, page by page as the stream is read. */
  public Stream<T> stream() {
    return collection.connection().stream(collection.path(), parameters, pageSize)
        .map(collection::read);
  }

  /** All of them. */
  public List<T> list() {
    return stream().toList();
  }

  /** The first of them. */
  public Optional<T> first() {
    Query<T> one = pageSize(1);
    return one.stream().findFirst();
  }
}

package io.overt.sdk;

import io.overt.sdk.document.Node;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The place of objects of one kind.
 *
 * @param <T> what they are
 */
public abstract class CollectionService<T extends Struct> extends Service {
  /** What cannot stand in a search as it is. */
  private static final String SPECIAL = "\"'\\*;";

  private final Function<Node, T> reader;

  /** The service with this name of the model at a path. */
  protected CollectionService(
      Connection connection, String type, String path, Function<Node, T> reader) {
    super(connection, type, path);
    this.reader = reader;
  }

  T read(Node node) {
    return reader.apply(node);
  }

  /** All objects in one answer. */
  public List<T> list() {
    return list(_ -> {});
  }

  /** The objects that the options select, in one answer. */
  public List<T> list(Consumer<ReadOptions> options) {
    ReadOptions given = options(new ReadOptions(), options);
    return connection().send(given.query(operation("list"), Request.get(path()))).entries().stream()
        .map(reader)
        .toList();
  }

  /** All objects, page by page as the stream is read, if the collection has pages. */
  public Stream<T> stream() {
    return query().stream();
  }

  /** What a search finds, which is sent when the result is asked for. */
  public Query<T> search(String text) {
    return query().search(text);
  }

  /** All objects, to be narrowed. */
  public Query<T> query() {
    return new Query<>(this);
  }

  /** The object with exactly this name; the first of them, if there are several. */
  public Optional<T> byName(String name) {
    boolean searchable =
        operation("list").parameter("search").isPresent()
            && name.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
    List<T> found = searchable ? list(options -> options.search("name=\"" + name + "\"")) : list();
    return found.stream()
        .filter(each -> each.node().text("name").equals(Optional.of(name)))
        .findFirst();
  }

  /** The calls of the service, each on a virtual thread of its own. */
  public class Async {
    protected Async() {}

    public CompletableFuture<List<T>> list() {
      return run(() -> CollectionService.this.list());
    }

    public CompletableFuture<List<T>> list(Consumer<ReadOptions> options) {
      return run(() -> CollectionService.this.list(options));
    }

    public CompletableFuture<Optional<T>> byName(String name) {
      return run(() -> CollectionService.this.byName(name));
    }
  }
}

package io.overt.sdk;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.OperationType;
import io.overt.sdk.schema.Schema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads a collection page by page, each when the one before it is used up. */
final class Pages extends Spliterators.AbstractSpliterator<Node> {
  private final Connection connection;
  private final Request request;
  private final String search;
  private final boolean paged;
  private final int size;
  private long left;
  private int page;
  private boolean last;
  private final Deque<Node> read = new ArrayDeque<>();

  private Pages(Connection connection, Request request, int size) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.connection = connection;
    this.request = request;
    this.search = request.query().getOrDefault("search", "");
    this.size = size;
    OperationType list =
        Schema.current()
            .walk(connection.relative(request.path()))
            .service()
            .operation("list")
            .orElseThrow(() -> new IllegalArgumentException(request.path() + " is no collection"));
    // A search that says which page it means is one.
    this.paged =
        list.parameter("search").isPresent()
            && list.parameter("max").isPresent()
            && !search.matches("(?i)(.*\\s)?page\\s+\\d+\\s*");
    String max = request.query().get("max");
    this.left = max == null ? Long.MAX_VALUE : Long.parseLong(max);
  }

  static Stream<Node> stream(Connection connection, Request request, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("pageSize is %d, expected 1 or more".formatted(size));
    }
    return StreamSupport.stream(new Pages(connection, request, size), false);
  }

  @Override
  public boolean tryAdvance(Consumer<? super Node> action) {
    if (left <= 0) {
      return false;
    }
    if (read.isEmpty() && !last) {
      next();
    }
    Node node = read.poll();
    if (node == null) {
      return false;
    }
    left--;
    action.accept(node);
    return true;
  }

  private void next() {
    page++;
    if (!paged) {
      last = true;
      read.addAll(connection.send(request).entries());
      return;
    }
    String text = (search + " page " + page).strip();
    List<Node> found = connection.send(request.query("search", text).query("max", size)).entries();
    last = found.size() < size;
    read.addAll(found);
  }
}

package io.overt.sdk;

import io.overt.sdk.document.Node;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens, as it happens: the engine's events as a stream of server-sent events, or, from
 * engines that have none, by asking again and again.
 */
public final class Events {
  private static final long NEWEST = -1;

  private final Connection connection;
  private final long after;
  private final Duration pace;
  private final @Nullable Consumer<ApiException> failures;

  Events(Connection connection) {
    this(connection, NEWEST, Duration.ofSeconds(2), null);
  }

  private Events(
      Connection connection, long after, Duration pace, @Nullable Consumer<ApiException> failures) {
    this.connection = connection;
    this.after = after;
    this.pace = pace;
    this.failures = failures;
  }

  /** Begins with the events that come after the one with this index; else with what is to come. */
  public Events after(long index) {
    return new Events(connection, index, pace, failures);
  }

  /** How often to ask an engine that does not stream. */
  public Events pollEvery(Duration time) {
    return new Events(connection, after, time, failures);
  }

  /** Is told what interrupts the listening, which goes on by itself. */
  public Events onFailure(Consumer<ApiException> listener) {
    return new Events(connection, after, pace, listener);
  }

  /** The index of the newest event; 0 if there is none. */
  public long newest() {
    List<Node> events = connection.list("events", Map.of("max", 1));
    return events.isEmpty() ? 0 : index(events.getFirst());
  }

  /** The events after the index, the oldest first, in one answer. */
  List<Node> read(long index) {
    return connection.list("events", Map.of("from", index)).stream()
        .sorted(Comparator.comparingLong(Events::index))
        .toList();
  }

  /** The number of an event in the order of events. */
  static long index(Node event) {
    return event.number("index").orElseGet(() -> event.id().map(Long::valueOf).orElse(0L));
  }

  /**
   * Listens on a thread of its own. The consumer is called with one event after the other; what it
   * throws ends the listening.
   */
  public Subscription subscribe(Consumer<Node> consumer) {
    EventLoop loop =
        new EventLoop(connection, this, pace, consumer, failures == null ? _ -> {} : failures);
    loop.start(after == NEWEST ? newest() : after);
    return loop;
  }
}

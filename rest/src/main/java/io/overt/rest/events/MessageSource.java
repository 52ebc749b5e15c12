package io.overt.rest.events;

import java.time.Duration;
import java.util.List;

/** What one client of a stream is told; used by one thread. */
public interface MessageSource extends AutoCloseable {
  /**
   * The next messages, in order.
   *
   * @return empty when there was none in that time
   * @throws InterruptedException when the server stops
   */
  List<Message> next(Duration wait) throws InterruptedException;

  /** Nobody listens any more. */
  @Override
  default void close() {}
}

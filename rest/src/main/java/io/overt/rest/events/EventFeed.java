package io.overt.rest.events;

import io.overt.model.Call;
import io.overt.model.types.Event;
import java.time.Duration;
import java.util.List;

/** Port to the ordered events of the system. */
public interface EventFeed {
  /** The number of the newest event, 0 when there is none. */
  long newest();

  /**
   * Events after a number, in order, as far as the caller may see them.
   *
   * @param index number of the last event that the client knows
   * @param max most events to return
   * @param wait how long to wait for one when there is none
   * @param caller carries the context of the request
   * @throws InterruptedException when the server stops
   */
  List<Event> after(long index, int max, Duration wait, Call caller) throws InterruptedException;
}

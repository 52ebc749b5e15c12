package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens to an engine's event stream as it comes, and compares it with the list afterwards. */
final class EventRecorder implements AutoCloseable {
  private final RestClient client;
  private final List<Long> streamed = new CopyOnWriteArrayList<>();

  private EventRecorder(RestClient client) {
    this.client = client;
  }

  /** From the first event that is kept. */
  static EventRecorder open(EngineAccess access) {
    EventRecorder recorder = new EventRecorder(RestClient.open(access));
    Thread.ofVirtual().name("event-recorder").start(recorder::listen);
    return recorder;
  }

  private void listen() {
    try {
      client
          .events(0)
          .filter(line -> line.startsWith("id: "))
          .forEach(line -> streamed.add(Long.valueOf(line.substring(4).strip())));
    } catch (RuntimeException e) {
      // Closed; what is missing is found by the comparison.
      return;
    }
  }

  /** The stream brought every event that the list has, once, in their order, without a gap. */
  List<JsonNode> requireComplete(RestClient list) {
    List<JsonNode> listed = new ArrayList<>();
    list.get("/api/events?from=0&max=1000000").document().path("event").forEach(listed::add);
    List<Long> indexes =
        listed.stream().map(event -> event.path("index").asLong()).sorted().toList();
    for (int at = 1; at < indexes.size(); at++) {
      assertThat(indexes.get(at)).as("number of event").isEqualTo(indexes.get(at - 1) + 1);
    }
    Await.until(
        "the stream has event " + indexes.getLast(),
        () -> List.copyOf(streamed),
        seen -> !seen.isEmpty() && seen.getLast() >= indexes.getLast());
    assertThat(streamed.subList(0, indexes.size())).isEqualTo(indexes);
    return listed;
  }

  @Override
  public void close() {
    client.close();
  }
}

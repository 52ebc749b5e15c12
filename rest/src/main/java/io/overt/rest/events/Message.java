package io.overt.rest.events;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One server-sent event.
 *
 * @param id by which a client that comes back says what it has seen, or null
 * @param event its type
 * @param data text, of any number of lines
 */
public record Message(@Nullable String id, String event, String data) {

  byte[] bytes() {
    String head = id == null ? "" : "id: " + id + "\n";
    return (head + "event: " + event + "\ndata: " + data.replace("\n", "\ndata: ") + "\n\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}

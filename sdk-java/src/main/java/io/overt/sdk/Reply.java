package io.overt.sdk;

import io.overt.sdk.document.Node;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a call that succeeded.
 *
 * @param document the object, if the answer is one
 * @param entries the objects of a collection, if the answer is one
 * @param location where a new object or the job of what goes on is
 * @param contentType of the answer, empty if it has none
 * @param content as it came, for what is no document
 */
@SuppressWarnings("ArrayRecordComponent") // It is never compared.
public record Reply(
    int status,
    String correlationId,
    @Nullable Node document,
    List<Node> entries,
    @Nullable String location,
    String contentType,
    byte[] content) {

  /** The object that is the answer. */
  public Node node() {
    if (document == null) {
      throw new IllegalStateException(
          "the answer with the correlation id %s is no object".formatted(correlationId));
    }
    return document;
  }

  /** The id of the job that does, or did, what was asked for. */
  public Optional<String> job() {
    if (document != null && document.type().name().equals("action")) {
      Optional<String> job = document.node("job").flatMap(Node::id);
      if (job.isPresent()) {
        return job;
      }
    }
    String creation = document == null ? null : document.links().get("creation_status");
    if (creation != null) {
      return Optional.of(creation.substring(creation.lastIndexOf('/') + 1));
    }
    int at = location == null ? -1 : location.indexOf("/jobs/");
    return at < 0 || location == null
        ? Optional.empty()
        : Optional.of(location.substring(at + "/jobs/".length()));
  }

  @Override
  public String toString() {
    return "Reply[status=%d, correlationId=%s]".formatted(status, correlationId);
  }
}

package io.overt.operations;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job to start.
 *
 * @param operation name of the {@link Operation}
 * @param description what users read: {@code Launching VM web01}
 * @param ownerId user entity that asked for it, null for the engine itself
 * @param data what the steps need; never secrets
 */
public record JobRequest(
    String operation,
    String description,
    @Nullable String ownerId,
    @Nullable String correlationId,
    Map<String, String> data) {
  public JobRequest {
    data = Map.copyOf(data);
  }
}

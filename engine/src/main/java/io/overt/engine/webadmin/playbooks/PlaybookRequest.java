package io.overt.engine.webadmin.playbooks;

import io.overt.access.session.Caller;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A playbook that somebody wants to be run.
 *
 * @param playbook name of its file, without {@code .yml}
 * @param token with which it acts for the caller
 * @param correlationId of its events, unless its variables name one
 */
public record PlaybookRequest(
    String playbook,
    Map<String, @Nullable Object> variables,
    Duration timeout,
    Caller caller,
    String token,
    String correlationId) {

  /** oVirt's name for the variable that ties a playbook's calls and events together. */
  private static final String CORRELATION = "engine_correlation_id";

  private static final int LONGEST_CORRELATION = 50;

  /** What its events are found by. */
  String correlation() {
    return variables.get(CORRELATION) instanceof String id
            && !id.isBlank()
            && id.length() <= LONGEST_CORRELATION
        ? id
        : correlationId;
  }

  /** Never the token. */
  @Override
  public String toString() {
    return "PlaybookRequest[" + playbook + " of " + caller.principalName() + "]";
  }
}

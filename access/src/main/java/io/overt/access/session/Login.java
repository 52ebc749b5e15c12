package io.overt.access.session;

import java.time.Instant;

/**
 * A login that lasts, with all cookie sessions that came from it.
 *
 * @param userName as the directory has it
 */
public record Login(Session session, String userName) {
  /** To 20 seconds: a node does not tell of each use. */
  public Instant lastUsed() {
    return session.expires().minus(session.idle());
  }
}

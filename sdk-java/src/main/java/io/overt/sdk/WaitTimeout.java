package io.overt.sdk;

import java.time.Duration;

/** What was waited for did not come about in time. */
public final class WaitTimeout extends ApiException {
  private static final long serialVersionUID = 1L;

  private final String lastSeen;

  WaitTimeout(Exchange exchange, String wanted, String lastSeen, Duration patience) {
    super(
        exchange,
        0,
        "not %s within %d s".formatted(wanted, patience.toSeconds()),
        "last seen: " + lastSeen,
        null);
    this.lastSeen = lastSeen;
  }

  /** How it stood at last, such as a status. */
  public String lastSeen() {
    return lastSeen;
  }
}

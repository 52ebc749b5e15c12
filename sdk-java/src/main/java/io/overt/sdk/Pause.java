package io.overt.sdk;

import java.time.Duration;

/** Waiting that an interrupt ends. */
final class Pause {
  private Pause() {}

  static void of(Duration time, Exchange exchange) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Transport(exchange, "the thread was interrupted", e);
    }
  }
}

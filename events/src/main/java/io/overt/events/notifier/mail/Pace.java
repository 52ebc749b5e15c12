package io.overt.events.notifier.mail;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many mails an address has had lately, which decides between single mails and digests. Times
 * are of {@link System#nanoTime}.
 */
final class Pace {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final Deque<Long> sent = new ArrayDeque<>();

  /** How many were sent within the last minute. */
  int recent(long now) {
    while (!sent.isEmpty() && now - sent.getFirst() > MINUTE) {
      sent.removeFirst();
    }
    return sent.size();
  }

  void sent(long now) {
    sent.addLast(now);
  }

  /** What is left of a pause since the last mail. */
  Duration left(Duration pause, long now) {
    Long last = sent.peekLast();
    return last == null ? Duration.ZERO : pause.minusNanos(now - last);
  }
}

package io.overt.events.notifier;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a delivery went.
 *
 * @param done how many events from the first on were delivered
 * @param error why the next one was not; null when nothing failed
 * @param pause when to go on by the transport's own wish; zero for at once
 */
public record Progress(int done, @Nullable String error, Duration pause) {
  public static Progress done(int count) {
    return new Progress(count, null, Duration.ZERO);
  }

  public static Progress failed(int done, String error) {
    return new Progress(done, error, Duration.ZERO);
  }

  /** Nothing failed, and the rest waits on purpose. */
  public static Progress later(int done, Duration pause) {
    return new Progress(done, null, pause);
  }
}

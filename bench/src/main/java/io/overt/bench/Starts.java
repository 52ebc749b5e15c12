package io.overt.bench;

import io.overt.libvirt.CloseReason;
import io.overt.libvirt.Connection;
import io.overt.libvirt.ConnectionListener;
import io.overt.libvirt.DomainEvent;
import io.overt.libvirt.LifecycleDetail;
import io.overt.libvirt.Subscription;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** When guests started, by libvirt's own word. */
final class Starts implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Map<UUID, Long> started = new ConcurrentHashMap<>();
  private final Subscription subscription;

  Starts(Connection libvirt) {
    subscription =
        libvirt.listen(
            new ConnectionListener() {
              @Override
              public void event(DomainEvent event) {
                if (event instanceof DomainEvent.Lifecycle change
                    && change.kind() == LifecycleDetail.Kind.STARTED) {
                  started.put(change.domain().uuid(), System.nanoTime());
                }
              }

              @Override
              public void closed(CloseReason reason) {
                Site.say("libvirt closed the connection: " + reason);
              }
            });
  }

  /** Seconds from a moment until the guest started after it. */
  double await(UUID guest, long since) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - end < 0) {
      Long at = started.get(guest);
      if (at != null && at - since > 0) {
        return (at - since) / 1e9;
      }
      Site.sleep(Duration.ofMillis(1));
    }
    throw new BenchFailure("the guest " + guest + " did not start");
  }

  @Override
  public void close() {
    subscription.close();
  }
}

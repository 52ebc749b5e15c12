package io.overt.events.notifier.snmp;

import io.overt.events.notifier.Notice;
import io.overt.events.notifier.Progress;
import io.overt.events.notifier.Settings;
import io.overt.events.notifier.Transport;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Traps and informs to the managers of profiles. A recipient's name is a profile; one that is not
 * known means the default profile, as in oVirt.
 */
public final class SnmpTransport implements Transport {
  private static final int BATCH = 50;
  private static final long SECOND = 1_000_000_000;

  private final Map<String, SnmpProfile> profiles;
  private final IntSupplier boots;
  private final long started = System.nanoTime();
  private final Map<String, SnmpSender> senders = new HashMap<>();
  private boolean closed;

  private SnmpTransport(Map<String, SnmpProfile> profiles, IntSupplier boots) {
    this.profiles = profiles;
    // Profiles may share an engine id, and then receivers take the lower number for a replay.
    this.boots = once(boots);
  }

  private static IntSupplier once(IntSupplier supplier) {
    AtomicInteger known = new AtomicInteger();
    return () -> {
      synchronized (known) {
        if (known.get() == 0) {
          known.set(supplier.getAsInt());
        }
        return known.get();
      }
    };
  }

  /**
   * The transport for the profiles that the settings define.
   *
   * @param boots raises and returns the number of this engine's starts, for version 3
   * @return null when there is none
   */
  public static @Nullable SnmpTransport of(Settings settings, IntSupplier boots) {
    Map<String, SnmpProfile> profiles = SnmpProfile.all(settings);
    return profiles.isEmpty() ? null : new SnmpTransport(profiles, boots);
  }

  @Override
  public String name() {
    return "snmp";
  }

  private @Nullable SnmpProfile profile(String recipient) {
    SnmpProfile named = profiles.get(recipient);
    return named == null ? profiles.get("") : named;
  }

  @Override
  public List<String> targets(String recipient) {
    SnmpProfile profile = profile(recipient);
    return profile == null
        ? List.of()
        : profile.managers().stream().map(Manager::toString).distinct().toList();
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public Progress deliver(String recipient, String target, List<Notice> due)
      throws InterruptedException {
    SnmpProfile profile = profile(recipient);
    Manager manager =
        profile == null
            ? null
            : profile.managers().stream()
                .filter(known -> known.toString().equals(target))
                .findFirst()
                .orElse(null);
    if (profile == null || manager == null) {
      return Progress.failed(0, target + " is no manager of the profile any more");
    }
    SnmpSender sender;
    try {
      sender = sender(profile);
    } catch (IOException | RuntimeException e) {
      return Progress.failed(0, "cannot send: " + e);
    }
    for (int number = 0; number < due.size(); number++) {
      String error = sender.send(manager, due.get(number));
      if (error != null) {
        return Progress.failed(number, error);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    if (!profile.inform() && due.size() == BATCH) {
      // A receiver's socket has room for few hundred traps, and what does not fit is lost.
      Thread.sleep(Math.max(1, due.size() * SECOND / profile.rate() / 1_000_000));
    }
    return Progress.done(due.size());
  }

  private synchronized SnmpSender sender(SnmpProfile profile) throws IOException {
    if (closed) {
      throw new IOException("the notifier stops");
    }
    SnmpSender known = senders.get(profile.name());
    if (known == null) {
      known = new SnmpSender(profile, started, boots);
      senders.put(profile.name(), known);
    }
    return known;
  }

  @Override
  public synchronized void close() {
    closed = true;
    senders.values().forEach(SnmpSender::close);
    senders.clear();
  }
}

package io.overt.events.notifier.mail;

import io.overt.events.notifier.Notice;
import io.overt.events.notifier.NotifierKey;
import io.overt.events.notifier.Progress;
import io.overt.events.notifier.Settings;
import io.overt.events.notifier.Transport;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Mails to addresses. As long as there are few events each has a mail of its own; in a storm an
 * address gets digests, the next one not before a pause or when it is full.
 */
public final class MailTransport implements Transport {
  private static final int SINGLES = 50;

  private final MailSettings settings;
  private final Composer composer;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Map<String, Pace> paces = new ConcurrentHashMap<>();

  MailTransport(MailSettings settings, String host, Clock clock, LongSupplier nanos) {
    this.settings = settings;
    this.composer = new Composer(host, settings.html(), settings.locale());
    this.clock = clock;
    this.nanos = nanos;
  }

  /** The transport for the server that the settings name; null when they name none. */
  public static @Nullable MailTransport of(Settings settings) {
    if (settings.text(NotifierKey.MAIL_SERVER).isBlank()) {
      return null;
    }
    String host = hostName();
    return new MailTransport(
        MailSettings.of(settings, host), host, Clock.systemUTC(), System::nanoTime);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }

  @Override
  public String name() {
    return "smtp";
  }

  @Override
  public List<String> targets(String recipient) {
    return List.of("");
  }

  @Override
  public int batch() {
    return settings.digestAfter() == 0 ? SINGLES : settings.digestSize();
  }

  @Override
  public Progress deliver(String recipient, String target, List<Notice> due) {
    InternetAddress address = MailSettings.parsed(recipient);
    if (address == null) {
      return Progress.failed(0, "'" + recipient + "' is no address for mail");
    }
    Pace pace = paces.computeIfAbsent(recipient, ignored -> new Pace());
    synchronized (pace) {
      long now = nanos.getAsLong();
      int budget = settings.digestAfter() - pace.recent(now);
      boolean full = due.size() >= settings.digestSize();
      if (settings.digestAfter() == 0 || due.size() <= budget) {
        return singles(address, pace, due);
      }
      Duration left = pace.left(settings.digestInterval(), now);
      if (budget > 0 || full || !left.isPositive()) {
        return digest(address, pace, due);
      }
      return Progress.later(0, left);
    }
  }

  private Progress digest(InternetAddress address, Pace pace, List<Notice> due) {
    Letter letter = due.size() == 1 ? composer.one(due.getFirst()) : composer.digest(due);
    try (Post post = Post.open(settings)) {
      post.send(address, letter);
      pace.sent(nanos.getAsLong());
      return Progress.done(due.size());
    } catch (MessagingException e) {
      return Progress.failed(0, e.toString());
    }
  }

  private Progress singles(InternetAddress address, Pace pace, List<Notice> due) {
    BitSet covered = new BitSet();
    int done = 0;
    try (Post post = Post.open(settings)) {
      while (done < due.size()) {
        if (!covered.get(done)) {
          Duration wait = mayBeMerged(due.get(done));
          if (wait.isPositive()) {
            return Progress.later(done, wait);
          }
          post.send(address, composer.merged(together(due, done, covered)));
          pace.sent(nanos.getAsLong());
        }
        done++;
      }
      return Progress.done(done);
    } catch (MessagingException e) {
      return Progress.failed(done, e.toString());
    }
  }

  /** How long others may still come that belong into the same mail. */
  private Duration mayBeMerged(Notice notice) {
    if (!settings.mergedTypes().contains(notice.name())) {
      return Duration.ZERO;
    }
    Duration wait = Duration.between(clock.instant(), notice.time().plus(settings.apart()));
    return wait.compareTo(settings.apart()) > 0 ? settings.apart() : wait;
  }

  /** The event at that place with those behind it that are merged with it. */
  private List<Notice> together(List<Notice> due, int first, BitSet covered) {
    Notice head = due.get(first);
    List<Notice> group = new ArrayList<>(List.of(head));
    if (settings.mergedTypes().contains(head.name())) {
      for (int at = first + 1; at < due.size(); at++) {
        Notice other = due.get(at);
        Duration apart = Duration.between(head.time(), other.time()).abs();
        if (!covered.get(at)
            && other.name().equals(head.name())
            && apart.compareTo(settings.apart()) <= 0) {
          covered.set(at);
          group.add(other);
        }
      }
    }
    return group;
  }

  @Override
  public void close() {
    paces.clear();
  }
}

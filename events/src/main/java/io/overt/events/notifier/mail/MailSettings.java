package io.overt.events.notifier.mail;

import io.overt.events.notifier.NotifierKey;
import io.overt.events.notifier.Settings;
import io.overt.events.notifier.Trust;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The server for mails, and what mails are like.
 *
 * @param encryption {@code none}, {@code ssl} or {@code tls}
 * @param mergedTypes events of these are merged when they are no further apart than {@code apart}
 * @param digestAfter mails a minute before digests begin; 0 for never
 */
record MailSettings(
    String server,
    int port,
    String user,
    String password,
    String encryption,
    Optional<SSLContext> trust,
    InternetAddress from,
    @Nullable InternetAddress replyTo,
    boolean html,
    Locale locale,
    Set<String> mergedTypes,
    Duration apart,
    int digestAfter,
    Duration digestInterval,
    int digestSize) {
  private static final int LAST_PORT = 65_535;
  private static final int HOUR_MILLIS = 3_600_000;
  private static final int DAY_SECONDS = 86_400;
  private static final int LARGEST_DIGEST = 10_000;

  static MailSettings of(Settings settings, String host) {
    String user = settings.text(NotifierKey.MAIL_USER);
    String password = settings.text(NotifierKey.MAIL_PASSWORD);
    if (user.isBlank() && !password.isBlank()) {
      throw settings.refused(NotifierKey.MAIL_USER, "", "a user's name where MAIL_PASSWORD is set");
    }
    return new MailSettings(
        settings.text(NotifierKey.MAIL_SERVER).strip(),
        settings.number(NotifierKey.MAIL_PORT, "", 1, LAST_PORT),
        user,
        password,
        settings.choice(NotifierKey.MAIL_SMTP_ENCRYPTION, "", List.of("none", "ssl", "tls")),
        settings.file(NotifierKey.MAIL_CA_FILE, "").map(Trust::of),
        from(settings, user, host),
        address(settings, NotifierKey.MAIL_REPLY_TO),
        settings.flag(NotifierKey.HTML_MESSAGE_FORMAT, ""),
        Locale.forLanguageTag(settings.text(NotifierKey.MAIL_LOCALE).strip().replace('_', '-')),
        Set.copyOf(settings.words(NotifierKey.MAIL_MERGE_LOG_TYPES, "", ",")),
        Duration.ofMillis(
            settings.number(NotifierKey.MAIL_MERGE_MAX_TIME_DIFFERENCE, "", 0, HOUR_MILLIS)),
        settings.number(NotifierKey.MAIL_DIGEST_AFTER, "", 0, LARGEST_DIGEST),
        Duration.ofSeconds(
            settings.number(NotifierKey.MAIL_DIGEST_INTERVAL_SECONDS, "", 1, DAY_SECONDS)),
        settings.number(NotifierKey.MAIL_DIGEST_SIZE, "", 2, LARGEST_DIGEST));
  }

  private static InternetAddress from(Settings settings, String user, String host) {
    InternetAddress given = address(settings, NotifierKey.MAIL_FROM);
    if (given != null) {
      return given;
    }
    InternetAddress ofUser = user.contains("@") ? parsed(user) : null;
    InternetAddress made = ofUser == null ? parsed("overt@" + host) : ofUser;
    if (made == null) {
      throw settings.refused(NotifierKey.MAIL_FROM, "", "an address such as overt@example.com");
    }
    return made;
  }

  private static @Nullable InternetAddress address(Settings settings, NotifierKey key) {
    String text = settings.text(key).strip();
    if (text.isEmpty()) {
      return null;
    }
    InternetAddress address = parsed(text);
    if (address == null) {
      throw settings.refused(key, "", "an address such as overt@example.com");
    }
    return address;
  }

  static @Nullable InternetAddress parsed(String text) {
    try {
      InternetAddress address = new InternetAddress(text, true);
      address.validate();
      return address;
    } catch (AddressException e) {
      return null;
    }
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "MailSettings[" + server + ":" + port + "]";
  }
}

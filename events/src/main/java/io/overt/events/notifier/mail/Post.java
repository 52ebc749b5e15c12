package io.overt.events.notifier.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Properties;

/** A connection to the server for mails. */
final class Post implements AutoCloseable {
  private static final String CONNECT_MILLIS = "10000";
  private static final String ANSWER_MILLIS = "20000";

  private final MailSettings settings;
  private final Session session;
  private final Transport transport;

  private Post(MailSettings settings, Session session, Transport transport) {
    this.settings = settings;
    this.session = session;
    this.transport = transport;
  }

  /** Connects and logs in. */
  static Post open(MailSettings settings) throws MessagingException {
    Session session = Session.getInstance(properties(settings));
    Transport transport = session.getTransport("smtp");
    if (settings.user().isBlank()) {
      transport.connect(settings.server(), settings.port(), null, null);
    } else {
      transport.connect(settings.server(), settings.port(), settings.user(), settings.password());
    }
    return new Post(settings, session, transport);
  }

  private static Properties properties(MailSettings settings) {
    Properties properties = new Properties();
    properties.put("mail.smtp.connectiontimeout", CONNECT_MILLIS);
    properties.put("mail.smtp.timeout", ANSWER_MILLIS);
    properties.put("mail.smtp.writetimeout", ANSWER_MILLIS);
    properties.put("mail.smtp.auth", Boolean.toString(!settings.user().isBlank()));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    switch (settings.encryption()) {
      case "ssl" -> properties.put("mail.smtp.ssl.enable", "true");
      case "tls" -> {
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.starttls.required", "true");
      }
      default -> properties.put("mail.smtp.starttls.enable", "false");
    }
    settings
        .trust()
        .ifPresent(
            context -> properties.put("mail.smtp.ssl.socketFactory", context.getSocketFactory()));
    return properties;
  }

  void send(InternetAddress address, Letter letter) throws MessagingException {
    MimeMessage message = new MimeMessage(session);
    message.setFrom(settings.from());
    message.setRecipient(Message.RecipientType.TO, address);
    InternetAddress replyTo = settings.replyTo();
    if (replyTo != null) {
      message.setReplyTo(new InternetAddress[] {replyTo});
    }
    message.setSubject(Composer.subjectLine(letter), StandardCharsets.UTF_8.name());
    message.setText(
        letter.body(), StandardCharsets.UTF_8.name(), settings.html() ? "html" : "plain");
    message.setHeader(
        "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    // So that nobody's absence notice answers it.
    message.setHeader("Auto-Submitted", "auto-generated");
    message.saveChanges();
    transport.sendMessage(message, new InternetAddress[] {address});
  }

  @Override
  public void close() {
    try {
      transport.close();
    } catch (MessagingException e) {
      // What was accepted was accepted.
      return;
    }
  }
}

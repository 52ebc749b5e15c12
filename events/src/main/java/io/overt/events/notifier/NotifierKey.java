package io.overt.events.notifier;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of the notifier's files: those of oVirt's {@code notifier.conf}, and what Overt adds. A
 * key with profiles may have one's name behind it: {@code SNMP_MANAGERS_site1}.
 */
public enum NotifierKey {
  FILTER("exclude:*", "who hears of what; the first entry that matches decides"),
  SENSITIVE_KEYS("", "more keys whose values are never shown, separated by commas"),
  DAYS_TO_SEND_ON_STARTUP(
      "1", "what was not delivered for so many days when the notifier starts is given up"),
  DAYS_TO_KEEP_HISTORY("7", "how long deliveries that were sent are remembered; 0 for ever"),
  INTERVAL_IN_SECONDS("120", "how often to look for deliveries that nothing told of"),
  FAILED_QUERIES_NOTIFICATION_THRESHOLD(
      "30", "DATABASE_UNREACHABLE is sent again after so many times INTERVAL_IN_SECONDS"),
  FAILED_QUERIES_NOTIFICATION_RECIPIENTS(
      "", "addresses that hear of DATABASE_UNREACHABLE (better: FILTER)"),
  DELIVERY_RETRY_SECONDS("5", "pause before the second attempt; it doubles with each"),
  DELIVERY_RETRY_LIMIT_SECONDS("600", "the longest pause between attempts"),
  DELIVERY_DEAD_AFTER_HOURS("24", "when to give a delivery up, and write an event about it"),

  SNMP_MANAGERS("", "receivers: host[:port], [v6-address][:port], separated by blanks", true),
  SNMP_COMMUNITY("public", "community of version 2c", true),
  SNMP_OID("1.3.6.1.4.1.2312.13.1.1", "what the object identifiers begin with", true),
  SNMP_VERSION("2", "2 for version 2c, or 3", true),
  SNMP_TRAP_LAYOUT("mib", "mib (since oVirt 3.5), ovirt34, or both", true),
  SNMP_TYPE_STYLE("code", "words of layout ovirt34: code (alertMessage) or doc", true),
  SNMP_INFORM("false", "true: informs, sent until they are acknowledged", true),
  SNMP_TIMEOUT("5", "seconds to wait for an acknowledgement; 500ms for less", true),
  SNMP_RETRIES("2", "repetitions of an inform before the attempt has failed", true),
  SNMP_RATE("1000", "traps per second at most to a receiver; informs need no limit", true),
  SNMP_ENGINE_ID("", "version 3: the sender's engine id, as 80:00:00:00:01:02:05:05", true),
  SNMP_USERNAME("", "version 3: the user", true),
  SNMP_SECURITY_LEVEL("1", "version 3: 1 noAuthNoPriv, 2 authNoPriv, 3 authPriv", true),
  SNMP_AUTH_PROTOCOL("", "version 3: MD5, SHA, SHA224, SHA256, SHA384 or SHA512", true),
  SNMP_AUTH_PASSPHRASE("", "version 3, levels 2 and 3", true),
  SNMP_PRIVACY_PROTOCOL("", "version 3: AES128, AES192 or AES256", true),
  SNMP_PRIVACY_PASSPHRASE("", "version 3, level 3", true),

  MAIL_SERVER("", "host of the SMTP server; without it no mail is sent"),
  MAIL_PORT("25", "its port"),
  MAIL_USER("", "who logs in there; nobody if empty"),
  MAIL_PASSWORD("", "the password for it"),
  MAIL_SMTP_ENCRYPTION("none", "none, ssl (from the start) or tls (STARTTLS)"),
  MAIL_CA_FILE("", "certificates to trust in the server's place, PEM; Java's own if empty"),
  MAIL_FROM("", "sender's address"),
  MAIL_REPLY_TO("", "address for answers"),
  HTML_MESSAGE_FORMAT("false", "true: mails in HTML"),
  MAIL_LOCALE("", "language of the labels, as de or fr-CA; English if there is none of it"),
  MAIL_MERGE_LOG_TYPES("", "types, separated by commas, of which mails are merged"),
  MAIL_MERGE_MAX_TIME_DIFFERENCE("5000", "milliseconds that merged events are apart at most"),
  MAIL_DIGEST_AFTER("20", "mails a minute to an address before digests begin; 0: never"),
  MAIL_DIGEST_INTERVAL_SECONDS("60", "pause between the digests of a storm"),
  MAIL_DIGEST_SIZE("1000", "events in a digest at most"),

  WEBHOOK_URL("", "where to POST events as JSON", true),
  WEBHOOK_SECRET("", "key of the signature in the header Overt-Signature", true),
  WEBHOOK_TIMEOUT("10", "seconds for a connection and for an answer", true),
  WEBHOOK_CA_FILE("", "certificates to trust, PEM; Java's own if empty", true),

  SYSLOG_SERVER("", "host[:port] that takes RFC 5424 messages; port 514 unless given", true),
  SYSLOG_PROTOCOL("udp", "udp, or tcp with octet counting", true),
  SYSLOG_FACILITY("daemon", "kern, user, daemon, auth, syslog, local0 … local7", true),

  LOG_LEVEL("INFO", "taken for oVirt's sake: the engine's log-level counts"),
  IDLE_INTERVAL("30", "taken for oVirt's sake: nothing is queued in memory"),
  MAIL_SEND_INTERVAL("1", "taken for oVirt's sake: mails leave at once"),
  MAIL_RETRIES("4", "taken for oVirt's sake: mails are tried until DELIVERY_DEAD_AFTER_HOURS"),
  ENGINE_INTERVAL_IN_SECONDS("300", "taken for oVirt's sake: engines notice each other's end"),
  ENGINE_MONITOR_RETRIES("3", "taken for oVirt's sake"),
  ENGINE_TIMEOUT_IN_SECONDS("30", "taken for oVirt's sake"),
  IS_HTTPS_PROTOCOL("false", "taken for oVirt's sake"),
  SSL_PROTOCOL("TLS", "taken for oVirt's sake"),
  SSL_IGNORE_CERTIFICATE_ERRORS("false", "taken for oVirt's sake"),
  SSL_IGNORE_HOST_VERIFICATION("false", "taken for oVirt's sake"),
  REPEAT_NON_RESPONSIVE_NOTIFICATION("false", "taken for oVirt's sake"),
  ENGINE_PID("", "taken for oVirt's sake");

  private static final Set<NotifierKey> SECRET =
      EnumSet.of(
          SNMP_COMMUNITY,
          SNMP_AUTH_PASSPHRASE,
          SNMP_PRIVACY_PASSPHRASE,
          MAIL_PASSWORD,
          WEBHOOK_SECRET);

  private final String standard;
  private final String description;
  private final boolean profiles;

  NotifierKey(String standard, String description) {
    this(standard, description, false);
  }

  NotifierKey(String standard, String description, boolean profiles) {
    this.standard = standard;
    this.description = description;
    this.profiles = profiles;
  }

  /** The value when nobody sets one. */
  public String standard() {
    return standard;
  }

  public String description() {
    return description;
  }

  /** Whether a profile may have its own value. */
  public boolean profiles() {
    return profiles;
  }

  /** Whether its value is never shown. */
  public boolean secret() {
    return SECRET.contains(this);
  }

  /** As in files, for a profile. */
  String key(String profile) {
    return profile.isEmpty() ? name() : name() + "_" + profile;
  }

  /** The key that this name is, or is of a profile of. */
  static Optional<NotifierKey> of(String name) {
    return Arrays.stream(values())
        .filter(
            key -> name.equals(key.name()) || (key.profiles() && name.startsWith(key.name() + "_")))
        .findFirst();
  }
}

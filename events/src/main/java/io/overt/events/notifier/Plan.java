package io.overt.events.notifier;

import io.overt.events.EventTypes;
import io.overt.events.notifier.mail.MailTransport;
import io.overt.events.notifier.snmp.SnmpTransport;
import io.overt.events.notifier.syslog.SyslogTransport;
import io.overt.events.notifier.webhook.WebhookTransport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the settings amount to, checked.
 *
 * @param transports by name; empty when nothing is configured
 * @param warnings what is allowed but hardly meant
 */
record Plan(
    Settings settings,
    Filter filter,
    Patience patience,
    Map<String, Transport> transports,
    List<String> warnings) {

  /**
   * Checks everything.
   *
   * @param boots raises and returns the number of starts of this SNMP engine
   * @throws InvalidNotifierConfig for what cannot be used
   */
  static Plan of(Settings settings, IntSupplier boots) {
    Filter filter = filter(settings);
    Map<String, Transport> transports = new LinkedHashMap<>();
    add(transports, SnmpTransport.of(settings, boots));
    add(transports, MailTransport.of(settings));
    add(transports, WebhookTransport.of(settings));
    add(transports, SyslogTransport.of(settings));
    return new Plan(
        settings,
        filter,
        Patience.of(settings),
        transports,
        warnings(settings, filter, transports));
  }

  private static void add(Map<String, Transport> transports, @Nullable Transport transport) {
    if (transport != null) {
      transports.put(transport.name(), transport);
    }
  }

  private static Filter filter(Settings settings) {
    List<Filter.Entry> alarms = new ArrayList<>();
    for (String address :
        settings.words(NotifierKey.FAILED_QUERIES_NOTIFICATION_RECIPIENTS, "", ",")) {
      alarms.add(
          new Filter.Entry(
              true, Notifier.DATABASE_UNREACHABLE, null, new Recipient("smtp", address)));
    }
    try {
      return Filter.parse(settings.text(NotifierKey.FILTER)).after(alarms);
    } catch (Filter.MalformedFilter e) {
      throw settings.refused(NotifierKey.FILTER, "", "a list of entries: " + e.getMessage());
    }
  }

  private static List<String> warnings(
      Settings settings, Filter filter, Map<String, Transport> transports) {
    List<String> warnings = new ArrayList<>();
    for (Filter.Entry entry : filter.entries()) {
      String event = entry.event();
      if (event != null
          && !event.equals(Notifier.DATABASE_UNREACHABLE)
          && EventTypes.current().find(event).isEmpty()) {
        warnings.add("FILTER: no event is named " + event + " (" + entry + ")");
      }
    }
    for (Recipient recipient : filter.recipients()) {
      Transport transport = transports.get(recipient.transport());
      if (transport == null) {
        warnings.add(
            "FILTER: nothing is configured for ("
                + recipient
                + "): there is no transport '"
                + recipient.transport()
                + "'");
      } else if (transport.targets(recipient.name()).isEmpty()) {
        warnings.add("FILTER: nothing is configured for (" + recipient + ")");
      }
    }
    if (filter.recipients().isEmpty()) {
      warnings.add("FILTER names no recipient, so only who subscribed to events hears of any");
    }
    for (Value value : settings.unknown()) {
      warnings.add(value.key() + " (" + value.origin() + ") is no key of the notifier");
    }
    return warnings;
  }

  /** Stops the transports. */
  void close() {
    transports.values().forEach(Transport::close);
  }
}

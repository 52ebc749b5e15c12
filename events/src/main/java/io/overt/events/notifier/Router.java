package io.overt.events.notifier;

import io.overt.events.EventType;
import io.overt.events.EventTypes;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.EventSubscription;
import io.overt.model.types.LogSeverity;
import io.overt.model.types.NotifiableEvent;
import io.overt.model.types.NotificationMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who hears of an event, and where: users' subscriptions first, then the configured filter. */
final class Router {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  private record Subscribed(long changedAt, Filter filter, Set<Recipient> recipients) {}

  private final Filter configured;
  private final Map<String, Transport> transports;
  private final Set<Recipient> complainedOf = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Subscribed subscribed;

  /**
   * @param transports by name
   */
  Router(Filter configured, Map<String, Transport> transports) {
    this.configured = configured;
    this.transports = Map.copyOf(transports);
  }

  /** The queues into which an event goes. */
  List<Queue> route(String event, LogSeverity severity, Snapshot snapshot) {
    Subscribed current = subscribed(snapshot);
    return route(event, severity, current.filter(), current.recipients());
  }

  /** The same without subscriptions: for when the database does not answer. */
  List<Queue> route(String event, LogSeverity severity) {
    return route(event, severity, configured, configured.recipients());
  }

  private List<Queue> route(
      String event, LogSeverity severity, Filter filter, Set<Recipient> recipients) {
    List<Queue> queues = new ArrayList<>();
    for (Recipient recipient : recipients) {
      Transport transport = transports.get(recipient.transport());
      if (transport != null && filter.sends(recipient, event, severity)) {
        targets(transport, recipient).forEach(target -> queues.add(new Queue(recipient, target)));
      }
    }
    return queues;
  }

  /** Every queue that may come to be. */
  List<Queue> all(Snapshot snapshot) {
    List<Queue> queues = new ArrayList<>();
    for (Recipient recipient : subscribed(snapshot).recipients()) {
      Transport transport = transports.get(recipient.transport());
      if (transport != null) {
        targets(transport, recipient).forEach(target -> queues.add(new Queue(recipient, target)));
      }
    }
    return queues;
  }

  /** Forgets the subscriptions: what they are has been loaded anew. */
  void forget() {
    subscribed = null;
  }

  private List<String> targets(Transport transport, Recipient recipient) {
    List<String> targets = transport.targets(recipient.name());
    if (targets.isEmpty() && complainedOf.add(recipient)) {
      LOG.warn("nothing is configured for the recipient ({}); it hears of nothing", recipient);
    }
    return targets;
  }

  private Subscribed subscribed(Snapshot snapshot) {
    long changedAt = snapshot.changedAt(Kinds.EVENT_SUBSCRIPTION);
    Subscribed known = subscribed;
    if (known == null || known.changedAt() != changedAt) {
      List<Filter.Entry> entries = new ArrayList<>();
      for (Entity<EventSubscription> row : snapshot.all(Kinds.EVENT_SUBSCRIPTION)) {
        subscribe(row.value(), entries);
      }
      Filter filter = configured.after(entries);
      known = new Subscribed(changedAt, filter, filter.recipients());
      subscribed = known;
    }
    return known;
  }

  /** Whoever hears of a condition also hears of its end. */
  private static void subscribe(EventSubscription subscription, List<Filter.Entry> entries) {
    NotifiableEvent event = subscription.event();
    String address = subscription.address();
    if (event == null || address == null) {
      return;
    }
    String method = subscription.notificationMethod() == NotificationMethod.SNMP ? "snmp" : "smtp";
    Recipient recipient = new Recipient(method, address);
    String name = typeName(event);
    entries.add(new Filter.Entry(true, name, null, recipient));
    EventTypes.current()
        .find(name)
        .map(EventType::resolvedBy)
        .ifPresent(end -> entries.add(new Filter.Entry(true, end, null, recipient)));
  }

  /** The API says host and engine where the names of types say vds and vdc. */
  static String typeName(NotifiableEvent event) {
    String name = event.wire().toUpperCase(Locale.ROOT);
    if (EventTypes.current().find(name).isPresent()) {
      return name;
    }
    return name.equals("ENGINE_STOP") ? "VDC_STOP" : name.replace("HOST_", "VDS_");
  }
}

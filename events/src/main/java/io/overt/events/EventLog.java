package io.overt.events;

import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.Member;
import io.overt.model.Struct;
import io.overt.model.types.Event;
import io.overt.model.types.LogSeverity;
import io.overt.model.types.User;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events in the transaction that they report, so that neither exists without the other.
 *
 * <p>Each event is also one line of the log in the form operators search for: {@code EVENT_ID:
 * NAME(code), text}.
 */
public final class EventLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.overt.events");
  private static final int USER_NAME_LIMIT = 255;
  private final Clock clock;
  private final FloodGate flood;
  private final String origin;

  public EventLog(Clock clock) {
    this.clock = clock;
    this.flood = new FloodGate(clock);
    this.origin = "oVirt";
  }

  /**
   * Appends an event, unless its type's flood interval holds it back.
   *
   * @param typeName oVirt's name of the type: {@code USER_RUN_VM}
   */
  public Optional<Event> append(Transaction transaction, String typeName, About about) {
    EventType type = EventTypes.current().require(typeName);
    if (!flood.lets(floodKey(type, about), type.flood())) {
      return Optional.empty();
    }
    String text = Messages.resolve(type, about);
    Event event =
        new Event()
            .code((long) type.code())
            .severity(type.severity())
            .description(text)
            .correlationId(about.correlationId())
            .customId(-1L)
            .floodRate(0L)
            .origin(origin)
            .time(clock.instant());
    for (Struct subject : about.subjects().values()) {
      refer(event, subject);
    }
    String userName = about.userName();
    if (userName != null) {
      User user = new User();
      user.id(about.userId());
      user.name(userName.substring(0, Math.min(userName.length(), USER_NAME_LIMIT)));
      event.user(user);
    }
    Event stored = insert(transaction, event);
    log(type.severity(), type.name(), type.code(), text);
    return Optional.of(stored);
  }

  /** Stores an event made elsewhere, such as one that a client posts, under the next number. */
  public Event insert(Transaction transaction, Event event) {
    long number = transaction.nextNumber("event");
    Entity<Event> entity =
        transaction.insert(
            Kinds.EVENT, event.id(Long.toString(number)).index(number), null, Map.of());
    return entity.value();
  }

  private static void refer(Event event, Struct subject) {
    Member member = event.type().find(subject.type().name());
    if (member == null || subject.id() == null) {
      return;
    }
    Struct reference = subject.type().create();
    reference.set("id", subject.id());
    event.set(member, reference);
  }

  private static String floodKey(EventType type, About about) {
    List<String> ids = about.subjects().values().stream().map(s -> String.valueOf(s.id())).toList();
    return type.name() + ids;
  }

  private static void log(LogSeverity severity, String name, int code, String text) {
    switch (severity) {
      case NORMAL -> LOG.info("EVENT_ID: {}({}), {}", name, code, text);
      case WARNING, ALERT -> LOG.warn("EVENT_ID: {}({}), {}", name, code, text);
      case ERROR -> LOG.error("EVENT_ID: {}({}), {}", name, code, text);
    }
  }
}

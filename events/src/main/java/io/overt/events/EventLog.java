package io.overt.events;

import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Event;
import io.overt.model.types.LogSeverity;
import io.overt.model.types.User;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private static final String ORIGIN = "oVirt";

  /** Private attribute of an event: who caused it, kept after the user is gone. */
  public static final String USER_NAME = "user_name";

  private final Clock clock;
  private final FloodGate flood;

  public EventLog(Clock clock) {
    this.clock = clock;
    this.flood = new FloodGate(clock);
  }

  /**
   * Appends an event to a transaction, unless its type's flood interval holds it back. Its number
   * is given at commit.
   *
   * @param typeName oVirt's name of the type: {@code USER_RUN_VM}
   */
  public void append(Transaction transaction, String typeName, About about) {
    append(transaction, typeName, EventTypes.current().require(typeName).severity(), about);
  }

  /** Appends an event that is graver, or less grave, than others of its type. */
  public void append(Transaction transaction, String typeName, LogSeverity severity, About about) {
    EventType type = EventTypes.current().require(typeName);
    if (!flood.lets(floodKey(type, about), type.flood())) {
      return;
    }
    String text = Messages.resolve(type, about);
    Event event =
        new Event()
            .code((long) type.code())
            .severity(severity)
            .description(text)
            .correlationId(about.correlationId())
            .customId(-1L)
            .floodRate(0L)
            .origin(ORIGIN)
            .time(clock.instant());
    Map<String, String> internals = new HashMap<>();
    internals.put("type", type.name());
    String userName = about.userName();
    if (userName != null) {
      String userId = about.userId();
      if (userId != null) {
        event.user(new User().id(userId));
      }
      internals.put(USER_NAME, userName.substring(0, Math.min(userName.length(), USER_NAME_LIMIT)));
    }
    new Surroundings(transaction, event, internals).include(about.subjects().values());
    append(transaction, event, internals);
    log(severity, type.name(), type.code(), text);
  }

  /** Appends an event made elsewhere, such as one that a client posts, under the next number. */
  public void append(Transaction transaction, Event event, Map<String, String> internals) {
    Event frozen = event.freeze();
    transaction.append(
        Kinds.EVENT,
        number -> frozen.copy().id(Long.toString(number)).index(number),
        null,
        internals);
  }

  private static String floodKey(EventType type, About about) {
    List<String> ids = about.subjects().values().stream().map(s -> String.valueOf(s.id())).toList();
    return type.name() + ids + about.userId();
  }

  private static void log(LogSeverity severity, String name, int code, String text) {
    switch (severity) {
      case NORMAL -> LOG.info("EVENT_ID: {}({}), {}", name, code, text);
      case WARNING, ALERT -> LOG.warn("EVENT_ID: {}({}), {}", name, code, text);
      case ERROR -> LOG.error("EVENT_ID: {}({}), {}", name, code, text);
    }
  }
}

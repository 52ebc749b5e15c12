package io.overt.events.notifier;

import io.overt.events.EventLog;
import io.overt.events.EventType;
import io.overt.events.EventTypes;
import io.overt.events.Surroundings;
import io.overt.inventory.Entity;
import io.overt.model.Struct;
import io.overt.model.types.Event;
import io.overt.model.types.LogSeverity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event as recipients hear of it.
 *
 * @param index the event's number; 0 for one that is not in the log
 * @param name of its type: {@code VDC_STOP}
 * @param code of its type; 0 when there is none of that name
 * @param resolved whether it ends what another event reported
 * @param about what it refers to, by the names in {@link #ABOUT}
 */
public record Notice(
    long index,
    String name,
    int code,
    LogSeverity severity,
    String message,
    boolean resolved,
    Instant time,
    Map<String, Subject> about,
    String origin,
    String correlationId,
    String customData) {

  /** Something that an event refers to: its name, and its id as long as that is known. */
  public record Subject(String name, @Nullable String id) {}

  /** Members of an event, in the order in which transports list them. */
  private static final String[] ABOUT = {
    "user", "vm", "host", "template", "data_center", "storage_domain", "cluster"
  };

  private static final String NONE = "00000000-0000-0000-0000-000000000000";

  /** The event of the log. */
  static Notice of(Entity<Event> entity) {
    Event event = entity.value();
    int code = Math.toIntExact(Objects.requireNonNullElse(event.code(), 0L));
    String name = typeName(entity, code);
    Map<String, Subject> about = new LinkedHashMap<>();
    for (String member : ABOUT) {
      Struct reference = event.get(member) instanceof Struct found ? found : null;
      String id = reference == null ? null : reference.id();
      String called = entity.internal(nameKey(member));
      if (called != null || (id != null && !id.equals(NONE))) {
        about.put(
            member,
            new Subject(Objects.requireNonNullElse(called, ""), NONE.equals(id) ? null : id));
      }
    }
    return new Notice(
        Objects.requireNonNullElse(event.index(), 0L),
        name,
        code,
        Objects.requireNonNullElse(event.severity(), LogSeverity.NORMAL),
        Objects.requireNonNullElse(event.description(), ""),
        resolves(name),
        Objects.requireNonNullElse(event.time(), Instant.EPOCH),
        about,
        Objects.requireNonNullElse(event.origin(), ""),
        Objects.requireNonNullElse(event.correlationId(), ""),
        Objects.requireNonNullElse(event.customData(), ""));
  }

  private static String nameKey(String member) {
    return member.equals("user") ? EventLog.USER_NAME : Surroundings.nameKey(member);
  }

  /** What is told although it is no event of the log. */
  public static Notice synthetic(String name, LogSeverity severity, String message, Instant time) {
    return new Notice(0, name, 0, severity, message, false, time, Map.of(), "oVirt", "", "");
  }

  /** The name of an event's type; those of clients have one by their severity. */
  static String typeName(Entity<Event> event) {
    return typeName(event, Math.toIntExact(Objects.requireNonNullElse(event.value().code(), 0L)));
  }

  private static String typeName(Entity<Event> event, int code) {
    String known = event.internal("type");
    return known != null
        ? known
        : EventTypes.current().byCode(code).map(EventType::name).orElse("UNASSIGNED");
  }

  private static boolean resolves(String name) {
    return EventTypes.current().find(name).map(EventType::resolves).isPresent();
  }

  /** {@code resolveMessage} or {@code alertMessage}. */
  public String status() {
    return resolved ? "resolveMessage" : "alertMessage";
  }

  /** Number of the severity for programs. */
  public int severityNumber() {
    return switch (severity) {
      case NORMAL -> 0;
      case WARNING -> 1;
      case ERROR -> 2;
      case ALERT -> 10;
    };
  }

  /** The name of what it is about; empty for nothing. */
  public String nameOf(String member) {
    Subject subject = about.get(member);
    return subject == null ? "" : subject.name();
  }

  /** The id of what it is about; empty for nothing. */
  public String idOf(String member) {
    Subject subject = about.get(member);
    return subject == null ? "" : Objects.requireNonNullElse(subject.id(), "");
  }
}

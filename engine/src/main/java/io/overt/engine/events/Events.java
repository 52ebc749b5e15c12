package io.overt.engine.events;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Presenter;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.events.EventLog;
import io.overt.events.Surroundings;
import io.overt.inventory.Entity;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Member;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.EventService;
import io.overt.model.services.EventsService;
import io.overt.model.types.Action;
import io.overt.model.types.Event;
import io.overt.model.types.LogSeverity;
import io.overt.model.types.User;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** {@code /events}. A deleted event is hidden, not gone: its number and custom id stay taken. */
public final class Events implements EventsService {
  private static final String DELETED = "deleted";
  private static final String OWN_ORIGIN = "oVirt";
  private static final List<Kind<? extends Struct>> SUBJECTS =
      List.of(
          Kinds.CLUSTER,
          Kinds.DATA_CENTER,
          Kinds.HOST,
          Kinds.STORAGE_DOMAIN,
          Kinds.TEMPLATE,
          Kinds.VM);
  private final Platform platform;
  private final Resource<Event> resource;

  public Events(Platform platform) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.EVENT, presenter());
  }

  /** Names stand beside ids, unlike in other references. */
  public static Presenter<Event> presenter() {
    return (entity, snapshot, call) -> {
      Event shown = (Event) entity.value().shallowCopy();
      for (Member member : shown.type().members()) {
        String name = entity.internal(Surroundings.nameOf(member));
        if (name != null && member.kind() == io.overt.model.Kind.STRUCT) {
          Struct reference =
              shown.get(member) instanceof Struct known
                  ? known.copy()
                  : member.structType().create();
          reference.set("name", name);
          shown.set(member, reference);
        }
      }
      return shown;
    };
  }

  @Override
  public List<Event> list(ListRequest request) {
    Call call = request.call();
    Long max = request.max();
    if (max != null && max < 0) {
      throw ApiFault.bad("max is " + max + "; it must not be negative");
    }
    Long from = request.from();
    return resource.list(
        call, event -> !isDeleted(event) && (from == null || number(event) > from));
  }

  @Override
  public Outcome<Event> add(AddRequest request) {
    Event body = platform.body(request.event());
    Call call = request.call();
    long customId = customId(body);
    if (OWN_ORIGIN.equalsIgnoreCase(body.origin())) {
      throw ApiFault.bad(
          "event.origin is '" + body.origin() + "', which only the engine itself may use");
    }
    AtomicReference<Event> stored = new AtomicReference<>();
    platform.write(
        transaction -> {
          refuseKnown(transaction, body, customId);
          Event event =
              new Event()
                  .description(body.description())
                  .severity(body.severity())
                  .origin(body.origin())
                  .customId(customId)
                  .customData(body.customData())
                  .floodRate(Objects.requireNonNullElse(body.floodRate(), 0L))
                  .code(code(Objects.requireNonNull(body.severity())))
                  .correlationId(platform.caller(call).correlationId())
                  .time(platform.clock().instant());
          Map<String, String> internals = new HashMap<>();
          internals.put(EventLog.USER_NAME, platform.caller(call).principalName());
          new Surroundings(transaction, event, internals).include(subjects(body));
          event.user(new User().id(platform.caller(call).userId()));
          Event frozen = event.freeze();
          transaction.append(
              Kinds.EVENT,
              number -> {
                Event numbered = frozen.copy().id(Long.toString(number)).index(number);
                stored.set(numbered);
                return numbered;
              },
              null,
              internals);
          return customId;
        });
    return Outcome.done(resource.get(call, Objects.requireNonNull(stored.get()).requireId()));
  }

  @Override
  public Outcome<Action> undelete(UndeleteRequest request) {
    platform.write(
        transaction -> {
          for (Entity<Event> event : transaction.snapshot().all(Kinds.EVENT)) {
            if (isDeleted(event)) {
              mark(transaction, event, false);
            }
          }
          return "";
        });
    return Outcome.done(new Action());
  }

  @Override
  public EventService event(String id) {
    return new EventService() {
      @Override
      public Event get(GetRequest request) {
        return resource.get(request.call(), number(id));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        platform.write(
            transaction -> {
              Entity<Event> event = resource.require(request.call(), transaction, number(id));
              if (!isDeleted(event)) {
                mark(transaction, event, true);
              }
              return id;
            });
        return Outcome.removed();
      }
    };
  }

  private static void mark(Transaction transaction, Entity<Event> event, boolean deleted) {
    Map<String, String> internals = new HashMap<>(event.internals());
    if (deleted) {
      internals.put(DELETED, "true");
    } else {
      internals.remove(DELETED);
    }
    transaction.update(event, event.value(), internals);
  }

  private static void refuseKnown(Transaction transaction, Event body, long customId) {
    Snapshot snapshot = transaction.snapshot();
    boolean known =
        snapshot.all(Kinds.EVENT).stream()
            .map(Entity::value)
            .anyMatch(
                event ->
                    Objects.equals(event.customId(), customId)
                        && Objects.equals(event.origin(), body.origin()));
    if (known) {
      throw ApiFault.bad(
          "There is an event of the origin '"
              + body.origin()
              + "' with custom_id "
              + customId
              + " already.");
    }
  }

  /** What an event of a client is about, by id; it may be gone already. */
  private static List<Struct> subjects(Event body) {
    List<Struct> subjects = new ArrayList<>();
    for (Kind<? extends Struct> kind : SUBJECTS) {
      if (body.get(kind.name()) instanceof Struct reference && reference.id() != null) {
        Struct subject = kind.type().create();
        subject.set("id", References.uuid(reference.requireId()));
        subjects.add(subject);
      }
    }
    return subjects;
  }

  private static long customId(Event body) {
    long customId = Objects.requireNonNullElse(body.customId(), -1L);
    if (customId > Integer.MAX_VALUE) {
      throw ApiFault.invalidValue(
          "Value " + customId + " is greater than maximum integer " + Integer.MAX_VALUE);
    }
    return customId;
  }

  /** The event types of external events, by severity (EXTERNAL_EVENT_NORMAL and so on). */
  private static long code(LogSeverity severity) {
    return switch (severity) {
      case NORMAL -> 9801;
      case WARNING -> 9802;
      case ERROR -> 9803;
      case ALERT -> 9804;
    };
  }

  private static String number(String id) {
    try {
      return Long.toString(Long.parseLong(id));
    } catch (NumberFormatException e) {
      // Engine 4.5 answers 400 here, unlike for other ids.
      throw new ApiFault(
          ApiFault.Category.BAD_PARAMETER,
          "Operation failed",
          "The id '" + id + "' of an event is not a number.");
    }
  }

  private static long number(Entity<Event> event) {
    return Objects.requireNonNullElse(event.value().index(), 0L);
  }

  /** Whether the event is hidden from lists. */
  public static boolean isDeleted(Entity<Event> event) {
    return event.internals().containsKey(DELETED);
  }
}

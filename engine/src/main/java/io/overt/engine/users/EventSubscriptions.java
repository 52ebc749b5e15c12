package io.overt.engine.users;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.EventSubscriptionService;
import io.overt.model.services.EventSubscriptionsService;
import io.overt.model.types.EventSubscription;
import io.overt.model.types.NotifiableEvent;
import io.overt.model.types.NotificationMethod;
import io.overt.model.types.User;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /users/{id}/eventsubscriptions}: of which events a user hears. Ids are events' names. */
final class EventSubscriptions implements EventSubscriptionsService {
  private static final Pattern MAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");

  private final Platform platform;
  private final Resource<User> users;
  private final Resource<EventSubscription> subscriptions;
  private final Key user;

  EventSubscriptions(Platform platform, Resource<User> users, Key user) {
    this.platform = platform;
    this.users = users;
    this.subscriptions =
        new Resource<>(
            platform,
            Kinds.EVENT_SUBSCRIPTION,
            (row, snapshot, call) -> row.value().copy().user(new User().id(user.id())));
    this.user = user;
  }

  @Override
  public List<EventSubscription> list(ListRequest request) {
    Snapshot snapshot = platform.snapshot();
    users.require(request.call(), snapshot, user.id());
    return subscriptions.list(
        request.call(), snapshot, snapshot.owned(Kinds.EVENT_SUBSCRIPTION, user));
  }

  @Override
  public Outcome<EventSubscription> add(AddRequest request) {
    EventSubscription body = platform.body(request.eventSubscription());
    NotifiableEvent event = body.event();
    if (event == null) {
      throw ApiFault.incomplete("EventSubscription", "event", "add");
    }
    NotificationMethod method =
        Objects.requireNonNullElse(body.notificationMethod(), NotificationMethod.SMTP);
    Entity<EventSubscription> added =
        platform.write(
            transaction -> {
              Entity<User> owner = users.require(request.call(), transaction, user.id());
              if (find(transaction.current(), event.wire()).isPresent()) {
                throw ApiFault.conflict(
                    "The user is subscribed to the event " + event.wire() + " already");
              }
              return transaction.insert(
                  Kinds.EVENT_SUBSCRIPTION,
                  new EventSubscription()
                      .id(event.wire())
                      .event(event)
                      .notificationMethod(method)
                      .address(address(body, method, owner.value())),
                  user);
            });
    return Outcome.done(subscriptions.present(request.call(), added));
  }

  /** For SNMP a profile. For mail an address, which must be a proper one; else the user's own. */
  private static String address(EventSubscription body, NotificationMethod method, User owner) {
    String given = Objects.requireNonNullElse(body.address(), "").strip();
    if (method == NotificationMethod.SNMP) {
      return given;
    }
    String address = given.isEmpty() ? Objects.requireNonNullElse(owner.email(), "") : given;
    if (!MAIL.matcher(address).matches()) {
      throw ApiFault.bad("event_subscription.address '" + address + "' is not an address for mail");
    }
    return address;
  }

  @Override
  public EventSubscriptionService eventSubscription(String id) {
    return new EventSubscriptionService() {
      @Override
      public EventSubscription get(GetRequest request) {
        Snapshot snapshot = platform.snapshot();
        users.require(request.call(), snapshot, user.id());
        return subscriptions.present(request.call(), require(snapshot, id));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        platform.write(
            (Transaction transaction) -> {
              users.require(request.call(), transaction, user.id());
              transaction.delete(require(transaction.current(), id));
              return id;
            });
        return Outcome.removed();
      }
    };
  }

  private Entity<EventSubscription> require(Snapshot snapshot, String id) {
    return find(snapshot, id).orElseThrow(ApiFault::notFound);
  }

  private Optional<Entity<EventSubscription>> find(Snapshot snapshot, String id) {
    return snapshot.find(Kinds.EVENT_SUBSCRIPTION, user, id);
  }
}

package io.overt.engine.resource;

import io.overt.access.permissions.Permissions;
import io.overt.access.permissions.Visibility;
import io.overt.access.session.Caller;
import io.overt.engine.resource.properties.CustomProperties;
import io.overt.events.About;
import io.overt.events.EventLog;
import io.overt.inventory.DuplicateName;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kinds;
import io.overt.inventory.MissingReference;
import io.overt.inventory.Snapshot;
import io.overt.inventory.StaleEntity;
import io.overt.inventory.StillReferenced;
import io.overt.inventory.Transaction;
import io.overt.inventory.search.SearchEngine;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Struct;
import io.overt.model.types.Job;
import io.overt.model.types.JobStatus;
import io.overt.model.types.User;
import io.overt.rest.api.RequestInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the house that features stand on.
 *
 * @param ids makes the ids of new objects; a test may make them predictable
 * @param customProperties which custom properties machines, devices and networks may have
 */
public record Platform(
    Inventory inventory,
    SearchEngine search,
    Permissions permissions,
    Visibility visibility,
    EventLog events,
    Clock clock,
    Supplier<UUID> ids,
    CustomProperties customProperties) {

  /** Who makes this call, with what this very request says: its correlation id and filter. */
  public Caller caller(Call call) {
    Caller caller =
        call.context(Caller.class)
            .withCorrelationId(call.context(RequestInfo.class).correlationId());
    Boolean filter = flag(call.parameter("filter"));
    return filter == null ? caller : caller.withFilter(filter);
  }

  private static @Nullable Boolean flag(@Nullable String text) {
    return text == null
        ? null
        : switch (text.toLowerCase(Locale.ROOT)) {
          case "", "t", "true", "y", "yes", "1" -> Boolean.TRUE;
          case "f", "false", "n", "no", "0" -> Boolean.FALSE;
          default -> null;
        };
  }

  public Snapshot snapshot() {
    return inventory.snapshot();
  }

  /** The id of a new object. */
  public String newId() {
    return ids.get().toString();
  }

  /**
   * Runs one transaction for a client's request; what the inventory refuses becomes the fault that
   * the client sees. A change that lost a race is a conflict: the client decides whether to repeat.
   */
  public <R> R write(Function<Transaction, R> change) {
    return refusable(() -> inventory.write(change));
  }

  /**
   * As {@link #write}, repeated when others changed what it is based on: for changes that do not
   * depend on what the client has read, like taking the next free address.
   */
  public <R> R writeRetrying(Function<Transaction, R> change) {
    return refusable(() -> inventory.writeRetrying(change));
  }

  private static <R> R refusable(Supplier<R> write) {
    try {
      return write.get();
    } catch (StaleEntity e) {
      throw ApiFault.conflict(
          "The object was changed by somebody else at the same time; read it again and repeat.");
    } catch (DuplicateName e) {
      throw ApiFault.conflict(
          "The name '" + e.name() + "' is already in use by another " + spoken(e.kind()) + ".");
    } catch (StillReferenced e) {
      throw ApiFault.conflict(
          "The " + spoken(e.key().kind()) + " is still used by a " + spoken(e.by().kind()) + ".");
    } catch (MissingReference e) {
      throw ApiFault.missing(e.member() + ": id=" + e.id());
    }
  }

  /** The beginning of an event that this call causes. */
  public About about(Call call, Struct object) {
    Caller caller = caller(call);
    return About.object(object)
        .by(caller.userId(), caller.principalName())
        .correlated(caller.correlationId());
  }

  /** Appends an event that this call causes about an object. */
  public void report(Transaction transaction, String type, Call call, Struct object) {
    events.append(transaction, type, about(call, object));
  }

  /** Notes work that is done when its transaction is committed as a job, which the answer names. */
  public String finishedJob(Transaction transaction, Call call, String description) {
    Caller caller = caller(call);
    Instant now = clock.instant();
    Job job =
        new Job()
            .id(newId())
            .description(description)
            .status(JobStatus.FINISHED)
            .external(false)
            .autoCleared(true)
            .startTime(now)
            .lastUpdated(now)
            .endTime(now)
            .owner(new User().id(caller.userId()));
    return transaction
        .insert(Kinds.JOB, job, null, Map.of("correlation_id", caller.correlationId()))
        .id();
  }

  /** The body that the operation needs; a request without one is incomplete. */
  public <T> T body(@Nullable T body) {
    if (body == null) {
      throw new ApiFault(
          ApiFault.Category.BAD_PARAMETER,
          "Request syntactically incorrect.",
          "The request has no body; an object was expected.");
    }
    return body;
  }

  private static String spoken(String kind) {
    return kind.replace('_', ' ');
  }
}

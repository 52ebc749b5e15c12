package io.overt.events.notifier;

import io.overt.events.About;
import io.overt.events.EventLog;
import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works on one queue: hands its events to the transport in their order and notes the outcome. */
final class Rounds {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
  private static final Duration NOT_YET = Duration.ofMillis(100);
  private static final int LONGEST_ERROR = 1_000;

  /** An event about what was given up is written once in this time for a queue. */
  private static final Duration COMPLAINT = Duration.ofHours(1);

  private final Inventory inventory;
  private final EventLog events;
  private final Outbox outbox;
  private final Map<String, Transport> transports;
  private final Patience patience;
  private final Map<Queue, Long> complained = new ConcurrentHashMap<>();

  Rounds(
      Inventory inventory,
      EventLog events,
      Outbox outbox,
      Map<String, Transport> transports,
      Patience patience) {
    this.inventory = inventory;
    this.events = events;
    this.outbox = outbox;
    this.transports = transports;
    this.patience = patience;
  }

  /**
   * Delivers until the queue is empty or has to wait.
   *
   * @param mayGoOn asked before each delivery
   * @return how long to wait; zero when nothing is left
   */
  Duration run(Queue queue, BooleanSupplier mayGoOn) throws InterruptedException {
    Transport transport = transports.get(queue.recipient().transport());
    int batch = transport == null ? 1 : transport.batch();
    while (mayGoOn.getAsBoolean()) {
      List<Outbox.Open> open = outbox.open(queue, batch);
      if (open.isEmpty()) {
        return Duration.ZERO;
      }
      Outbox.Open head = open.getFirst();
      if (head.notBefore().isPositive()) {
        return head.notBefore();
      }
      Progress progress =
          transport == null
              ? Progress.failed(0, queue.recipient().transport() + " is not configured any more")
              : deliver(transport, queue, open);
      Duration wait = settle(queue, open, progress);
      if (wait.isPositive()) {
        return wait;
      }
    }
    return Duration.ZERO;
  }

  private Progress deliver(Transport transport, Queue queue, List<Outbox.Open> open)
      throws InterruptedException {
    Snapshot snapshot = inventory.snapshot();
    List<Notice> due = new ArrayList<>();
    for (Outbox.Open each : open) {
      // An attempt that is to be made later ends the batch: nobody overtakes it.
      if (each.notBefore().isPositive()) {
        break;
      }
      var event = snapshot.find(Kinds.EVENT, Long.toString(each.event()));
      if (event.isPresent()) {
        due.add(Notice.of(event.get()));
      } else if (due.isEmpty()) {
        return missing(snapshot, each);
      } else {
        break;
      }
    }
    return transport.deliver(queue.recipient().name(), queue.target(), due);
  }

  /** Another node has just written it, or somebody deleted it: then there is nothing to tell. */
  private static Progress missing(Snapshot snapshot, Outbox.Open delivery) {
    List<Entity<Event>> events = snapshot.all(Kinds.EVENT);
    Long newest = events.isEmpty() ? null : events.getFirst().value().index();
    return newest == null || newest < delivery.event()
        ? Progress.later(0, NOT_YET)
        : Progress.done(1);
  }

  private Duration settle(Queue queue, List<Outbox.Open> open, Progress progress) {
    List<Long> done = open.subList(0, progress.done()).stream().map(Outbox.Open::event).toList();
    if (!done.isEmpty()) {
      outbox.sent(queue, done);
      if (complained.remove(queue) != null) {
        LOG.info("{} can be reached again", queue);
      }
    }
    String error = progress.error();
    if (error == null) {
      return progress.pause();
    }
    Outbox.Open next = open.get(progress.done());
    String shortened =
        error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) + "…" : error;
    Duration pause = patience.pause(next.attempts() + 1);
    LOG.warn(
        "event {} was not delivered to {} (attempt {}): {}",
        next.event(),
        queue,
        next.attempts() + 1,
        shortened);
    outbox.failed(queue, next.event(), shortened, pause);
    giveUp(queue, patience.deadAfter(), "given up before its turn came: " + shortened);
    return pause;
  }

  /** Gives up what is older, and says so in the log of events. */
  void giveUp(Queue queue, Duration age, String error) {
    outbox
        .giveUp(queue, age, error)
        .ifPresent(
            given -> {
              LOG.error(
                  "{} deliveries to {} were given up, the first is of event {}: {}",
                  given.count(),
                  queue,
                  given.first(),
                  given.error());
              report(queue, given);
            });
  }

  private void report(Queue queue, Outbox.GivenUp given) {
    long now = System.nanoTime();
    Long last = complained.get(queue);
    if (last != null && now - last < COMPLAINT.toNanos()) {
      return;
    }
    complained.put(queue, now);
    inventory.change(
        transaction ->
            events.append(
                transaction,
                "NOTIFICATION_UNDELIVERABLE",
                About.nothing()
                    .with("Recipient", queue)
                    .with("Count", given.count())
                    .with("EventId", given.first())
                    .with("Errors", given.error())));
  }
}

package io.overt.events.notifier;

import io.overt.inventory.Change;
import io.overt.inventory.ChangeSet;
import io.overt.inventory.CommitCompanion;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.types.Event;
import io.overt.model.types.LogSeverity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the deliveries of new events into the outbox, in the transaction that writes them. */
final class Recorder implements CommitCompanion {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  private final Router router;

  Recorder(Router router) {
    this.router = router;
  }

  @Override
  public void accompany(Connection connection, List<ChangeSet> sets) throws SQLException {
    List<Long> events = new ArrayList<>();
    List<Queue> queues = new ArrayList<>();
    for (ChangeSet set : sets) {
      for (Change change : set.changes()) {
        if (isNewEvent(change)) {
          route(set, change, events, queues);
        }
      }
    }
    if (!events.isEmpty()) {
      Outbox.insert(connection, events, queues);
    }
  }

  static boolean isNewEvent(Change change) {
    return change.before() == null
        && change.after() != null
        && change.key().kind().equals(Kinds.EVENT.name());
  }

  /** What goes wrong here must not keep the change itself from being written. */
  private void route(ChangeSet set, Change change, List<Long> events, List<Queue> queues) {
    try {
      Entity<Event> entity = set.snapshot().find(Kinds.EVENT, change.key().id()).orElseThrow();
      Event event = entity.value();
      LogSeverity severity = Objects.requireNonNullElse(event.severity(), LogSeverity.NORMAL);
      long index = Objects.requireNonNullElse(event.index(), 0L);
      for (Queue queue : router.route(Notice.typeName(entity), severity, set.snapshot())) {
        events.add(index);
        queues.add(queue);
      }
    } catch (RuntimeException e) {
      LOG.error("who is to hear of event {} was not found out", change.key().id(), e);
    }
  }
}

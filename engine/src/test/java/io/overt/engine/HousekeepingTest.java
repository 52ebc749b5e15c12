package io.overt.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.access.session.Sessions;
import io.overt.events.notifier.ConfFiles;
import io.overt.events.notifier.Notifier;
import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kinds;
import io.overt.inventory.MigrationSet;
import io.overt.model.types.Event;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
  private static final Instant LONG_AGO = Instant.now().minus(Duration.ofDays(40));

  @Test
  void oldEventsGoUnlessSomebodyIsStillToHearOfThem() {
    try (TestEngine engine = TestEngine.open()) {
      engine.database().migrate(new MigrationSet("events", "1"));
      Inventory inventory = engine.inventory();
      Clock clock = Clock.systemUTC();
      long awaited = append(inventory, LONG_AGO);
      append(inventory, LONG_AGO);
      long fresh = append(inventory, Instant.now());
      engine
          .database()
          .jdbi()
          .useHandle(
              handle ->
                  handle.execute(
                      """
                      insert into notification_delivery
                        (event_id, transport, recipient, target, state)
                      values (?, 'snmp', 'site1', 'h:162', 'failed'), (?, 'snmp', '', 'h:162', 'sent')
                      """,
                      awaited,
                      awaited + 1));
      Notifier notifier =
          new Notifier(
              inventory,
              engine.platform().events(),
              clock,
              new ConfFiles(Optional.empty(), Path.of("none")));
      Sessions sessions = new Sessions(engine.database().jdbi(), clock, Duration.ofMinutes(30));
      try (Housekeeping housekeeping = new Housekeeping(inventory, sessions, notifier, clock)) {
        housekeeping.sweep();
      }
      assertThat(inventory.snapshot().all(Kinds.EVENT).stream().map(Entity::id))
          .contains(Long.toString(awaited), Long.toString(fresh))
          .doesNotContain(Long.toString(awaited + 1));
    }
  }

  private static long append(Inventory inventory, Instant time) {
    inventory.change(
        transaction ->
            transaction.append(
                Kinds.EVENT,
                number -> new Event().id(Long.toString(number)).index(number).time(time).freeze(),
                null,
                Map.of()));
    return inventory.snapshot().all(Kinds.EVENT).getFirst().value().index();
  }
}

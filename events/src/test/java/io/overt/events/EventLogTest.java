package io.overt.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kinds;
import io.overt.inventory.testing.TestDatabase;
import io.overt.model.types.Cluster;
import io.overt.model.types.DataCenter;
import io.overt.model.types.Event;
import io.overt.model.types.Tag;
import io.overt.model.types.Vm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLogTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private final EventLog log = new EventLog(Clock.fixed(NOW, ZoneOffset.UTC));
  private TestDatabase database;
  private Inventory inventory;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    inventory = database.inventory();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anEventIsWrittenWithWhatItReportsUnderTheNextNumber() {
    About about =
        About.object(new Vm().id("5c1d9f1e-0000-4000-8000-000000000001").name("web01"))
            .by("5c1d9f1e-0000-4000-8000-000000000002", "admin@internal-authz")
            .correlated("c-1");
    inventory.change(transaction -> log.append(transaction, "USER_ADD_VM", about));
    inventory.change(transaction -> log.append(transaction, "USER_UPDATE_VM", about));
    List<Entity<Event>> events = inventory.snapshot().all(Kinds.EVENT);
    assertThat(events).extracting(Entity::id).containsExactly("2", "1");
    Event first = events.getLast().value();
    assertThat(first.description()).isEqualTo("VM web01: new, added by admin@internal-authz.");
    assertThat(first.code()).isEqualTo(34);
    assertThat(first.index()).isEqualTo(1);
    assertThat(first.time()).isEqualTo(NOW);
    assertThat(first.correlationId()).isEqualTo("c-1");
    assertThat(first.vm().id()).isEqualTo("5c1d9f1e-0000-4000-8000-000000000001");
    assertThat(events.getLast().internal(EventLog.USER_NAME)).isEqualTo("admin@internal-authz");
  }

  @Test
  void anEventNamesWhatIsAroundItsSubject() {
    DataCenter center = new DataCenter().id("5c1d9f1e-0000-4000-8000-00000000000d").name("dc");
    Cluster cluster =
        new Cluster().id("5c1d9f1e-0000-4000-8000-00000000000c").name("cl").dataCenter(center);
    Vm vm =
        new Vm()
            .id("5c1d9f1e-0000-4000-8000-000000000001")
            .name("web01")
            .cluster(new Cluster().id(cluster.id()));
    inventory.change(
        transaction -> {
          transaction.insert(Kinds.DATA_CENTER, center);
          transaction.insert(Kinds.CLUSTER, cluster);
          log.append(transaction, "USER_ADD_VM", About.object(vm));
        });
    Entity<Event> event = inventory.snapshot().all(Kinds.EVENT).getFirst();
    assertThat(event.value().cluster().id()).isEqualTo(cluster.id());
    assertThat(event.value().dataCenter().id()).isEqualTo(center.id());
    assertThat(event.internals())
        .containsEntry("vm_name", "web01")
        .containsEntry("cluster_name", "cl")
        .containsEntry("data_center_name", "dc");
  }

  @Test
  void anEventIsNotWrittenWhenTheChangeItReportsFails() {
    assertThatThrownBy(
            () ->
                inventory.change(
                    transaction -> {
                      log.append(
                          transaction, "USER_ADD_TAG", About.object(new Tag().id("1").name("t")));
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(inventory.snapshot().all(Kinds.EVENT)).isEmpty();
  }

  @Test
  void equalEventsWithinTheFloodIntervalAreWrittenOnce() {
    EventType flooding =
        EventTypes.current().all().stream()
            .filter(type -> type.flood().compareTo(Duration.ofSeconds(1)) > 0)
            .findFirst()
            .orElseThrow();
    for (int round = 0; round < 3; round++) {
      inventory.change(
          transaction -> log.append(transaction, flooding.name(), About.object(new Vm().id("1"))));
    }
    inventory.change(
        transaction -> log.append(transaction, flooding.name(), About.object(new Vm().id("2"))));
    assertThat(inventory.snapshot().all(Kinds.EVENT)).hasSize(2);
  }
}

package io.overt.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.inventory.testing.TestDatabase;
import io.overt.model.types.Cluster;
import io.overt.model.types.Vm;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An inventory shows itself before the last of its parts has arrived. */
class LoadingTest {
  private final TestDatabase database = TestDatabase.create();
  private final Inventory inventory = database.inventory();

  @BeforeEach
  void fill() {
    inventory.change(
        t -> {
          t.insert(Kinds.CLUSTER, new Cluster().id("c1").name("Default"));
          for (String id : List.of("1", "2", "3")) {
            t.insert(Kinds.VM, new Vm().id(id).name("vm" + id).cluster(new Cluster().id("c1")));
          }
        });
  }

  @AfterEach
  void close() {
    inventory.close();
    database.close();
  }

  private Connection connect() throws SQLException {
    Connection connection = inventory.database().dataSource().getConnection();
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    return connection;
  }

  @Test
  void whatCameFirstIsShownAndTheRestIsWaitedFor() throws Exception {
    try (Connection connection = connect()) {
      Loader loader = new Loader(connection, inventory.snapshot().position());
      Snapshot snapshot = loader.first();
      assertThat(snapshot.byName(Kinds.CLUSTER, "", "Default")).isPresent();
      inventory.change(t -> t.delete(t.find(Kinds.VM, "2").orElseThrow()));
      Thread late =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      loader.rest();
                    } catch (SQLException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      assertThat(snapshot.referrers(Kinds.VM, "cluster", "c1"))
          .extracting(Entity::id)
          .as("all of the moment that the snapshot is of")
          .containsExactly("1", "2", "3");
      assertThat(snapshot.broken()).isFalse();
      late.join();
      connection.rollback();
    }
  }

  @Test
  void whoAsksDoesNotWaitForTheQuietMoment() {
    long start = System.nanoTime();
    try (Database other = Database.open(database.config());
        Inventory fresh = Inventory.open(other)) {
      long opened = System.nanoTime();
      assertThat(fresh.snapshot().count(Kinds.VM)).isEqualTo(3);
      assertThat(Duration.ofNanos(System.nanoTime() - opened)).isLessThan(Duration.ofSeconds(1));
    }
    try (Database other = Database.open(database.config());
        Inventory fresh = Inventory.open(other)) {
      assertThat(fresh.snapshot().count(Kinds.CLUSTER)).isEqualTo(1);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as("closing waits for nothing that was put off")
        .isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void whatDoesNotArriveFailsForThoseWhoAskAndIsLoadedAgain() throws Exception {
    Published published = new Published();
    try (Connection connection = connect()) {
      Feed.Head head = Feed.head(connection);
      Loader loader = new Loader(connection, head.position());
      published.replace(loader.first(), head.incarnation());
      connection.rollback();
      connection.close();
      assertThatThrownBy(loader::rest).isInstanceOf(SQLException.class);
    }
    Snapshot shown = published.snapshot();
    assertThat(shown.count(Kinds.CLUSTER)).isEqualTo(1);
    assertThatThrownBy(() -> shown.count(Kinds.VM))
        .isInstanceOf(InventoryUnavailable.class)
        .hasMessageContaining("kind vm could not be loaded");
    try (Connection connection = connect()) {
      Feed.catchUp(connection, Feed.head(connection), published);
      connection.rollback();
    }
    assertThat(published.snapshot().count(Kinds.VM)).isEqualTo(3);
    assertThat(published.snapshot().broken()).isFalse();
  }

  @Test
  void aDocumentThatCannotBeReadIsNamed() throws Exception {
    try (Connection connection = connect()) {
      connection.createStatement().execute("update entity set document = '[]' where id = '2'");
      connection.commit();
    }
    try (Database other = Database.open(database.config());
        Inventory fresh = Inventory.open(other)) {
      assertThat(fresh.snapshot().find(Kinds.VM, "1").orElseThrow().value().name())
          .isEqualTo("vm1");
      Entity<Vm> broken = fresh.snapshot().find(Kinds.VM, "2").orElseThrow();
      assertThatThrownBy(broken::value).hasMessageContaining("vm/2");
    }
  }
}

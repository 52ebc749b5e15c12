package io.overt.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.inventory.postgres.BundledPostgres;
import io.overt.model.types.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  @Test
  void noAcknowledgedWriteIsLostWhenTheServerIsKilled(@TempDir Path directory) throws Exception {
    try (BundledPostgres postgres = BundledPostgres.start(directory.resolve("postgres"));
        Database database = Database.open(postgres.config());
        Inventory inventory = Inventory.open(database);
        Database otherDatabase = Database.open(postgres.config());
        Inventory other = Inventory.open(otherDatabase);
        ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int writer = 0; writer < 8; writer++) {
        int number = writer;
        Inventory node = writer % 2 == 0 ? inventory : other;
        running.add(writers.submit(() -> writeUntilTheEnd(node, number)));
      }
      try {
        for (int crash = 0; crash < 3; crash++) {
          int before = acknowledged.size();
          await(() -> acknowledged.size() >= before + 50);
          // backends outlive the server that was killed for a moment and acknowledge: it may not be
          // back yet
          await(() -> ProcessHandle.of(postgres.pid()).isPresent());
          ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();
        }
        int before = acknowledged.size();
        await(() -> acknowledged.size() >= before + 50);
      } finally {
        // whatever comes: the writers end, or the test never would
        ending = true;
      }
      for (Future<?> future : running) {
        future.get(30, TimeUnit.SECONDS);
      }
      long last = Math.max(inventory.snapshot().position(), other.snapshot().position());
      assertThat(inventory.awaitPosition(last, Duration.ofSeconds(10))).isTrue();
      assertThat(other.awaitPosition(last, Duration.ofSeconds(10))).isTrue();
      Set<String> shown = new HashSet<>();
      inventory.snapshot().all(Kinds.CLUSTER).forEach(cluster -> shown.add(cluster.id()));
      assertThat(shown).containsAll(acknowledged);
      assertThat(refused).noneMatch(shown::contains);
      shown.removeAll(acknowledged);
      assertThat(unknown).containsAll(shown);
      assertThat(other.snapshot().all(Kinds.CLUSTER))
          .isEqualTo(inventory.snapshot().all(Kinds.CLUSTER));
      try (Database third = Database.open(postgres.config());
          Inventory fresh = Inventory.open(third)) {
        assertThat(fresh.snapshot().all(Kinds.CLUSTER))
            .isEqualTo(inventory.snapshot().all(Kinds.CLUSTER));
      }
    }
  }

  private void writeUntilTheEnd(Inventory inventory, int writer) {
    for (int count = 0; !ending; count++) {
      String id = writer + "-" + count;
      try {
        inventory.change(t -> t.insert(Kinds.CLUSTER, new Cluster().id(id).name(id)));
        acknowledged.add(id);
      } catch (InventoryUnavailable e) {
        (e.outcomeUnknown() ? unknown : refused).add(id);
      }
    }
  }

  private static void await(java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    for (int turn = 0; turn < 9_000 && !condition.getAsBoolean(); turn++) {
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void readsGoOnAndWritesFailAtTheirDeadlineWithoutADatabase(@TempDir Path directory) {
    BundledPostgres postgres = BundledPostgres.start(directory.resolve("postgres"));
    InventoryConfig impatient =
        new InventoryConfig(
            Duration.ofMillis(500), Duration.ofMillis(100), Duration.ofHours(1), 100, 10);
    DatabaseConfig config = postgres.config();
    DatabaseConfig quick =
        new DatabaseConfig(
            config.url(), config.user(), config.password(), 3, Duration.ofSeconds(1));
    try (Database database = Database.open(quick);
        Inventory inventory = Inventory.open(database, impatient)) {
      inventory.change(t -> t.insert(Kinds.CLUSTER, new Cluster().id("a").name("a")));
      postgres.close();
      InventoryUnavailable failure =
          org.assertj.core.api.Assertions.catchThrowableOfType(
              InventoryUnavailable.class,
              () ->
                  inventory.change(t -> t.insert(Kinds.CLUSTER, new Cluster().id("b").name("b"))));
      assertThat(failure.outcomeUnknown()).isFalse();
      assertThat(inventory.snapshot().find(Kinds.CLUSTER, "a")).isPresent();
      assertThat(inventory.snapshot().find(Kinds.CLUSTER, "b")).isEmpty();
    }
  }
}

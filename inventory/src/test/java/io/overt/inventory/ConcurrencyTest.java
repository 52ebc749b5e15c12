package io.overt.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.inventory.testing.TestDatabase;
import io.overt.model.types.Cluster;
import io.overt.model.types.Event;
import io.overt.model.types.Tag;
import io.overt.model.types.Vm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
  private static final int WRITERS = 32;
  private static final int WRITES = 25;
  private static final int COUNTERS = 4;

  private final TestDatabase database = TestDatabase.create();
  private final Database secondDatabase = Database.open(database.config());
  private final Inventory first = database.inventory();
  private final Inventory second = Inventory.open(secondDatabase);

  @AfterEach
  void close() {
    first.close();
    second.close();
    secondDatabase.close();
    database.close();
  }

  /** What a listener saw, as text, so that two nodes can be compared. */
  private static final class Recorder implements ChangeListener {
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    private volatile long position;

    @Override
    public void changed(ChangeSet changes) {
      changes
          .changes()
          .forEach(
              c -> seen.add(changes.position() + " " + c.key() + " " + c.before() + c.after()));
      position = changes.position();
    }

    @Override
    public void resync(Snapshot snapshot) {
      seen.add("resync");
    }

    void await(long wanted) throws InterruptedException {
      for (int turn = 0; turn < 1_000 && position < wanted; turn++) {
        Thread.sleep(10);
      }
      assertThat(position).isEqualTo(wanted);
    }
  }

  @Test
  void twoNodesSeeEveryCommitOnceInOneOrderAndNoUpdateIsLost() throws Exception {
    first.change(
        t -> {
          t.insert(Kinds.CLUSTER, new Cluster().id("c").name("c"));
          for (int index = 0; index < COUNTERS; index++) {
            t.insert(Kinds.TAG, new Tag().id("t" + index).name("0-" + index));
          }
        });
    assertThat(second.awaitPosition(first.snapshot().position(), Duration.ofSeconds(5))).isTrue();
    Recorder onFirst = new Recorder();
    Recorder onSecond = new Recorder();
    AtomicInteger refused = new AtomicInteger();
    try (Subscription one = first.onChange(onFirst);
        Subscription two = second.onChange(onSecond);
        ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(one.start().position()).isEqualTo(two.start().position());
      List<Future<?>> running = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int number = writer;
        running.add(writers.submit(() -> write(number, refused)));
      }
      for (Future<?> future : running) {
        future.get(60, TimeUnit.SECONDS);
      }
      long last = Math.max(first.snapshot().position(), second.snapshot().position());
      assertThat(first.awaitPosition(last, Duration.ofSeconds(10))).isTrue();
      assertThat(second.awaitPosition(last, Duration.ofSeconds(10))).isTrue();
      onFirst.await(last);
      onSecond.await(last);
    }
    assertThat(onFirst.seen).containsExactlyElementsOf(onSecond.seen);
    assertThat(onFirst.seen).doesNotContain("resync");
    for (Kind<?> kind : Kinds.all()) {
      assertThat(first.snapshot().all(kind)).isEqualTo(second.snapshot().all(kind));
    }
    assertThat(first.snapshot().count(Kinds.VM)).isEqualTo(WRITERS * WRITES);
    assertThat(first.snapshot().count(Kinds.EVENT)).isEqualTo(WRITERS * WRITES);
    assertThat(refused.get()).isPositive();
    int sum =
        first.snapshot().all(Kinds.TAG).stream()
            .mapToInt(tag -> Integer.parseInt(String.valueOf(tag.internal("count"))))
            .sum();
    assertThat(sum).isEqualTo(WRITERS * WRITES);
    try (Database third = Database.open(database.config());
        Inventory fresh = Inventory.open(third)) {
      for (Kind<?> kind : Kinds.all()) {
        assertThat(fresh.snapshot().all(kind)).isEqualTo(first.snapshot().all(kind));
      }
    }
  }

  /** Each write adds one to a counter that others fight for, one VM and one event. */
  private void write(int number, AtomicInteger refused) {
    Inventory inventory = number % 2 == 0 ? first : second;
    for (int count = 0; count < WRITES; count++) {
      String id = number + "-" + count;
      for (boolean done = false; !done; ) {
        try {
          inventory.change(t -> increment(t, id, number % COUNTERS));
          done = true;
        } catch (StaleEntity e) {
          refused.incrementAndGet();
        }
      }
      assertThat(inventory.snapshot().find(Kinds.VM, id)).isPresent();
    }
  }

  private static void increment(Transaction transaction, String id, int counter) {
    Entity<Tag> tag = transaction.find(Kinds.TAG, "t" + counter).orElseThrow();
    String count = tag.internal("count");
    int next = count == null ? 1 : Integer.parseInt(count) + 1;
    transaction.update(tag, tag.value(), Map.of("count", Integer.toString(next)));
    transaction.insert(
        Kinds.VM, new Vm().id(id).name(id).cluster(new Cluster().id("c")), null, Map.of());
    transaction.append(
        Kinds.EVENT, n -> new Event().id(Long.toString(n)).description(id), null, Map.of());
  }

  @Test
  void aNodeThatFellBehindWhatIsKeptLoadsEverything() throws Exception {
    second.close();
    try (Database thirdDatabase = Database.open(database.config())) {
      InventoryConfig slow =
          new InventoryConfig(
              Duration.ofSeconds(15), Duration.ofMillis(100), Duration.ofHours(1), 100, 10);
      try (Inventory third = Inventory.open(thirdDatabase, slow)) {
        Recorder recorder = new Recorder();
        try (Subscription subscription = third.onChange(recorder)) {
          long start = subscription.start().position();
          // What a long absence looks like: entries were written and pruned unseen.
          database
              .database()
              .jdbi()
              .useTransaction(
                  h -> {
                    h.execute(
                        "insert into entity (kind, id, version, document)"
                            + " values ('cluster', 'x', 5, '{\"id\":\"x\",\"name\":\"x\"}')");
                    h.execute("update feed set position = position + 5");
                  });
          assertThat(third.awaitPosition(start + 5, Duration.ofSeconds(5))).isTrue();
          assertThat(third.snapshot().find(Kinds.CLUSTER, "x")).isPresent();
          third.change(t -> t.insert(Kinds.CLUSTER, new Cluster().id("y").name("y")));
          recorder.await(start + 6);
          assertThat(recorder.seen.peek()).isEqualTo("resync");
        }
      }
    }
  }

  @Test
  void aSlowListenerIsToldToResyncAndHoldsUpNobody() throws Exception {
    InventoryConfig small =
        new InventoryConfig(
            Duration.ofSeconds(15), Duration.ofSeconds(2), Duration.ofHours(1), 3, 10);
    try (Inventory inventory = Inventory.open(database.database(), small)) {
      Recorder recorder = new Recorder();
      CountDownLatch go = new CountDownLatch(1);
      ChangeListener slow =
          new ChangeListener() {
            @Override
            public void changed(ChangeSet changes) {
              await(go);
              recorder.changed(changes);
            }

            @Override
            public void resync(Snapshot snapshot) {
              recorder.resync(snapshot);
              recorder.position = snapshot.position();
            }
          };
      try (Subscription subscription = inventory.onChange(slow)) {
        long start = subscription.start().position();
        for (int index = 0; index < 10; index++) {
          String id = "c" + index;
          inventory.change(t -> t.insert(Kinds.CLUSTER, new Cluster().id(id).name(id)));
        }
        assertThat(inventory.snapshot().count(Kinds.CLUSTER)).isEqualTo(10);
        go.countDown();
        recorder.await(start + 10);
        assertThat(recorder.seen).contains("resync");
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

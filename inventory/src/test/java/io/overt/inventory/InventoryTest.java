package io.overt.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.overt.inventory.testing.TestDatabase;
import io.overt.model.types.AffinityLabel;
import io.overt.model.types.Cdrom;
import io.overt.model.types.Cluster;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.Event;
import io.overt.model.types.Host;
import io.overt.model.types.Nic;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.StorageDomainLease;
import io.overt.model.types.Tag;
import io.overt.model.types.Vm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private final TestDatabase database = TestDatabase.create();
  private final Inventory inventory = database.inventory();

  @BeforeEach
  void cluster() {
    inventory.change(
        t -> {
          t.insert(Kinds.CLUSTER, new Cluster().id("c1").name("Default"));
          t.insert(Kinds.CLUSTER, new Cluster().id("c2").name("Other"));
        });
  }

  @AfterEach
  void close() {
    inventory.close();
    database.close();
  }

  private static Vm vm(String id, String name) {
    return new Vm().id(id).name(name).cluster(new Cluster().id("c1").name("not kept"));
  }

  private Entity<Vm> vm(String id) {
    return inventory.snapshot().find(Kinds.VM, id).orElseThrow();
  }

  private Snapshot reloaded() {
    try (Database other = Database.open(database.config());
        Inventory fresh = Inventory.open(other)) {
      fresh.prepare();
      return fresh.snapshot();
    }
  }

  private void assertStoredAsShown() {
    Snapshot stored = reloaded();
    assertThat(stored.position()).isEqualTo(inventory.snapshot().position());
    for (Kind<?> kind : Kinds.all()) {
      assertThat(stored.all(kind)).isEqualTo(inventory.snapshot().all(kind));
    }
  }

  @Test
  void aWriteIsInTheSnapshotAndInTheDatabaseWhenItReturns() {
    inventory.change(
        t -> t.insert(Kinds.VM, vm("1", "a").memory(5L), null, Map.of("secret", "ä\"x")));
    assertThat(vm("1").value().memory()).isEqualTo(5L);
    assertThat(vm("1").value().cluster()).isEqualTo(new Cluster().id("c1"));
    assertThat(vm("1").version()).isEqualTo(inventory.snapshot().position());
    assertStoredAsShown();
    assertThat(reloaded().find(Kinds.VM, "1").orElseThrow().internal("secret")).isEqualTo("ä\"x");
  }

  @Test
  void nothingIsWrittenWhenTheFunctionThrows() {
    long position = inventory.snapshot().position();
    assertThatThrownBy(
            () ->
                inventory.change(
                    t -> {
                      t.insert(Kinds.VM, vm("1", "a"));
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(inventory.snapshot().position()).isEqualTo(position);
    assertStoredAsShown();
  }

  @Test
  void anUpdateOfAnOldStateIsRefused() {
    inventory.change(t -> t.insert(Kinds.VM, vm("1", "a")));
    Entity<Vm> old = vm("1");
    inventory.change(t -> t.update(old, old.value().copy().memory(1L)));
    assertThatThrownBy(() -> inventory.change(t -> t.update(old, old.value().copy().memory(2L))))
        .isInstanceOf(StaleEntity.class);
    assertThatThrownBy(() -> inventory.change(t -> t.delete(old))).isInstanceOf(StaleEntity.class);
    assertThat(vm("1").value().memory()).isEqualTo(1L);
    assertStoredAsShown();
  }

  @Test
  void aTransactionSeesAndBuildsOnItsOwnWrites() {
    inventory.change(
        t -> {
          Entity<Vm> first = t.insert(Kinds.VM, vm("1", "a"));
          Entity<Vm> second = t.update(first, first.value().copy().name("b"));
          assertThat(t.find(Kinds.VM, "1")).contains(second);
          assertThat(t.current().byName(Kinds.VM, "", "b")).contains(second);
          assertThatThrownBy(() -> t.update(first, first.value())).isInstanceOf(StaleEntity.class);
        });
    assertThat(vm("1").value().name()).isEqualTo("b");
    assertStoredAsShown();
  }

  @Test
  void namesAreUniqueWithinTheirScope() {
    inventory.change(t -> t.insert(Kinds.VM, vm("1", "a")));
    DuplicateName duplicate =
        catchThrowableOfType(
            DuplicateName.class, () -> inventory.change(t -> t.insert(Kinds.VM, vm("2", "a"))));
    assertThat(duplicate.name()).isEqualTo("a");
    inventory.change(t -> t.insert(Kinds.VM, vm("2", "A")));
    inventory.change(
        t -> {
          t.insert(Kinds.NIC, new Nic().id("n1").name("nic1"), vm("1").key());
          t.insert(Kinds.NIC, new Nic().id("n2").name("nic1"), vm("2").key());
        });
    assertThatThrownBy(
            () ->
                inventory.change(
                    t -> t.insert(Kinds.NIC, new Nic().id("n3").name("nic1"), vm("2").key())))
        .isInstanceOf(DuplicateName.class);
    assertThat(inventory.snapshot().byName(Kinds.VM, "", "a")).contains(vm("1"));
    assertThat(inventory.snapshot().byName(Kinds.NIC, "2", "nic1").orElseThrow().id())
        .isEqualTo("n2");
    assertStoredAsShown();
  }

  @Test
  void namesMayBeSwappedAndTakenOverInOneTransaction() {
    inventory.change(
        t -> {
          t.insert(Kinds.VM, vm("1", "a"));
          t.insert(Kinds.VM, vm("2", "b"));
        });
    inventory.change(
        t -> {
          t.update(vm("1"), vm("1").value().copy().name("b"));
          t.update(vm("2"), vm("2").value().copy().name("a"));
        });
    assertThat(inventory.snapshot().byName(Kinds.VM, "", "a")).contains(vm("2"));
    inventory.change(
        t -> {
          t.delete(vm("2"));
          t.insert(Kinds.VM, vm("3", "a"));
        });
    assertThat(inventory.snapshot().byName(Kinds.VM, "", "a")).contains(vm("3"));
    assertStoredAsShown();
  }

  @Test
  void referencesMustExistAndHoldTheirTargets() {
    inventory.change(
        t -> t.insert(Kinds.VM, vm("1", "a").host(new Host().id("nowhere")), null, Map.of()));
    MissingReference missing =
        catchThrowableOfType(
            MissingReference.class,
            () ->
                inventory.change(
                    t -> t.insert(Kinds.VM, vm("2", "b").cluster(new Cluster().id("c9")))));
    assertThat(missing.member()).isEqualTo("cluster");
    assertThat(missing.id()).isEqualTo("c9");
    Entity<Cluster> cluster = inventory.snapshot().find(Kinds.CLUSTER, "c1").orElseThrow();
    StillReferenced referenced =
        catchThrowableOfType(StillReferenced.class, () -> inventory.change(t -> t.delete(cluster)));
    assertThat(referenced.by()).isEqualTo(new Key("vm", "1"));
    assertThatThrownBy(
            () ->
                inventory.change(
                    t ->
                        t.insert(
                            Kinds.VM,
                            vm("2", "b")
                                .lease(
                                    new StorageDomainLease()
                                        .storageDomain(new StorageDomain().id("s"))))))
        .hasMessageContaining("lease.storage_domain");
    assertThat(inventory.snapshot().referrers(Kinds.VM, "cluster", "c1")).containsExactly(vm("1"));
    assertThat(inventory.snapshot().referrers(Kinds.VM, "host", "nowhere"))
        .containsExactly(vm("1"));
    inventory.change(
        t -> t.update(vm("1"), vm("1").value().copy().cluster(new Cluster().id("c2"))));
    inventory.change(t -> t.delete(cluster));
    assertThat(inventory.snapshot().referrers(Kinds.VM, "cluster", "c1")).isEmpty();
    assertStoredAsShown();
  }

  @Test
  void aDeletionTakesWhatIsOwnedAndWhatFollows() {
    inventory.change(
        t -> {
          Key first = t.insert(Kinds.VM, vm("1", "a")).key();
          Key second = t.insert(Kinds.VM, vm("2", "b")).key();
          t.insert(Kinds.DISK, new Disk().id("d").name("d"));
          for (Key owner : List.of(first, second)) {
            t.insert(
                Kinds.DISK_ATTACHMENT,
                new DiskAttachment().id("d").disk(new Disk().id("d")),
                owner);
            t.insert(Kinds.CDROM, new Cdrom().id("0"), owner);
          }
          t.insert(
              Kinds.AFFINITY_LABEL,
              new AffinityLabel()
                  .id("l")
                  .name("l")
                  .vms(List.of(new Vm().id("1"), new Vm().id("2"))));
        });
    assertThat(inventory.snapshot().find(Kinds.CDROM, vm("2").key(), "0")).isPresent();
    assertThat(inventory.snapshot().owned(Kinds.DISK_ATTACHMENT, vm("1").key())).hasSize(1);
    inventory.change(t -> t.delete(vm("1")));
    assertThat(inventory.snapshot().all(Kinds.CDROM)).hasSize(1);
    assertThat(inventory.snapshot().find(Kinds.AFFINITY_LABEL, "l").orElseThrow().value().vms())
        .containsExactly(new Vm().id("2"));
    assertStoredAsShown();
    inventory.change(t -> t.delete(inventory.snapshot().find(Kinds.DISK, "d").orElseThrow()));
    assertThat(inventory.snapshot().all(Kinds.DISK_ATTACHMENT)).isEmpty();
    assertStoredAsShown();
  }

  @Test
  void aLateWriteIntoADeletedOwnerIsRefused() {
    inventory.change(t -> t.insert(Kinds.VM, vm("1", "a")));
    Entity<Vm> gone = vm("1");
    inventory.change(t -> t.delete(gone));
    assertThatThrownBy(
            () -> inventory.change(t -> t.insert(Kinds.CDROM, new Cdrom().id("0"), gone.key())))
        .isInstanceOf(MissingReference.class)
        .hasMessageContaining("owner");
  }

  @Test
  void whatAWeakReferenceWasBuiltOnMustStillStand() {
    inventory.change(
        t -> {
          t.insert(Kinds.VM, vm("1", "a"));
          t.insert(Kinds.VM, vm("2", "b"));
          t.insert(
              Kinds.AFFINITY_LABEL,
              new AffinityLabel().id("l").name("l").vms(List.of(new Vm().id("1"))));
        });
    assertThatThrownBy(
            () ->
                inventory.change(
                    t -> {
                      t.delete(t.find(Kinds.VM, "1").orElseThrow());
                      Entity<AffinityLabel> own = t.find(Kinds.AFFINITY_LABEL, "l").orElseThrow();
                      addSecondVmMeanwhile();
                      t.update(own, own.value().copy().name("m"));
                    }))
        .isInstanceOf(StaleEntity.class);
    assertThat(vm("1")).isNotNull();
  }

  private void addSecondVmMeanwhile() {
    inventory.change(
        t -> {
          Entity<AffinityLabel> label = t.find(Kinds.AFFINITY_LABEL, "l").orElseThrow();
          t.update(label, label.value().copy().vms(List.of(new Vm().id("1"), new Vm().id("2"))));
        });
  }

  @Test
  void decisionsOnAKindAreRefusedWhenItChanged() {
    assertThatThrownBy(
            () ->
                inventory.change(
                    t -> {
                      t.requireUnchanged(Kinds.VM);
                      inventory.change(u -> u.insert(Kinds.VM, vm("1", "a")));
                      t.insert(Kinds.VM, vm("2", "b"));
                    }))
        .isInstanceOf(StaleEntity.class);
    int[] runs = {0};
    inventory.writeRetrying(
        t -> {
          t.requireUnchanged(Kinds.VM);
          if (runs[0]++ == 0) {
            inventory.change(u -> u.insert(Kinds.VM, vm("3", "c")));
          }
          return t.insert(Kinds.VM, vm("2", "b"));
        });
    assertThat(runs[0]).isEqualTo(2);
  }

  @Test
  void aConditionIsTestedOnWhatOthersCommittedMeanwhile() {
    int[] runs = {0};
    inventory.writeRetrying(
        t -> {
          int seen = t.snapshot().count(Kinds.VM);
          t.require("as many machines as seen", newest -> newest.count(Kinds.VM) == seen);
          if (runs[0]++ == 0) {
            inventory.change(u -> u.insert(Kinds.VM, vm("1", "a")));
          }
          return t.insert(Kinds.VM, vm("2", "b" + seen));
        });
    assertThat(runs[0]).isEqualTo(2);
    assertThat(vm("2").value().name()).isEqualTo("b1");
    assertThatThrownBy(
            () ->
                inventory.change(
                    t -> {
                      t.require("no machine at all", newest -> newest.count(Kinds.VM) == 0);
                      t.insert(Kinds.VM, vm("3", "c"));
                    }))
        .isInstanceOf(StaleEntity.class)
        .hasMessageContaining("no machine at all");
    assertStoredAsShown();
  }

  @Test
  void appendedEntitiesAreNumberedInTheOrderOfCommits() {
    for (int index = 0; index < 12; index++) {
      inventory.change(
          t -> {
            append(t, "first");
            append(t, "second");
          });
    }
    assertThatThrownBy(
            () ->
                inventory.change(
                    t -> {
                      append(t, "never");
                      t.insert(Kinds.VM, vm("1", "a").cluster(new Cluster().id("c9")));
                    }))
        .isInstanceOf(MissingReference.class);
    List<Entity<Event>> events = inventory.snapshot().all(Kinds.EVENT);
    assertThat(events).hasSize(24);
    assertThat(events.getFirst().id()).isEqualTo("24");
    assertThat(events.getFirst().value().description()).isEqualTo("second");
    assertThat(events.getLast().id()).isEqualTo("1");
    assertStoredAsShown();
  }

  private static void append(Transaction transaction, String description) {
    transaction.append(
        Kinds.EVENT,
        number -> new Event().id(Long.toString(number)).description(description),
        null,
        Map.of());
  }

  @Test
  void sqlOfOtherModulesCommitsWithTheEntitiesOrNotAtAll() {
    database.database().jdbi().useHandle(h -> h.execute("create table lease (name text unique)"));
    inventory.change(
        t -> {
          t.sql(handle -> handle.execute("insert into lease values ('x')"));
          t.insert(Kinds.VM, vm("1", "a"));
        });
    assertThatThrownBy(
            () ->
                inventory.change(
                    t -> {
                      t.sql(handle -> handle.execute("insert into lease values ('y')"));
                      t.insert(Kinds.VM, vm("2", "a"));
                    }))
        .isInstanceOf(DuplicateName.class);
    assertThatThrownBy(
            () ->
                inventory.change(
                    t -> {
                      t.sql(handle -> handle.execute("insert into lease values ('x')"));
                      t.insert(Kinds.VM, vm("3", "c"));
                    }))
        .hasMessageContaining("duplicate key");
    inventory.change(t -> t.sql(handle -> handle.execute("insert into lease values ('z')")));
    List<String> leases =
        database
            .database()
            .jdbi()
            .withHandle(
                h ->
                    h.createQuery("select name from lease order by name")
                        .mapTo(String.class)
                        .list());
    assertThat(leases).containsExactly("x", "z");
    assertThat(inventory.snapshot().all(Kinds.VM)).hasSize(1);
    assertStoredAsShown();
  }

  @Test
  void theDatabaseItselfRefusesWhatTheSnapshotDoesNotKnow() {
    inventory.change(t -> t.insert(Kinds.VM, vm("1", "a")));
    database
        .database()
        .jdbi()
        .useHandle(
            h -> {
              h.execute(
                  "insert into unique_name (kind, scope, name, id) values ('vm', '', 'b', '1')");
              h.execute("insert into entity_reference values ('vm', '1', 'x', 'cluster', 'c2')");
              h.execute(
                  "insert into entity (kind, id, version, document) values ('tag','t',1,'{}')");
            });
    assertThatThrownBy(() -> inventory.change(t -> t.insert(Kinds.VM, vm("2", "b"))))
        .isInstanceOf(DuplicateName.class)
        .hasMessageContaining("b");
    assertThatThrownBy(
            () -> inventory.change(t -> t.insert(Kinds.TAG, new Tag().id("t").name("t"))))
        .isInstanceOf(DuplicateName.class);
    assertThatThrownBy(
            () ->
                inventory.change(
                    t -> t.delete(inventory.snapshot().find(Kinds.CLUSTER, "c2").orElseThrow())))
        .isInstanceOf(StillReferenced.class);
    database
        .database()
        .jdbi()
        .useHandle(h -> h.execute("update entity set version = 77 where kind = 'vm'"));
    assertThatThrownBy(
            () -> inventory.change(t -> t.update(vm("1"), vm("1").value().copy().memory(1L))))
        .isInstanceOf(StaleEntity.class);
    database.database().jdbi().useHandle(h -> h.execute("delete from entity where kind = 'vm'"));
    database
        .database()
        .jdbi()
        .useHandle(h -> h.execute("delete from entity where id in ('c1', 'c2')"));
    assertThatThrownBy(() -> inventory.change(t -> t.insert(Kinds.VM, vm("9", "z"))))
        .isInstanceOf(MissingReference.class);
  }

  @Test
  void listenersLearnEveryChangeInOrder() throws Exception {
    BlockingQueue<ChangeSet> seen = new LinkedBlockingQueue<>();
    try (Subscription subscription = inventory.onChange(listener(seen))) {
      long start = subscription.start().position();
      inventory.change(t -> t.insert(Kinds.VM, vm("1", "a")));
      inventory.change(t -> t.update(vm("1"), vm("1").value().copy().name("b")));
      inventory.change(t -> t.delete(vm("1")));
      for (int index = 1; index <= 3; index++) {
        ChangeSet set = seen.poll(5, TimeUnit.SECONDS);
        assertThat(set).isNotNull();
        assertThat(set.position()).isEqualTo(start + index);
        Change change = set.changes().getFirst();
        assertThat(change.before() == null).isEqualTo(index == 1);
        assertThat(change.after() == null).isEqualTo(index == 3);
      }
    }
  }

  private static ChangeListener listener(BlockingQueue<ChangeSet> seen) {
    return new ChangeListener() {
      @Override
      public void changed(ChangeSet changes) {
        seen.add(changes);
      }

      @Override
      public void resync(Snapshot snapshot) {
        throw new AssertionError("not asked for");
      }
    };
  }

  @Test
  void numbersOfASequenceAscend() {
    long first = inventory.write(t -> t.nextNumber("job"));
    long second = inventory.write(t -> t.nextNumber("job"));
    assertThat(List.of(first, second)).containsExactly(1L, 2L);
  }

  @Test
  void listsAreInOrderAfterEveryKindOfChange() {
    inventory.change(
        t -> {
          for (int index = 0; index < 50; index++) {
            t.insert(Kinds.VM, vm("id" + index, "vm" + (index * 7 % 50)));
          }
        });
    List<Entity<Vm>> before = inventory.snapshot().all(Kinds.VM);
    assertThat(before).isSortedAccordingTo(Kinds.VM.order()).hasSize(50);
    inventory.change(
        t -> {
          t.update(before.get(3), before.get(3).value().copy().name("zzz"));
          t.update(before.get(4), before.get(4).value().copy().memory(1L));
          t.delete(before.get(5));
          t.insert(Kinds.VM, vm("new", "vm25x"));
        });
    assertThat(inventory.snapshot().all(Kinds.VM))
        .isSortedAccordingTo(Kinds.VM.order())
        .hasSize(50)
        .hasSameElementsAs(reloaded().all(Kinds.VM));
    assertThat(inventory.snapshot().all(Kinds.VM).getLast().id()).isEqualTo(before.get(3).id());
  }

  @Test
  void anotherNodeFollowsAndCanBeAwaited() throws Exception {
    try (Database otherDatabase = Database.open(database.config());
        Inventory other = Inventory.open(otherDatabase)) {
      inventory.change(t -> t.insert(Kinds.VM, vm("1", "a")));
      assertThat(other.awaitPosition(inventory.snapshot().position(), Duration.ofSeconds(5)))
          .isTrue();
      assertThat(other.snapshot().find(Kinds.VM, "1")).contains(vm("1"));
      assertThat(other.awaitPosition(Long.MAX_VALUE, Duration.ofMillis(10))).isFalse();
    }
  }
}

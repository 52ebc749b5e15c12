package io.overt.engine.webadmin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.access.permissions.WellKnown;
import io.overt.access.session.Caller;
import io.overt.engine.TestCall;
import io.overt.engine.TestEngine;
import io.overt.fleet.Reports;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.model.types.Bookmark;
import io.overt.model.types.Cluster;
import io.overt.model.types.Nic;
import io.overt.model.types.Permission;
import io.overt.model.types.Role;
import io.overt.model.types.User;
import io.overt.model.types.Vm;
import io.overt.rest.api.Extension;
import io.overt.rest.events.Message;
import io.overt.rest.events.MessageSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChangesTest {
  private static TestEngine engine;
  private static Changes changes;
  private final String cluster = engine.platform().snapshot().all(Kinds.CLUSTER).getFirst().id();
  private final String vm = UUID.randomUUID().toString();

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
    changes = new Changes(engine.platform(), Reports::new);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static MessageSource watch(TestCall call) {
    Extension.Teller teller = (Extension.Teller) changes.extension().work();
    return teller.tell(new Extension.Request(call, Map.of(), Map.of()));
  }

  private static List<Message> next(MessageSource source) {
    try {
      return source.next(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Message> silence(MessageSource source) throws InterruptedException {
    return source.next(Duration.ofMillis(300));
  }

  private static Message change(String collections) {
    return new Message(null, "change", "{\"collections\":{" + collections + "},\"more\":false}");
  }

  private void addMachine() {
    engine
        .inventory()
        .change(
            transaction ->
                transaction.insert(
                    Kinds.VM, new Vm().id(vm).name(vm).cluster(new Cluster().id(cluster))));
  }

  @Test
  void changesOfOneMomentAreToldTogetherByCollection() {
    String bookmark = UUID.randomUUID().toString();
    try (MessageSource page = watch(engine.call())) {
      engine
          .inventory()
          .change(
              transaction -> {
                transaction.insert(
                    Kinds.VM, new Vm().id(vm).name(vm).cluster(new Cluster().id(cluster)));
                transaction.insert(
                    Kinds.BOOKMARK, new Bookmark().id(bookmark).name("mine").value("Vms:"));
              });
      assertThat(next(page))
          .containsExactly(change("\"bookmarks\":[\"" + bookmark + "\"],\"vms\":[\"" + vm + "\"]"));
    }
  }

  @Test
  void partsAreToldAsTheObjectThatTheyBelongTo() {
    addMachine();
    try (MessageSource page = watch(engine.call())) {
      engine
          .inventory()
          .change(
              transaction ->
                  transaction.insert(
                      Kinds.NIC,
                      new Nic().id(UUID.randomUUID().toString()).name("nic1"),
                      Kinds.VM.key(vm),
                      Map.of()));
      assertThat(next(page)).containsExactly(change("\"vms\":[\"" + vm + "\"]"));
    }
  }

  @Test
  void usersHearOfWhatTheySeeAlone() throws InterruptedException {
    String bob = UUID.randomUUID().toString();
    try (MessageSource all = watch(engine.call())) {
      engine
          .inventory()
          .change(
              transaction ->
                  transaction.insert(
                      Kinds.USER,
                      new User().id(bob).name("bob").userName(bob + "@internal-authz")));
      // it has been told by now
      assertThat(next(all)).hasSize(1);
    }
    Caller caller = engine.caller(bob, false);
    try (MessageSource page = watch(new TestCall(caller))) {
      addMachine();
      assertThat(silence(page)).isEmpty();
      grant(bob);
      assertThat(next(page)).containsExactly(new Message(null, "reset", "{}"));
      engine
          .inventory()
          .change(
              transaction ->
                  transaction.update(
                      transaction.find(Kinds.VM, vm).orElseThrow(),
                      new Vm().id(vm).name(vm + "-2").cluster(new Cluster().id(cluster))));
      assertThat(next(page)).containsExactly(change("\"vms\":[\"" + vm + "\"]"));
    }
  }

  private void grant(String user) {
    engine
        .inventory()
        .change(
            transaction ->
                transaction.insert(
                    Kinds.PERMISSION,
                    new Permission()
                        .id(UUID.randomUUID().toString())
                        .role(new Role().id(WellKnown.USER_ROLE))
                        .user(new User().id(user))
                        .vm(new Vm().id(vm)),
                    Kinds.VM.key(vm),
                    Map.of()));
  }

  @Test
  void whoSawAnObjectHearsOfItsEnd() {
    addMachine();
    try (MessageSource page = watch(engine.call())) {
      engine
          .inventory()
          .change(transaction -> transaction.delete(transaction.find(Kinds.VM, vm).orElseThrow()));
      assertThat(next(page)).containsExactly(change("\"vms\":[\"" + vm + "\"]"));
    }
  }

  @Test
  void anEndThatIsHeardOfAfterOtherNewsIsToldToo() {
    addMachine();
    Watch page =
        new Watch(engine.platform(), engine.call().context(Caller.class), false, gone -> {});
    engine
        .inventory()
        .change(transaction -> transaction.delete(transaction.find(Kinds.VM, vm).orElseThrow()));
    page.add(List.of(Kinds.CLUSTER.key(cluster)));
    assertThat(next(page)).containsExactly(change("\"clusters\":[\"" + cluster + "\"]"));
    page.add(List.of(Kinds.VM.key(vm)), engine.platform().snapshot());
    assertThat(next(page)).containsExactly(change("\"vms\":[\"" + vm + "\"]"));
  }

  @Test
  void whoReadsTooSlowlyStartsAgain() throws InterruptedException {
    Watch slow =
        new Watch(engine.platform(), engine.call().context(Caller.class), false, gone -> {});
    List<Key> many = new ArrayList<>();
    for (int number = 0; number <= Watch.MOST_KEPT; number++) {
      many.add(Kinds.VM.key("machine-" + number));
    }
    slow.add(many);
    assertThat(next(slow)).containsExactly(new Message(null, "reset", "{}"));
    assertThat(silence(slow)).isEmpty();
  }

  @Test
  void whoComesBackStartsAgain() {
    try (MessageSource page = watch(engine.call().parameter("Last-Event-ID", "1"))) {
      assertThat(next(page)).containsExactly(new Message(null, "reset", "{}"));
    }
  }
}

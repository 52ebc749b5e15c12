package io.overt.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** libvirt's built-in driver for tests: a made-up host with one running domain, no daemon. */
class TestDriverTest {
  private Connection connection;

  @BeforeEach
  void open() {
    connection = Connection.open("test:///default");
  }

  @AfterEach
  void close() {
    connection.close();
  }

  @Test
  void tellsHostAndVersions() {
    assertThat(connection.alive()).isTrue();
    assertThat(connection.hostname()).isNotEmpty();
    assertThat(connection.libraryVersion()).isGreaterThanOrEqualTo(new Version(7, 0, 0));
    assertThat(connection.capabilities()).startsWith("<capabilities>");
    assertThat(connection.nodeInfo().cpus()).isPositive();
    assertThat(connection.nodeInfo().memoryKib()).isPositive();
  }

  @Test
  void listsAndFindsDomains() {
    assertThat(connection.domains()).extracting(Domain::name).containsExactly("test");
    Domain found = connection.domain("test");
    assertThat(connection.domain(found.uuid()).name()).isEqualTo("test");
    assertThat(connection.findDomain(UUID.randomUUID())).isEmpty();
    assertThat(found.info().vcpus()).isEqualTo(2);
    assertThat(found.xml()).contains("<name>test</name>");
  }

  @Test
  void mapsErrors() {
    assertThatThrownBy(() -> connection.domain("nobody"))
        .isInstanceOfSatisfying(
            LibvirtException.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(ErrorCode.NO_DOMAIN);
              assertThat(problem.number()).isEqualTo(42);
              assertThat(problem).hasMessageContaining("nobody");
            });
    assertThatThrownBy(() -> Connection.open("nonsense:///x")).isInstanceOf(LibvirtException.class);
    Domain domain = connection.domain("test");
    assertThatThrownBy(domain::resume)
        .isInstanceOfSatisfying(
            LibvirtException.class,
            problem -> assertThat(problem.code()).isNotEqualTo(ErrorCode.OK));
  }

  @Test
  void deliversEventsInOrder() throws InterruptedException {
    BlockingQueue<DomainEvent> events = new LinkedBlockingQueue<>();
    connection.listen(new Collector(events));
    Domain domain = connection.domain("test");
    domain.suspend();
    assertThat(domain.status())
        .isEqualTo(new DomainStatus(DomainState.PAUSED, DomainStatus.Reason.USER));
    domain.resume();
    List<LifecycleDetail> details =
        List.of(
            details(events.poll(10, TimeUnit.SECONDS)), details(events.poll(10, TimeUnit.SECONDS)));
    assertThat(details)
        .containsExactly(LifecycleDetail.SUSPENDED_PAUSED, LifecycleDetail.RESUMED_UNPAUSED);
  }

  private static LifecycleDetail details(DomainEvent event) {
    return ((DomainEvent.Lifecycle) event).detail();
  }

  @Test
  void refusesCallsAfterClose() {
    Domain domain = connection.domain("test");
    connection.close();
    assertThatThrownBy(domain::status)
        .isInstanceOfSatisfying(
            LibvirtException.class, problem -> assertThat(problem.connectionLost()).isTrue());
    assertThatThrownBy(connection::hostname).isInstanceOf(LibvirtException.class);
    assertThat(connection.alive()).isFalse();
  }

  @Test
  void servesManyVirtualThreads() throws InterruptedException {
    List<Thread> threads = new java.util.ArrayList<>();
    var failures = new java.util.concurrent.ConcurrentLinkedQueue<Throwable>();
    for (int index = 0; index < 200; index++) {
      String name = "nobody-" + index;
      threads.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  // The error text shows that each caller gets its own error and no other's.
                  assertThatThrownBy(() -> connection.domain(name)).hasMessageContaining(name);
                  assertThat(connection.domain("test").status().state())
                      .isEqualTo(DomainState.RUNNING);
                } catch (Throwable failure) {
                  failures.add(failure);
                }
              }));
    }
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
    }
    assertThat(failures).isEmpty();
  }

  private record Collector(BlockingQueue<DomainEvent> events) implements ConnectionListener {
    @Override
    public void event(DomainEvent event) {
      events.add(event);
    }

    @Override
    public void closed(CloseReason reason) {}
  }
}

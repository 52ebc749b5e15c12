package io.overt.vdsmrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends together over mutual TLS. */
class ClientServerTest {
  private static final SSLContext HOST = Tls.context(TestPki.ours().host());
  private static final SSLContext ENGINE = Tls.context(TestPki.ours().engine());

  private final ToyVerbs verbs = new ToyVerbs();
  private final LinkedBlockingQueue<String> ended = new LinkedBlockingQueue<>();
  private final RpcServer server = RpcServer.builder(verbs).tls(HOST).start();

  @AfterEach
  void close() {
    verbs.release.countDown();
    server.close();
  }

  @Test
  void callsVerbsAndGetsResultsAndErrors() {
    try (RpcClient client = client().connect()) {
      assertThat(client.call("Host.ping2", Map.of())).isEqualTo(true);
      Map<String, Object> params =
          Map.of("text", "é\0\n", "list", List.of(1L, 2.5), "map", Map.of());
      assertThat(client.call("Toy.echo", params)).isEqualTo(params);
      assertThatThrownBy(() -> client.call("VM.destroy", Map.of("vmID", "z")))
          .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.code()).isEqualTo(1))
          .hasMessage("Virtual machine does not exist");
      assertThatThrownBy(() -> client.call("No.verb", Map.of()))
          .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.code()).isEqualTo(-32601));
    }
  }

  @Test
  void listensOnceItsPredecessorHasLeft() throws Exception {
    try (ServerSocket predecessor = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) predecessor.getLocalSocketAddress();
      assertThatThrownBy(() -> RpcServer.builder(verbs).address(address).start())
          .hasMessageStartingWith("Cannot listen on " + address + ": ");
      Thread.startVirtualThread(
          () -> {
            try (predecessor) {
              Thread.sleep(300);
            } catch (IOException | InterruptedException failure) {
              throw new IllegalStateException(failure);
            }
          });
      try (RpcServer successor = RpcServer.builder(verbs).address(address).start()) {
        assertThat(successor.address()).isEqualTo(address);
      }
    }
  }

  @Test
  void knowsWhoIsAtTheOtherEnd() {
    try (RpcClient client = client().stompHost("simulated-7").connect()) {
      assertThat(client.call("Toy.who", Map.of(), null, "flow:1\n2"))
          .isEqualTo(
              Map.of(
                  "host", "simulated-7",
                  "flow", "flow:1\n2",
                  "cn", "engine.test",
                  "roles", List.of("engine"),
                  "names", List.of("engine.test")));
      assertThat(client.identity().alternativeNames()).containsExactly("localhost", "127.0.0.1");
      assertThat(client.identity().hasRole("host")).isTrue();
    }
  }

  @Test
  void deliversEventsInOrderToAListenerThatMayCall() throws Exception {
    var events = new LinkedBlockingQueue<String>();
    var holder = new LinkedBlockingQueue<RpcClient>();
    try (RpcClient client =
        client()
            .events(
                (method, params) -> {
                  RpcClient self = holder.peek();
                  events.add(method + params + self.call("Host.ping2", Map.of()));
                })
            .connect()) {
      holder.add(client);
      client.call("Host.ping2", Map.of());
      for (long i = 0; i < 50; i++) {
        assertThat(server.publish("|virt|VM_status|" + i, Map.of("notify_time", i))).isEqualTo(1);
      }
      for (int i = 0; i < 50; i++) {
        assertThat(events.poll(5, TimeUnit.SECONDS))
            .isEqualTo("|virt|VM_status|" + i + "{notify_time=" + i + "}true");
      }
      assertThat(server.publish("|a|b|c", Map.of(), peer -> peer.host().equals("other"))).isZero();
    }
  }

  @Test
  void sharesOneConnectionAmongManyThreads() throws Exception {
    try (RpcClient client = client().connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Object>> calls = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        Map<String, Object> params = Map.of("i", (long) i, "pad", "x".repeat(i * 100));
        calls.add(
            () -> {
              assertThat(client.call("Toy.echo", params)).isEqualTo(params);
              return true;
            });
      }
      for (Future<Object> each : threads.invokeAll(calls, 60, TimeUnit.SECONDS)) {
        assertThat(each.get()).isEqualTo(true);
      }
      assertThat(server.peerCount()).isEqualTo(1);
    }
  }

  @Test
  void carriesLargeBodiesBothWays() {
    try (RpcClient client = client().connect()) {
      Map<String, Object> params = Map.of("ovf", "é".repeat(8 << 20));

      assertThat(client.call("Toy.echo", params)).isEqualTo(params);
    }
  }

  @Test
  void refusesBodiesBeyondTheLimitWithoutLosingTheConnection() {
    RpcLimits small = RpcLimits.defaults().withSizes(1000, 10, 1 << 20);
    try (RpcServer narrow =
            RpcServer.builder(call -> "x".repeat(2000)).tls(HOST).limits(small).start();
        RpcClient client =
            RpcClient.builder("127.0.0.1", narrow.port()).tls(ENGINE).limits(small).connect()) {
      assertThatThrownBy(() -> client.call("A.b", Map.of()))
          .isInstanceOf(RpcException.class)
          .hasMessageContaining("more than 1000");
      assertThatThrownBy(() -> client.call("A.b", Map.of("a", "x".repeat(1000))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("more than 1000");
      assertThat(client.isOpen()).isTrue();
    }
  }

  @Test
  void givesUpACallAtItsDeadlineAndStaysOpen() {
    try (RpcClient client = client().connect()) {
      assertThatThrownBy(() -> client.call("Toy.wait", Map.of(), Duration.ofMillis(200), null))
          .isInstanceOf(RpcTimeoutException.class)
          .hasMessageContaining("Toy.wait");
      verbs.release.countDown();
      assertThat(client.call("Host.ping2", Map.of())).isEqualTo(true);
    }
  }

  @Test
  void tellsWaitingCallersAndTheListenerWhenTheServerCloses() throws Exception {
    try (RpcClient client = client().connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Object> call = threads.submit(() -> client.call("Toy.wait", Map.of()));
      assertThat(verbs.waiting.await(5, TimeUnit.SECONDS)).isTrue();
      server.close(Duration.ofMillis(100));

      assertThatThrownBy(() -> call.get(5, TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(RpcConnectionException.class);
      assertThat(ended.poll(5, TimeUnit.SECONDS)).contains("ended");
      assertThat(client.isOpen()).isFalse();
      assertThatThrownBy(() -> client.call("Host.ping2", Map.of()))
          .isInstanceOf(RpcConnectionException.class);
    }
    assertThat(ended).isEmpty();
  }

  @Test
  void answersRunningVerbsBeforeItCloses() throws Exception {
    try (RpcClient client = client().connect();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Object> call = threads.submit(() -> client.call("Toy.wait", Map.of()));
      assertThat(verbs.waiting.await(5, TimeUnit.SECONDS)).isTrue();
      Future<?> closing = threads.submit(() -> server.close(Duration.ofSeconds(5)));
      Thread.sleep(100);
      verbs.release.countDown();

      assertThat(call.get(5, TimeUnit.SECONDS)).isEqualTo("released");
      closing.get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void closesInGoodOrder() throws Exception {
    RpcClient client = client().connect();
    long start = System.nanoTime();
    client.close();
    client.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1500));
    assertThat(ended.poll(5, TimeUnit.SECONDS)).contains("closed by this side");
    assertThatThrownBy(() -> client.call("Host.ping2", Map.of()))
        .isInstanceOf(RpcConnectionException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void acceptsTheExpectedName(String name) {
    try (RpcClient client = client().expectedName(name).connect()) {
      assertThat(client.call("Host.ping2", Map.of())).isEqualTo(true);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.test", "127.0.0.2", "host.test"})
  void refusesAnotherHostsCertificate(String name) {
    assertThatThrownBy(() -> client().expectedName(name).connect())
        .isInstanceOf(RpcConnectionException.class)
        .hasMessageContaining(name);
  }

  @Test
  void refusesPeersOfAnotherAuthorityOnBothSides() {
    TlsMaterial stranger = TestPki.foreign().engine();
    assertThatThrownBy(() -> client().tls(Tls.context(stranger)).connect())
        .isInstanceOf(RpcConnectionException.class);
    // Shows a foreign certificate, although it trusts the server.
    TlsMaterial mixed =
        new TlsMaterial(
            stranger.certificate(), stranger.key(), TestPki.ours().engine().authority());
    assertThatThrownBy(() -> client().tls(Tls.context(mixed)).connect())
        .isInstanceOf(RpcConnectionException.class);
    assertThat(server.peerCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void speaksBothVersionsOfTls(String version) throws Exception {
    try (var socket =
        (SSLSocket) ENGINE.getSocketFactory().createSocket("127.0.0.1", server.port())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {version});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      var peer = new RawPeer(socket).connected();
      peer.subscribe("r", "1");
      peer.request("r", "{\"jsonrpc\":\"2.0\",\"method\":\"Host.ping2\",\"id\":1}");
      assertThat(peer.body()).contains("true");
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
    }
  }

  @Test
  void runsTwoHundredAndFiftyHostsInOneProcess() {
    List<RpcServer> hosts = new ArrayList<>();
    List<RpcClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 250; i++) {
        hosts.add(RpcServer.builder(verbs).tls(HOST).start());
        clients.add(
            RpcClient.builder("127.0.0.1", hosts.get(i).port())
                .tls(ENGINE)
                .stompHost("host-" + i)
                .connect());
      }
      IntStream.range(0, 250)
          .forEach(
              i ->
                  assertThat(clients.get(i).call("Toy.who", Map.of()))
                      .extracting("host")
                      .isEqualTo("host-" + i));
    } finally {
      clients.parallelStream().forEach(RpcClient::close);
      hosts.parallelStream().forEach(RpcServer::close);
    }
  }

  private RpcClient.Builder client() {
    return RpcClient.builder("127.0.0.1", server.port())
        .tls(ENGINE)
        .closed(cause -> ended.add(String.valueOf(cause.getMessage())));
  }
}

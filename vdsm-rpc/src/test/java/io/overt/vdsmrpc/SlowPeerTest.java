package io.overt.vdsmrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the server does about peers that are slow, silent, or send no end. */
class SlowPeerTest {
  private static final Duration SHORT = Duration.ofMillis(400);
  private final LinkedBlockingQueue<String> gone = new LinkedBlockingQueue<>();
  private final PeerListener listener =
      new PeerListener() {
        @Override
        public void disconnected(RpcPeer peer, String reason) {
          gone.add(reason);
        }
      };
  private final RpcServer server =
      RpcServer.builder(new ToyVerbs())
          .limits(
              RpcLimits.defaults().withTimeouts(SHORT, SHORT, SHORT).withSizes(1 << 20, 3, 4 << 20))
          .peers(listener)
          .start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void sendsHeartBeatsInTime() throws IOException {
    try (var peer = new RawPeer(server.port())) {
      peer.send("CONNECT\naccept-version:1.2\nheart-beat:0,300\n\n@");
      assertThat(peer.frame()).isEqualTo("CONNECTED\nversion:1.2\nheart-beat:1000,0\n\n@");

      long start = System.nanoTime();
      for (int i = 0; i < 4; i++) {
        assertThat(peer.next()).isEqualTo('\n');
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void dropsAPeerThatKeepsNoHeartBeat() throws Exception {
    try (var peer = new RawPeer(server.port())) {
      peer.send("CONNECT\naccept-version:1.2\nheart-beat:500,0\n\n@");
      assertThat(peer.frame()).contains("heart-beat:0,1000\n");
      peer.subscribe("jms.queue.events", "1");
      for (int i = 0; i < 4; i++) {
        Thread.sleep(600);
        peer.send("\n");
      }
      assertThat(gone).isEmpty();

      assertThat(gone.poll(5, TimeUnit.SECONDS)).contains("No heart-beat");
      assertThat(server.publish("|a|b|c", Map.of())).isZero();
      assertThat(peer.next()).isIn((int) '\n', -1);
    }
  }

  @Test
  void dropsAPeerThatNeverSaysConnectAndOneThatNeverEndsAFrame() throws Exception {
    try (var silent = new RawPeer(server.port());
        var dribbling = new RawPeer(server.port()).connected()) {
      assertThat(silent.next()).isEqualTo(-1);

      dribbling.send("SEND\ncontent-length:1000\n\n");
      for (int i = 0; i < 20 && gone.isEmpty(); i++) {
        Thread.sleep(100);
        sendIgnoringReset(dribbling, "x");
      }
      assertThat(gone.poll(5, TimeUnit.SECONDS)).contains("did not finish a frame");
    }
  }

  @Test
  void dropsAPeerThatNeverFinishesItsTlsHandshake() throws Exception {
    try (RpcServer secured =
            RpcServer.builder(new ToyVerbs())
                .tls(Tls.context(TestPki.ours().host()))
                .limits(RpcLimits.defaults().withTimeouts(SHORT, SHORT, SHORT))
                .start();
        var silent = new RawPeer(secured.port());
        var garbled = new RawPeer(secured.port());
        var dribbling = new RawPeer(secured.port())) {
      garbled.send("CONNECT\naccept-version:1.2\n\n@");
      // The start of a record that promises 16 KiB.
      dribbling.sendBytes(new byte[] {22, 3, 1, 0x40, 0});
      for (int i = 0; i < 10; i++) {
        Thread.sleep(100);
        sendIgnoringReset(dribbling, "x");
      }
      assertThat(silent.next()).isEqualTo(-1);
      assertThat(dribbling.next()).isEqualTo(-1);
      while (garbled.next() >= 0) {
        // An alert may come first.
      }
      assertThat(secured.peerCount()).isZero();
    }
  }

  @Test
  void dropsAPeerThatDribblesItsConnectFrame() throws Exception {
    try (var peer = new RawPeer(server.port())) {
      long start = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        Thread.sleep(100);
        sendIgnoringReset(peer, "\n");
      }
      assertThat(peer.next()).isEqualTo(-1);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void dropsAPeerThatReadsNothingWithoutHoldingUpOthers() throws Exception {
    try (var deaf = new RawPeer(server.port()).connected();
        var listening = new RawPeer(server.port()).connected()) {
      deaf.subscribe("jms.queue.events", "1");
      listening.subscribe("jms.queue.events", "1");
      awaitSubscriptions(deaf, listening);
      String large = "x".repeat(500_000);
      for (int i = 0; i < 40; i++) {
        server.publish("|a|b|" + i, Map.of("data", large));
        assertThat(listening.frame()).contains("|a|b|" + i + "\"");
      }

      assertThat(gone.poll(5, TimeUnit.SECONDS))
          .containsAnyOf("reads too slowly", "has read nothing");
    }
  }

  @Test
  void refusesConnectionsBeyondTheLimitUntilOneEnds() throws Exception {
    var first = new RawPeer(server.port()).connected();
    try (var _ = new RawPeer(server.port()).connected();
        var _ = new RawPeer(server.port()).connected();
        var fourth = new RawPeer(server.port())) {
      assertThat(fourth.next()).isEqualTo(-1);

      first.close();
      assertThat(gone.poll(5, TimeUnit.SECONDS)).isNotNull();
      Thread.sleep(100);
      try (var fifth = new RawPeer(server.port()).connected()) {
        fifth.subscribe("r", "1");
        fifth.request("r", "{\"jsonrpc\":\"2.0\",\"method\":\"Host.ping2\",\"id\":1}");
        assertThat(fifth.body()).contains("true");
      }
    }
  }

  @Test
  void refusesABodyBeyondTheLimitBeforeItComes() throws Exception {
    try (var peer = new RawPeer(server.port()).connected()) {
      peer.send("SEND\ncontent-length:1048577\n\n");

      assertThat(peer.next()).isEqualTo(-1);
      assertThat(gone.poll(5, TimeUnit.SECONDS)).contains("1048577 exceeds 1048576");
    }
  }

  private static void awaitSubscriptions(RawPeer... peers) throws IOException {
    for (RawPeer peer : peers) {
      peer.subscribe("r", "r");
      peer.request("r", "{\"jsonrpc\":\"2.0\",\"method\":\"Host.ping2\",\"id\":1}");
      peer.body();
    }
  }

  private static void sendIgnoringReset(RawPeer peer, String text) {
    try {
      peer.send(text);
    } catch (IOException closedAlready) {
      // What the caller waits for.
    }
  }
}

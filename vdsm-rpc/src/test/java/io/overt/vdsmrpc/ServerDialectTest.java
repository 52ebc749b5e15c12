package io.overt.vdsmrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server seen by peers that are nothing but bytes. */
class ServerDialectTest {
  private final ToyVerbs verbs = new ToyVerbs();
  private final LinkedBlockingQueue<String> gone = new LinkedBlockingQueue<>();
  private final RpcServer server =
      RpcServer.builder(verbs)
          .limits(RpcLimits.defaults().withCalls(2, 2))
          .peers(
              new PeerListener() {
                @Override
                public void disconnected(RpcPeer peer, String reason) {
                  gone.add(reason);
                }
              })
          .start();

  @AfterEach
  void close() {
    verbs.release.countDown();
    server.close();
  }

  @Test
  void repeatsTheExchangeOfTheEnginesJavaClient() throws IOException {
    try (var peer = new RawPeer(server.port())) {
      peer.send("CONNECT\naccept-version:1.2\nheart-beat:0,15000\nhost:localhost\n\n@");
      assertThat(peer.frame()).isEqualTo("CONNECTED\nversion:1.2\nheart-beat:15000,0\n\n@");

      peer.subscribe("jms.queue.events", "sub-1");
      peer.subscribe("jms.topic.vdsm_responses", "sub-2");
      peer.request(
          "jms.topic.vdsm_responses",
          "{\"jsonrpc\":\"2.0\",\"method\":\"Host.ping2\",\"params\":{},\"id\":\"id-1\"}");
      assertThat(peer.frame())
          .isEqualTo(
              "MESSAGE\ndestination:jms.topic.vdsm_responses\ncontent-type:application/json\n"
                  + "subscription:sub-2\ncontent-length:43\n\n"
                  + "{\"jsonrpc\":\"2.0\",\"id\":\"id-1\",\"result\":true}@");

      assertThat(server.publish("|virt|VM_status|vm-1", Map.of("notify_time", 2148550789L)))
          .isEqualTo(1);
      assertThat(peer.frame())
          .startsWith("MESSAGE\ndestination:jms.queue.events\n")
          .contains("\nsubscription:sub-1\n", "\ncontent-length:85\n")
          .endsWith(
              "{\"jsonrpc\":\"2.0\",\"method\":\"|virt|VM_status|vm-1\","
                  + "\"params\":{\"notify_time\":2148550789}}@");

      peer.send("UNSUBSCRIBE\nid:sub-1\n\n@DISCONNECT\nreceipt:r-1\n\n@");
      assertThat(peer.frame()).isEqualTo("RECEIPT\nreceipt-id:r-1\n\n@");
    }
  }

  @Test
  void speaksThePythonClientsDialect() throws IOException {
    try (var peer = new RawPeer(server.port())) {
      peer.send("CONNECT\naccept-version:1.2\nheart-beat:0,24000\nhost:h1\n\n@\n");
      assertThat(peer.frame()).isEqualTo("CONNECTED\nversion:1.2\nheart-beat:24000,0\n\n@");
      peer.subscribe("private-uuid", "sub-uuid");
      String body = "[{\"jsonrpc\":\"2.0\",\"method\":\"Toy.who\",\"params\":{},\"id\":\"i\"}]";
      peer.send(
          "SEND\novirtCorrelationId:flow\\c1\ndestination:jms.topic.vdsm_requests\n"
              + "reply-to:private-uuid\ncontent-type:application/json\ncontent-length:"
              + body.length()
              + "\n\n"
              + body
              + "@\n");

      assertThat(peer.frame())
          .startsWith("MESSAGE\ndestination:private-uuid\n")
          .contains("\nsubscription:sub-uuid\n")
          .contains(
              "{\"jsonrpc\":\"2.0\",\"id\":\"i\",\"result\":{\"host\":\"h1\",\"flow\":\"flow:1\"");
    }
  }

  @Test
  void answersOutOfOrderAndKeepsRequestsPerConnection() throws Exception {
    try (var first = new RawPeer(server.port()).connected();
        var second = new RawPeer(server.port()).connected()) {
      first.subscribe("r", "1");
      second.subscribe("r", "2");
      first.request("r", "{\"jsonrpc\":\"2.0\",\"method\":\"Toy.wait\",\"id\":7}");
      assertThat(verbs.waiting.await(5, TimeUnit.SECONDS)).isTrue();
      second.request("r", "{\"jsonrpc\":\"2.0\",\"method\":\"Host.ping2\",\"id\":7}");
      first.request("r", "{\"jsonrpc\":\"2.0\",\"method\":\"Host.ping2\",\"id\":8}");

      assertThat(second.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":true}");
      assertThat(first.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":8,\"result\":true}");
      verbs.release.countDown();
      assertThat(first.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\"released\"}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"a\":                                           | null | -32700",
        "[]                                                | null | -32600",
        "7                                                 | null | -32600",
        "{\"jsonrpc\":\"1.0\",\"method\":\"x\",\"id\":1}   | 1    | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1}                    | 1    | -32600",
        "{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"id\":{}}  | null | -32600",
        "{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"id\":null}| null | -32600",
        "{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"id\":1,\"params\":7} | 1 | -32600",
        "{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"id\":1}   | 1    | -32601",
        "{\"jsonrpc\":\"2.0\",\"method\":\"Toy.echo\",\"params\":[1,2,3],\"id\":1} | 1 | -32602",
        "{\"jsonrpc\":\"2.0\",\"method\":\"Toy.fail\",\"id\":1}        | 1 | -32603",
        "{\"jsonrpc\":\"2.0\",\"method\":\"Toy.unprintable\",\"id\":1} | 1 | -32603",
        "{\"jsonrpc\":\"2.0\",\"method\":\"VM.destroy\",\"params\":{\"vmID\":\"z\"},\"id\":1} | 1 | 1",
      })
  void answersAFaultWithItsCode(String request, String id, int code) throws IOException {
    try (var peer = new RawPeer(server.port()).connected()) {
      peer.subscribe("r", "1");
      peer.request("r", request);

      assertThat(peer.body())
          .startsWith("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":" + code + ",")
          .doesNotContain("the secret");
    }
  }

  @Test
  void namesPositionalParameters() throws IOException {
    try (var peer = new RawPeer(server.port()).connected()) {
      peer.subscribe("r", "1");
      peer.request(
          "r", "{\"jsonrpc\":\"2.0\",\"method\":\"Toy.echo\",\"params\":[1,[2]],\"id\":1}");

      assertThat(peer.body()).endsWith("\"result\":{\"first\":1,\"second\":[2]}}");
    }
  }

  @Test
  void answersALongerBatchInItsOrderAndANotificationNotAtAll() throws IOException {
    try (var peer = new RawPeer(server.port()).connected()) {
      peer.subscribe("r", "1");
      peer.request("r", "{\"jsonrpc\":\"2.0\",\"method\":\"Host.ping2\"}");
      peer.request(
          "r",
          "[{\"jsonrpc\":\"2.0\",\"method\":\"Host.ping2\",\"id\":1},"
              + "{\"jsonrpc\":\"2.0\",\"method\":\"Host.ping2\"},7,"
              + "{\"jsonrpc\":\"2.0\",\"method\":\"Toy.echo\",\"params\":{\"a\":null},\"id\":2}]");

      assertThat(peer.body())
          .isEqualTo(
              "[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":true},"
                  + "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":"
                  + "{\"code\":-32600,\"message\":\"A request is an object\"}},"
                  + "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"a\":null}}]");
    }
  }

  @Test
  void takesRequestsForStorageAndBelowARequestDestination() throws IOException {
    try (var peer = new RawPeer(server.port()).connected()) {
      peer.subscribe("r", "1");
      for (String to : List.of("jms.topic.vdsm_irs_requests", "jms.topic.vdsm_requests.x")) {
        peer.send(
            "SEND\r\ndestination:%s\r\nreply-to:r.deeper\r\n\r\n%s@\r\n"
                .formatted(to, "{\"jsonrpc\":\"2.0\",\"method\":\"Host.ping2\",\"id\":1}"));
        assertThat(peer.frame()).contains("destination:r.deeper\n", "subscription:1\n");
      }
    }
  }

  @Test
  void refusesCallsBeyondItsQueueAtOnce() throws Exception {
    try (var peer = new RawPeer(server.port()).connected()) {
      peer.subscribe("r", "1");
      for (int i = 1; i <= 5; i++) {
        peer.request("r", "{\"jsonrpc\":\"2.0\",\"method\":\"Toy.wait\",\"id\":" + i + "}");
      }

      assertThat(peer.body())
          .contains("\"id\":5,\"error\":{\"code\":-32603", "Too many calls: 4 run or wait");
      verbs.release.countDown();
      for (int i = 1; i <= 4; i++) {
        assertThat(peer.body()).contains("\"released\"");
      }
    }
  }

  @Test
  void forwardsBetweenClientsButNeverEvents() throws IOException {
    try (var sender = new RawPeer(server.port()).connected();
        var receiver = new RawPeer(server.port()).connected()) {
      receiver.subscribe("a.b", "s");
      receiver.subscribe("jms.queue.events", "e");
      receiver.request("a", "{\"jsonrpc\":\"2.0\",\"method\":\"Host.ping2\"}");
      receiver.send("SUBSCRIBE\nid:s\ndestination:x\n\n@");
      assertThat(receiver.frame()).startsWith("ERROR\n").contains("already exists");

      sender.send("SEND\ndestination:a.b.c\n\nhello@");
      assertThat(receiver.frame())
          .contains("destination:a.b.c\n", "subscription:s\n", "content-length:5\n\nhello@");
      sender.send("SEND\ndestination:a.bc\n\nhello@");
      assertThat(sender.frame()).startsWith("ERROR\nmessage:Subscription not available\n");
      sender.send("SEND\ndestination:jms.queue.events\n\nforged@");
      assertThat(sender.frame()).startsWith("ERROR\nmessage:Subscription not available\n");
    }
  }

  @Test
  void answersWrongSubscriptionsWithAnErrorAndGoesOn() throws IOException {
    try (var peer = new RawPeer(server.port()).connected()) {
      peer.send("SUBSCRIBE\nid:1\n\n@SUBSCRIBE\ndestination:x\n\n@SEND\n\n@UNSUBSCRIBE\nid:9\n\n@");
      for (int i = 0; i < 4; i++) {
        assertThat(peer.frame()).startsWith("ERROR\n");
      }
      peer.subscribe("r", "1");
      peer.request("r", "{\"jsonrpc\":\"2.0\",\"method\":\"Host.ping2\",\"id\":1}");
      assertThat(peer.body()).contains("true");
    }
  }

  @Test
  void closesOnADisconnectWithoutReceiptAndOnUnknownFrames() throws Exception {
    try (var polite = new RawPeer(server.port()).connected();
        var rude = new RawPeer(server.port()).connected()) {
      polite.send("DISCONNECT\n\n@");
      polite.endInput();
      assertThat(gone.poll(5, TimeUnit.SECONDS)).isEqualTo("disconnected by the peer");

      rude.send("BLAH\n\n@");
      assertThat(rude.next()).isEqualTo(-1);
      assertThat(gone.poll(5, TimeUnit.SECONDS)).contains("Unknown frame command");
      assertThat(server.peerCount()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "accept-version:1.1,1.2 | Version unsupported",
        "accept-version:1.0     | Version unsupported",
        "host:x                 | Version unsupported",
      })
  void refusesOtherVersions(String header, String message) throws IOException {
    try (var peer = new RawPeer(server.port())) {
      peer.send("CONNECT\n" + header + "\n\n@");

      assertThat(peer.frame()).startsWith("ERROR\nmessage:" + message + "\n");
      assertThat(peer.next()).isEqualTo(-1);
    }
  }

  @Test
  void refusesFramesBeforeConnect() throws IOException {
    try (var peer = new RawPeer(server.port())) {
      peer.subscribe("jms.queue.events", "1");

      assertThat(peer.frame()).startsWith("ERROR\n");
      assertThat(peer.next()).isEqualTo(-1);
    }
  }
}

package io.overt.vdsmrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against agents that are nothing but bytes: VDSM's spacing, silence, nonsense. */
class ScriptedAgentTest {
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final Pattern SUBSCRIPTION = Pattern.compile("\nid:([^\n]+)\n");

  private final LinkedBlockingQueue<String> ended = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private ServerSocket listener;

  private interface Script {
    void play(RawPeer engine) throws Exception;
  }

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }

  @Test
  void speaksAsTheEnginesJavaClientDoes() throws Exception {
    Future<?> agent =
        agent(
            engine -> {
              assertThat(engine.frame())
                  .isEqualTo(
                      "CONNECT\naccept-version:1.2\nheart-beat:15000,15000\nhost:127.0.0.1\n\n@");
              engine.send("CONNECTED\nversion:1.2\nheart-beat:15000,15000\n\n@");
              String events = engine.frame();
              assertThat(events).startsWith("SUBSCRIBE\ndestination:jms.queue.events\nack:auto\n");
              String responses = engine.frame();
              assertThat(responses).startsWith("SUBSCRIBE\ndestination:jms.topic.vdsm_responses\n");
              String request = engine.frame();
              assertThat(request)
                  .startsWith(
                      "SEND\ndestination:jms.topic.vdsm_requests\n"
                          + "reply-to:jms.topic.vdsm_responses\n")
                  .contains("\novirtCorrelationId:flow\n", "\ncontent-length:")
                  .contains("{\"jsonrpc\":\"2.0\",\"method\":\"Host.ping2\",\"params\":{},\"id\":");
              message(
                  engine,
                  responses,
                  "{\"jsonrpc\": \"2.0\", \"id\": \"%s\", \"result\": true}",
                  request);
              assertThat(engine.frame()).startsWith("DISCONNECT\nreceipt:");
              assertThat(engine.next()).isEqualTo(-1);
            });
    try (RpcClient client = client().connect()) {
      assertThat(client.call("Host.ping2", Map.of(), null, "flow")).isEqualTo(true);
    }
    agent.get(10, TimeUnit.SECONDS);
  }

  @Test
  void takesEventsAndBatchesAndIgnoresAnswersNobodyWaitsFor() throws Exception {
    Future<?> agent =
        agent(
            engine -> {
              String subscription = greet(engine);
              String request = engine.frame();
              message(
                  engine, subscription, "{\"jsonrpc\":\"2.0\",\"id\":\"old\",\"result\":1}", "");
              message(
                  engine,
                  subscription,
                  "{\"jsonrpc\":\"2.0\",\"method\":\"|a|b|c\",\"params\":{\"notify_time\":5}}",
                  "");
              message(
                  engine,
                  subscription,
                  "[{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"error\":{\"code\":99,\"message\":\"Recovering\"}}]",
                  request);
              engine.frame();
            });
    try (RpcClient client = client().connect()) {
      assertThatThrownBy(() -> client.call("Host.getCapabilities", Map.of()))
          .isInstanceOfSatisfying(
              RpcException.class, e -> assertThat(e.code()).isEqualTo(RpcException.RECOVERING));
      assertThat(events.poll(5, TimeUnit.SECONDS)).isEqualTo("|a|b|c{notify_time=5}");
    }
    agent.get(10, TimeUnit.SECONDS);
  }

  @Test
  void givesUpAnAgentThatFallsSilent() throws Exception {
    agent(
        engine -> {
          engine.frame();
          engine.send("CONNECTED\nversion:1.2\nheart-beat:1000,1000\n\n@");
          while (engine.next() >= 0) {
            // Listens and says nothing.
          }
        });
    long start = System.nanoTime();
    try (RpcClient client = client().heartBeat(Duration.ofSeconds(2)).connect()) {
      assertThatThrownBy(() -> client.call("Host.ping2", Map.of()))
          .isInstanceOf(RpcConnectionException.class);
      assertThat(ended.poll(5, TimeUnit.SECONDS)).contains("No heart-beat from the peer for 1500");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void sendsTheHeartBeatsItPromised() throws Exception {
    Future<?> agent =
        agent(
            engine -> {
              greet(engine, "0,1000");
              for (int i = 0; i < 4; i++) {
                assertThat(engine.next()).isEqualTo('\n');
              }
            });
    try (RpcClient _ = client().heartBeat(Duration.ofSeconds(2)).connect()) {
      agent.get(10, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERROR\nmessage:Subscription not available\n\n@",
        "GARBAGE\n\n@",
        "SEND\n\n@",
        "MESSAGE\n\nno json@",
        "MESSAGE\n\n7@",
        "MESSAGE\n\n{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"x\"}}@",
      })
  void endsTheConnectionOnWhatItCannotUnderstand(String nonsense) throws Exception {
    agent(
        engine -> {
          greet(engine);
          engine.frame();
          engine.send(nonsense);
          while (engine.next() >= 0) {
            // Until the client closes.
          }
        });
    try (RpcClient client = client().connect()) {
      assertThatThrownBy(() -> client.call("Host.ping2", Map.of()))
          .isInstanceOf(RpcConnectionException.class)
          .hasMessageContaining("Host.ping2");
      assertThat(ended.poll(5, TimeUnit.SECONDS)).contains("ended");
      assertThat(client.isOpen()).isFalse();
    }
    assertThat(ended).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ERROR\nmessage:Version unsupported\n\n@", "RECEIPT\n\n@", "HTTP/1.1 400\r\n"})
  void cannotConnectToWhatIsNoAgent(String answer) throws Exception {
    agent(
        engine -> {
          engine.frame();
          engine.send(answer);
        });

    assertThatThrownBy(() -> client().connect())
        .isInstanceOf(RpcConnectionException.class)
        .hasMessageContaining("127.0.0.1:" + listener.getLocalPort());
    assertThat(ended).isEmpty();
  }

  @Test
  void givesUpConnectingInTime() throws Exception {
    agent(
        engine -> {
          while (engine.next() >= 0) {
            engine.send("\n");
          }
        });
    long start = System.nanoTime();

    assertThatThrownBy(() -> client().connectTimeout(Duration.ofMillis(500)).connect())
        .isInstanceOf(RpcConnectionException.class)
        .hasMessageContaining("no answer within PT0.5S");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void saysWhereNobodyListens() throws IOException {
    listener.close();

    assertThatThrownBy(() -> client().connect())
        .isInstanceOf(RpcConnectionException.class)
        .hasMessageContaining("Cannot connect to 127.0.0.1:" + listener.getLocalPort());
  }

  private RpcClient.Builder client() {
    return RpcClient.builder("127.0.0.1", listener.getLocalPort())
        .events((method, params) -> events.add(method + params))
        .closed(cause -> ended.add(String.valueOf(cause.getMessage())));
  }

  private Future<?> agent(Script script) {
    return threads.submit(
        () -> {
          try (var engine = new RawPeer(listener.accept())) {
            script.play(engine);
          }
          return null;
        });
  }

  private static String greet(RawPeer engine) throws IOException {
    return greet(engine, "0,0");
  }

  /** Answers CONNECT and takes both subscriptions; the one for answers is returned. */
  private static String greet(RawPeer engine, String heartBeat) throws IOException {
    engine.frame();
    engine.send("CONNECTED\nversion:1.2\nheart-beat:" + heartBeat + "\n\n@");
    engine.frame();
    return engine.frame();
  }

  private static void message(RawPeer engine, String subscribe, String body, String request)
      throws IOException {
    Matcher subscription = SUBSCRIPTION.matcher(subscribe);
    assertThat(subscription.find()).isTrue();
    Matcher id = ID.matcher(request);
    String text = id.find() ? body.formatted(id.group(1)) : body;
    engine.send(
        "MESSAGE\ndestination:jms.topic.vdsm_responses\ncontent-type:application/json\n"
            + "subscription:%s\ncontent-length:%d\n\n%s@"
                .formatted(subscription.group(1), text.length(), text));
  }
}

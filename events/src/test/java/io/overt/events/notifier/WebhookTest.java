package io.overt.events.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.overt.inventory.Kinds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTest {
  record Received(String event, String timestamp, String signature, String body) {}

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext("/", this::receive);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int status = failures.getAndDecrement() > 0 ? 503 : 204;
    if (status == 204) {
      received.add(
          new Received(
              exchange.getRequestHeaders().getFirst("Overt-Event"),
              exchange.getRequestHeaders().getFirst("Overt-Timestamp"),
              exchange.getRequestHeaders().getFirst("Overt-Signature"),
              body));
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private NotifierFixture open(String... more) {
    List<String> settings =
        new java.util.ArrayList<>(
            List.of(
                "WEBHOOK_URL_chat=http://127.0.0.1:" + server.getAddress().getPort() + "/hook",
                "DELIVERY_RETRY_SECONDS=1",
                "FILTER=\"include:USER_ADD_VM(webhook:chat) ${FILTER}\""));
    settings.addAll(List.of(more));
    return new NotifierFixture(settings.toArray(String[]::new));
  }

  @Test
  void anEventIsPostedAsSignedJson() throws Exception {
    try (NotifierFixture fixture = open("WEBHOOK_SECRET_chat=s3cret")) {
      fixture.report("USER_ADD_VM", "we\"b");
      NotifierFixture.await("the request comes", () -> received.size() == 1);
      Received request = received.getFirst();
      assertThat(request.body())
          .contains("\"index\":1", "\"code\":34", "\"name\":\"USER_ADD_VM\"")
          .contains("\"severity\":\"normal\"", "\"vm\":{\"id\":\"5c1d9f1e-", "\"we\\\"b\"")
          .contains("\"user\":{", "\"status\":\"alertMessage\"");
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signed = (request.timestamp() + "." + request.body()).getBytes(StandardCharsets.UTF_8);
      assertThat(request.signature())
          .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(signed)));
    }
  }

  @Test
  void aReceiverThatFailsGetsEverythingInOrderLater() {
    try (NotifierFixture fixture = open()) {
      failures.set(2);
      IntStream.range(0, 30).forEach(number -> fixture.report("USER_ADD_VM", "m" + number));
      NotifierFixture.await("all have come", () -> received.size() >= 30);
      assertThat(received)
          .extracting(Received::event)
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 30).mapToObj(Integer::toString).toList());
      NotifierFixture.await(
          "all are settled", () -> fixture.notifier().deliveries("sent", 100).size() == 30);
      assertThat(fixture.notifier().deliveries("sent", 100).getLast().attempts()).isEqualTo(3);
    }
  }

  @Test
  void anEventThatNobodyIsToHearOfLeavesNothingBehind() {
    try (NotifierFixture fixture = open()) {
      fixture.report("USER_UPDATE_VM", "quiet");
      fixture.report("USER_ADD_VM", "loud");
      NotifierFixture.await("the other one comes", () -> received.size() == 1);
      assertThat(fixture.notifier().deliveries("", 10)).hasSize(1);
      assertThat(fixture.inventory().snapshot().count(Kinds.EVENT)).isEqualTo(2);
    }
  }
}

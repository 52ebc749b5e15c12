package io.overt.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes over WebSockets. */
@Timeout(60)
final class SocketTest {
  private static Running server;

  @BeforeAll
  static void start() {
    server = new Running();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Collects what comes until the end. */
  private static final class Client implements WebSocket.Listener {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      received.writeBytes(bytes);
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed.complete(status);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.completeExceptionally(error);
    }

    int status() throws Exception {
      return closed.get(30, TimeUnit.SECONDS);
    }
  }

  private static WebSocket open(Client client, String query, String... headers) throws Exception {
    WebSocket.Builder builder = server.client.newWebSocketBuilder();
    for (int index = 0; index < headers.length; index += 2) {
      builder.header(headers[index], headers[index + 1]);
    }
    URI address = URI.create("wss://localhost:" + server.server.httpsPort() + "/echo?" + query);
    return builder.subprotocols("binary").buildAsync(address, client).get(30, TimeUnit.SECONDS);
  }

  @Test
  void bytesGoBothWaysUntilTheOtherEndCloses() throws Exception {
    Client client = new Client();
    WebSocket socket = open(client, "ticket=please");
    assertThat(socket.getSubprotocol()).isEqualTo("binary");
    byte[] much = "0123456789abcdef".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
    socket.sendBinary(ByteBuffer.wrap(much), true).get(30, TimeUnit.SECONDS);
    socket.sendBinary(ByteBuffer.wrap(new byte[] {4}), true).get(30, TimeUnit.SECONDS);
    assertThat(client.status()).isEqualTo(WebSocket.NORMAL_CLOSURE);
    assertThat(client.received.toByteArray()).isEqualTo(much);
  }

  @Test
  void textEndsTheConnection() throws Exception {
    Client client = new Client();
    open(client, "ticket=please").sendText("hello", true).get(30, TimeUnit.SECONDS);
    assertThat(client.status()).isEqualTo(1003);
  }

  @Test
  void whoMayNotGetsNoWebSocket() throws IOException {
    assertThatThrownBy(() -> open(new Client(), "ticket=now"))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("WebSocketHandshakeException");
    String upgrade =
        " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    assertThat(
            server.raw(
                "GET /echo?ticket=please" + upgrade + "Origin: https://elsewhere.example\r\n\r\n"))
        .startsWith("HTTP/1.1 403")
        .contains("elsewhere.example");
    assertThat(server.rawGet("/echo?ticket=please")).startsWith("HTTP/1.1 426");
  }
}

package io.overt.vdsmrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of bytes on the port of the verbs, over mutual TLS. */
@Timeout(60)
class StreamTest {
  private final SSLContext tls = Tls.context(TestPki.ours().host());
  private final AtomicReference<StreamHandler.Request> asked = new AtomicReference<>();
  private final AtomicLong poured = new AtomicLong();
  private final RpcServer server =
      RpcServer.builder(call -> "pong").tls(tls).streams(this::serve).start();

  @AfterEach
  void close() {
    server.close();
  }

  private void serve(StreamHandler.Request request, StreamHandler.Accepting connection)
      throws IOException {
    asked.set(request);
    switch (request.path()) {
      case "/busy" -> throw new StreamRefused(StreamRefused.BUSY, "fred has it – später");
      case "/echo" -> {
        try (ByteStream stream = connection.accept()) {
          stream.input().transferTo(stream.output());
        }
      }
      default -> pour(connection);
    }
  }

  private void pour(StreamHandler.Accepting connection) throws IOException {
    byte[] chunk = new byte[1 << 16];
    try (ByteStream stream = connection.accept()) {
      OutputStream output = stream.output();
      while (true) {
        output.write(chunk);
        poured.addAndGet(chunk.length);
      }
    }
  }

  private RpcClient.Builder client() {
    return RpcClient.builder("127.0.0.1", server.port()).tls(tls);
  }

  @Test
  void bytesGoBothWaysAndVerbsGoOnBeside() throws IOException {
    try (ByteStream stream = client().stream("/echo", "fred", true);
        RpcClient verbs = client().connect()) {
      stream.output().write("GET \0\n".getBytes(StandardCharsets.US_ASCII));
      stream.output().flush();
      assertThat(stream.input().readNBytes(6)).asString().isEqualTo("GET \0\n");
      assertThat(verbs.call("Host.ping", Map.of())).isEqualTo("pong");
    }
    StreamHandler.Request request = asked.get();
    assertThat(request.user()).isEqualTo("fred");
    assertThat(request.take()).isTrue();
    assertThat(request.peer().commonName()).isNotEmpty();
  }

  @Test
  void aRefusalIsToldInTheHandlersWords() {
    assertThatThrownBy(() -> client().stream("/busy", "", false))
        .isInstanceOfSatisfying(
            StreamRefused.class,
            refusal -> assertThat(refusal.status()).isEqualTo(StreamRefused.BUSY))
        .hasMessage("fred has it – später");
  }

  @Test
  void namesOfUsersAddNoHeaders() throws IOException {
    try (ByteStream stream = client().stream("/echo", "fred\r\nOvert-Take: true", false)) {
      assertThat(stream.input()).isNotNull();
    }
    assertThat(asked.get().user()).isEqualTo("fred??Overt-Take: true");
    assertThat(asked.get().take()).isFalse();
  }

  @Test
  void whoReadsSlowlyIsWaitedFor() throws Exception {
    try (ByteStream stream = client().stream("/pour", "", false)) {
      assertThat(stream.input().read()).isZero();
      long before;
      do {
        before = poured.get();
        Thread.sleep(Duration.ofMillis(500));
      } while (poured.get() > before);
      assertThat(before).isLessThan(64 << 20);
      stream.input().skipNBytes(before);
      while (poured.get() == before) {
        Thread.sleep(Duration.ofMillis(20));
      }
    }
  }

  @Test
  void serversWithoutStreamsTakeNone() {
    try (RpcServer verbsOnly = RpcServer.builder(call -> "pong").tls(tls).start()) {
      assertThatThrownBy(
              () ->
                  RpcClient.builder("127.0.0.1", verbsOnly.port()).tls(tls).stream(
                      "/echo", "", false))
          .isInstanceOf(RpcConnectionException.class);
    }
  }
}

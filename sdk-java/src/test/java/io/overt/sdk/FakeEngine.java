package io.overt.sdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** An HTTP server that answers as it is told, for what an engine cannot be made to answer. */
final class FakeEngine implements AutoCloseable {
  private final HttpServer server;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final Map<String, Answer> standing = new ConcurrentHashMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /** What was asked. */
  record Call(String method, String address, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  /** What is answered. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  FakeEngine() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String address = exchange.getRequestURI().toString();
    calls.add(new Call(exchange.getRequestMethod(), address, exchange.getRequestHeaders(), body));
    Answer answer = standing.get(exchange.getRequestURI().getPath());
    if (answer == null) {
      synchronized (answers) {
        answer = answers.isEmpty() ? json(200, "{}") : answers.poll();
      }
    }
    answer.to(exchange);
  }

  static Answer json(int status, String text) {
    return send(status, "application/json", text.getBytes(StandardCharsets.UTF_8));
  }

  static Answer send(int status, String type, byte[] content) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
      try (OutputStream output = exchange.getResponseBody()) {
        output.write(content);
      }
    };
  }

  static Answer token(String token) {
    return json(200, "{\"access_token\":\"" + token + "\"}");
  }

  /** The connection ends without an answer. */
  static Answer hangUp() {
    return exchange -> {
      throw new IOException("hung up");
    };
  }

  FakeEngine then(Answer answer) {
    synchronized (answers) {
      answers.add(answer);
    }
    return this;
  }

  /** Answers a path below the API's always the same. */
  FakeEngine at(String path, Answer answer) {
    standing.put("/ovirt-engine/api/" + path, answer);
    return this;
  }

  List<Call> calls() {
    return calls;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/ovirt-engine/api";
  }

  /** Without a login, and with short pauses between attempts. */
  Connection.Builder connection() {
    return Connection.builder()
        .url(url())
        .timeout(Duration.ofSeconds(5))
        .retries(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2)));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

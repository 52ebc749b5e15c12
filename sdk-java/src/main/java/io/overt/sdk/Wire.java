package io.overt.sdk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** HTTP with deadlines; what prevents an answer becomes a {@link Transport} failure. */
final class Wire implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final Settings settings;
  private final HttpClient http;

  /** An answer, whatever it says. */
  @SuppressWarnings("ArrayRecordComponent") // It is never compared.
  record Answer(int status, String contentType, @Nullable String location, byte[] body) {}

  Wire(Settings settings) {
    this.settings = settings;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .connectTimeout(
                CONNECT.compareTo(settings.timeout()) < 0 ? CONNECT : settings.timeout());
    if (settings.trust() != null) {
      builder.sslContext(settings.trust());
    }
    this.http = builder.build();
  }

  HttpRequest.Builder request(URI address) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(settings.timeout());
    if (settings.compression()) {
      request.header("Accept-Encoding", "gzip");
    }
    return request;
  }

  /** One attempt, which ends within the connection's time-out. */
  Answer send(HttpRequest request, Exchange exchange) {
    HttpResponse<byte[]> response =
        await(
            http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()),
            settings.timeout(),
            exchange);
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.headers().firstValue("Location").orElse(null),
        unpacked(response, exchange));
  }

  /** The head of an answer whose body comes bit by bit. */
  HttpResponse<InputStream> open(HttpRequest request, Exchange exchange) {
    return await(
        http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream()),
        settings.timeout(),
        exchange);
  }

  private static byte[] unpacked(HttpResponse<byte[]> response, Exchange exchange) {
    boolean packed =
        response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
    if (!packed || response.body().length == 0) {
      return response.body();
    }
    try (InputStream input = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      return input.readAllBytes();
    } catch (IOException e) {
      throw new Transport(exchange, "the answer cannot be unpacked: " + e.getMessage(), e);
    }
  }

  private <T> T await(CompletableFuture<T> future, Duration patience, Exchange exchange) {
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new Transport(exchange, "no answer within " + settings.timeout().toMillis() + " ms", e);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new Transport(exchange, "the thread was interrupted", e);
    } catch (ExecutionException e) {
      throw new Transport(exchange, reason(e.getCause()), e.getCause());
    }
  }

  private String reason(@Nullable Throwable cause) {
    return switch (cause) {
      case HttpTimeoutException _ -> "no answer within " + settings.timeout().toMillis() + " ms";
      case ConnectException e ->
          "cannot connect" + (e.getMessage() == null ? "" : ": " + e.getMessage());
      case SSLException e -> "the engine is not trusted: " + e.getMessage();
      case null -> "no answer";
      default -> {
        String message = cause.getMessage();
        yield "the connection broke: "
            + (message == null ? cause.getClass().getSimpleName() : message);
      }
    };
  }

  /** Ends what is under way too. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}

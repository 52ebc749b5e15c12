package io.overt.units;

import io.overt.units.ProxyAnswer.Malformed;
import io.overt.units.xmlrpc.MalformedMessage;
import io.overt.units.xmlrpc.XmlRpc;
import io.overt.units.xmlrpc.XmlRpc.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** XML-RPC calls of one server, each with a deadline. */
final class ProxyConnection implements AutoCloseable {
  private static final long LARGEST = 64L << 20;

  private final URI address;
  private final HttpClient client;

  /** No answer came, or one of the transport only; the message says where and why. */
  static final class Unreachable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreachable(String message) {
      super(message);
    }
  }

  ProxyConnection(URI address, Duration connect) {
    this.address = address;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connect)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Calls a method; a fault counts as no answer, as what was wanted did not happen. */
  @Nullable Object call(String method, List<?> arguments, Duration deadline)
      throws Unreachable, Malformed {
    byte[] body = XmlRpc.write(new XmlRpc.Call(method, List.copyOf(arguments)));
    HttpResponse<byte[]> response = send(body, deadline);
    if (response.statusCode() != 200) {
      throw new Unreachable(at("answered HTTP " + response.statusCode() + " to " + method));
    }
    try {
      return switch (XmlRpc.readResponse(response.body())) {
        case Response.Value value -> value.value();
        case Response.Fault fault ->
            throw new Unreachable(
                at("failed in %s: %s (%d)".formatted(method, fault.text(), fault.code())));
      };
    } catch (MalformedMessage e) {
      throw new Malformed("the proxy's answer is no XML-RPC: " + e.getMessage());
    }
  }

  private HttpResponse<byte[]> send(byte[] body, Duration deadline) throws Unreachable {
    HttpRequest request;
    try {
      request =
          HttpRequest.newBuilder(address)
              .header("Content-Type", "text/xml")
              .POST(BodyPublishers.ofByteArray(body))
              .build();
    } catch (IllegalArgumentException e) {
      throw new Unreachable(at("cannot be called: " + e.getMessage()));
    }
    long end = System.nanoTime() + deadline.toNanos();
    try {
      return answer(request, deadline, end);
    } catch (IOException first) {
      // It may have closed a connection that was kept; asking again changes nothing there.
      try {
        return answer(request, deadline, end);
      } catch (IOException again) {
        throw new Unreachable(at("cannot be reached: " + why(again)));
      }
    }
  }

  /** The whole exchange has one deadline, the body included. */
  private HttpResponse<byte[]> answer(HttpRequest request, Duration deadline, long end)
      throws Unreachable, IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
    try {
      return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new Unreachable(at("did not answer within " + deadline.toMillis() + " ms"));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new Unreachable(at("cannot be reached: " + e.getCause()));
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new Unreachable(at("was not waited for: interrupted"));
    }
  }

  private static String why(IOException failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private String at(String what) {
    return "the scheduler proxy at " + address + " " + what;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

package io.overt.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A console as the page gets it: bytes over the engine's WebSocket. */
final class PageConsole implements AutoCloseable {
  private static final byte[] END = {};

  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
  private final HttpClient http;
  private final WebSocket socket;
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final StringBuilder said = new StringBuilder();

  private PageConsole(HttpClient http, URI address) {
    this.http = http;
    this.socket = http.newWebSocketBuilder().buildAsync(address, new Receiver()).join();
  }

  /**
   * @param path as the engine gave it, with the ticket
   * @throws CompletionException when the engine opens none
   */
  static PageConsole open(EngineAccess access, String path) {
    HttpClient http = HttpClient.newBuilder().sslContext(access.trust()).build();
    URI address = URI.create(access.url().replaceFirst("^http", "ws")).resolve(path);
    try {
      return new PageConsole(http, address);
    } catch (CompletionException e) {
      http.shutdownNow();
      throw e;
    }
  }

  private final class Receiver implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      if (bytes.length > 0) {
        received.add(bytes);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      end.complete(status + " " + reason);
      received.add(END);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      end.complete(error.toString());
      received.add(END);
    }
  }

  /** Code and reason, when the engine closes it. */
  String awaitEnd() {
    return end.orTimeout(60, TimeUnit.SECONDS).join();
  }

  void type(String keys) {
    socket.sendBinary(ByteBuffer.wrap(keys.getBytes(StandardCharsets.US_ASCII)), true).join();
  }

  /** Waits for a text on a line, after those that were waited for before. */
  void awaitText(String text) throws IOException {
    while (said.indexOf(text) < 0) {
      byte[] bytes = next();
      if (bytes == END) {
        throw new IOException("the console ended after: " + said);
      }
      said.append(new String(bytes, StandardCharsets.ISO_8859_1));
    }
    said.delete(0, said.indexOf(text) + text.length());
  }

  InputStream input() {
    return new InputStream() {
      private byte[] current = {};
      private int at;

      @Override
      public int read() throws IOException {
        while (at == current.length) {
          current = next();
          at = 0;
          if (current == END) {
            received.add(END);
            return -1;
          }
        }
        return current[at++] & 0xFF;
      }
    };
  }

  private byte[] next() throws IOException {
    try {
      byte[] bytes = received.poll(60, TimeUnit.SECONDS);
      if (bytes == null) {
        throw new IOException("the console is silent");
      }
      return bytes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int count) {
        socket.sendBinary(ByteBuffer.wrap(bytes.clone(), from, count), true).join();
      }
    };
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}

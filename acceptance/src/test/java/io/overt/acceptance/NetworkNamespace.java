package io.overt.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The loopback of another network namespace, reached from this process: a socket belongs to the
 * namespace of the thread that makes it, so that no packet has to pass between the two.
 */
final class NetworkNamespace implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5_000;

  private final ExecutorService inside;
  private final ServerSocket door;

  private NetworkNamespace(ExecutorService inside, ServerSocket door) {
    this.inside = inside;
    this.door = door;
  }

  /**
   * @param file a mounted namespace
   */
  static NetworkNamespace enter(Path file) {
    return enter(file, 0);
  }

  /**
   * @param outerPort the port of this process's loopback that {@link #forward} is to use; 0 for any
   */
  static NetworkNamespace enter(Path file, int outerPort) {
    ExecutorService inside =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("in-namespace").factory());
    try {
      ServerSocket door = new ServerSocket(outerPort, 50, InetAddress.getLoopbackAddress());
      NetworkNamespace namespace = new NetworkNamespace(inside, door);
      namespace.answer(inside.submit(() -> joinNamespace(file)));
      return namespace;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For good: the thread is never used for anything else. */
  private static boolean joinNamespace(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int descriptor =
          (int)
              function("open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT)
                  .invoke(arena.allocateFrom(file.toString()), 0);
      int result =
          (int) function("setns", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT).invoke(descriptor, 0);
      int closed = (int) function("close", ValueLayout.JAVA_INT).invoke(descriptor);
      if (result != 0 || closed != 0) {
        throw new IOException("cannot enter the network namespace " + file);
      }
      return true;
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle function(String name, ValueLayout... parameters) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, parameters));
  }

  /** A connection to a port of the namespace's loopback. */
  Socket connect(int port) {
    return answer(
        inside.submit(
            () -> {
              Socket socket = new Socket();
              socket.connect(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
              return socket;
            }));
  }

  /** A port of this process's loopback that leads to one of the namespace's; call it once. */
  int forward(int port) {
    Thread.ofVirtual().start(() -> accept(port));
    return door.getLocalPort();
  }

  private void accept(int port) {
    while (!door.isClosed()) {
      try {
        Socket outer = door.accept();
        Thread.ofVirtual().start(() -> join(outer, port));
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** Nobody listening inside looks like a connection that is closed at once. */
  private void join(Socket outer, int port) {
    try (outer;
        Socket inner = connect(port)) {
      Thread back = Thread.ofVirtual().start(() -> pump(inner, outer));
      pump(outer, inner);
      back.join();
    } catch (IOException | IllegalStateException refused) {
      // The peer sees the end of the connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** When one direction ends, both do: the protocols here have no use for half a connection. */
  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream source = from.getInputStream();
      OutputStream target = to.getOutputStream();
      source.transferTo(target);
    } catch (IOException ended) {
      // By either end.
    }
  }

  private <T> T answer(Future<T> future) {
    try {
      return future.get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("in the network namespace", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    inside.shutdownNow();
  }
}

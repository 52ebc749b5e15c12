package io.overt.engine.config;

import io.overt.vdsmrpc.Json;
import io.overt.vdsmrpc.Json.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local door for administrators: a Unix domain socket in a directory that only its owner may
 * enter. One request a connection, a line of JSON each way: {@code {"command":"user
 * list","arguments":{}}} is answered by {@code {"result":{…}}} or {@code {"error":"…"}}.
 */
public final class AdminChannel implements AutoCloseable {
  /** What a command does with its arguments. */
  @FunctionalInterface
  public interface Handler {
    /**
     * @return values that JSON has a form for
     * @throws RuntimeException whose message is shown to the administrator
     */
    Map<String, @Nullable Object> handle(Map<String, @Nullable Object> arguments);
  }

  private static final Logger log = LoggerFactory.getLogger(AdminChannel.class);
  private static final String SOCKET = "admin.sock";

  /** What {@code sockaddr_un} has room for, without its final zero. */
  private static final int LONGEST_SOCKET = 107;

  private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(10);

  private final Path socket;
  private final ServerSocketChannel server;
  private final Map<String, Handler> handlers;

  private AdminChannel(Path socket, ServerSocketChannel server, Map<String, Handler> handlers) {
    this.socket = socket;
    this.server = server;
    this.handlers = Map.copyOf(handlers);
  }

  /** Where the channel of an engine with that run directory is. */
  public static Path socket(Path runDirectory) {
    return runDirectory.resolve(SOCKET);
  }

  /**
   * Listens. What an engine that died left at that place is replaced: whoever opens the channel
   * holds the state directory.
   *
   * @param handlers by command, such as {@code user add}
   */
  public static AdminChannel open(Path runDirectory, Map<String, Handler> handlers) {
    Path socket = socket(runDirectory);
    checkLength(socket);
    try {
      Files.createDirectories(runDirectory);
      Files.setPosixFilePermissions(runDirectory, PosixFilePermissions.fromString("rwx------"));
      Files.deleteIfExists(socket);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
      AdminChannel channel = new AdminChannel(socket, server, handlers);
      Thread.ofVirtual().name("admin-channel").start(channel::accept);
      return channel;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on " + socket, e);
    }
  }

  /** Refuses a place whose name is too long for a socket. */
  public static void checkLength(Path socket) {
    int length = socket.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_SOCKET) {
      throw new InvalidConfiguration(
          "The state directory's name is too long: %s has %d bytes, a socket's name at most %d"
              .formatted(socket, length, LONGEST_SOCKET));
    }
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel peer = server.accept();
        Thread.ofVirtual().name("admin-request").start(() -> serve(peer));
      } catch (IOException e) {
        if (server.isOpen()) {
          log.warn("The admin channel cannot accept: {}", e.toString());
          pause();
        }
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(200));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(SocketChannel peer) {
    try (peer) {
      String line = Lines.read(peer, REQUEST_DEADLINE);
      Lines.write(peer, Json.text(answer(line)));
    } catch (IOException e) {
      log.debug("A request on the admin channel ended early: {}", e.toString());
    }
  }

  private Map<String, @Nullable Object> answer(String line) {
    try {
      Object request = Json.parse(line);
      if (!(request instanceof Map<?, ?> members)
          || !(members.get("command") instanceof String command)) {
        return failed("A request is an object with a member 'command'");
      }
      Handler handler = handlers.get(command);
      if (handler == null) {
        return failed(
            "Unknown command '" + command + "'; known are " + new TreeSet<>(handlers.keySet()));
      }
      Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
      if (members.get("arguments") instanceof Map<?, ?> given) {
        given.forEach((name, value) -> arguments.put(String.valueOf(name), value));
      }
      Map<String, @Nullable Object> answer = new LinkedHashMap<>();
      answer.put("result", handler.handle(arguments));
      return answer;
    } catch (MalformedJsonException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      log.debug("A command on the admin channel failed", e);
      return failed(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private static Map<String, @Nullable Object> failed(String message) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("error", message);
    return answer;
  }

  /** Stops listening and removes the socket. */
  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      log.warn("Cannot close the admin channel: {}", e.toString());
    }
  }
}

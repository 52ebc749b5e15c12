package io.overt.engine.config;

import io.overt.vdsmrpc.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The other end of an {@link AdminChannel}. */
public final class AdminClient {
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  /** Nothing listens: the engine is down. */
  public static final class EngineDown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EngineDown(Path socket, @Nullable IOException cause) {
      super("No engine listens on " + socket, cause);
    }
  }

  /** The engine did not do it; the message says why. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private final Path socket;

  /** For the engine with that run directory. */
  public AdminClient(Path runDirectory) {
    this.socket = AdminChannel.socket(runDirectory);
  }

  /**
   * Has a command carried out, for at most a minute.
   *
   * @throws EngineDown when nothing listens
   * @throws Refused when the command failed
   */
  public Map<String, @Nullable Object> call(String command, Map<String, ?> arguments) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("command", command);
    request.put("arguments", arguments);
    try (SocketChannel channel = connect()) {
      Lines.write(channel, Json.text(request));
      return result(Json.parse(Lines.read(channel, DEADLINE)));
    } catch (IOException e) {
      throw new UncheckedIOException("The engine did not answer '" + command + "'", e);
    }
  }

  private SocketChannel connect() throws IOException {
    AdminChannel.checkLength(socket);
    if (!Files.exists(socket)) {
      throw new EngineDown(socket, null);
    }
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw new EngineDown(socket, e);
    }
  }

  private static Map<String, @Nullable Object> result(@Nullable Object answer) {
    if (answer instanceof Map<?, ?> members) {
      if (members.get("error") instanceof String error) {
        throw new Refused(error);
      }
      if (members.get("result") instanceof Map<?, ?> result) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        result.forEach((name, value) -> values.put(String.valueOf(name), value));
        return values;
      }
    }
    throw new Refused("The engine answered something that is neither a result nor an error");
  }
}

package io.overt.acceptance;

import io.overt.engine.Engine;
import io.overt.engine.config.AdminClient;
import io.overt.engine.config.ConfigLoader;
import io.overt.engine.config.EngineConfig;
import io.overt.engine.config.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A new engine in this process, on its own state directory, ports and database. */
public final class EngineFixture implements AutoCloseable {
  /** Overt's Python SDK as the build leaves it. */
  private static final Path SDK = Path.of("..", "sdk-python", "target", "site");

  private final EngineConfig config;
  private final Engine engine;
  private @Nullable HostFarm farm;

  private EngineFixture(EngineConfig config, Engine engine) {
    this.config = config;
    this.engine = engine;
  }

  public static EngineFixture start() {
    EngineConfig config = configuration(temporaryDirectory(), freePort());
    return new EngineFixture(config, Engine.start(config));
  }

  /** The settings of an engine that only programs on this machine reach. */
  static EngineConfig configuration(Path state, int httpsPort) {
    return ConfigLoader.load(options(state, httpsPort), Map.of(), Machine.local()).config();
  }

  /** The same as options of a command line. */
  static Map<String, String> options(Path state, int httpsPort) {
    return Map.of(
        "state-directory",
        state.toString(),
        "bind-address",
        "127.0.0.1",
        "https-port",
        Integer.toString(httpsPort),
        "http-port",
        Integer.toString(freePort()),
        "host-names",
        "localhost,127.0.0.1",
        "log-level",
        "warn",
        "external-scheduler-plugins",
        units(state).toString(),
        "external-scheduler-python-path",
        SDK.toAbsolutePath().normalize().toString(),
        "user-defined-vm-properties",
        "ifacemacspoof=^(true|false)$",
        "custom-device-properties",
        "{type=interface;prop={wire=^[a-z]+$}}");
  }

  /** Where scheduling units of an engine with that state are. */
  static Path units(Path state) {
    return state.resolve("units");
  }

  /** Short, as the names of sockets have to be. */
  static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("overt-acceptance");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Not one of those that the system gives to whoever asks for any: nobody else gets it soon. */
  static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        continue;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public EngineConfig config() {
    return config;
  }

  public EngineAccess access() {
    return new EngineAccess(config);
  }

  /** Three hosts in the cluster {@code Default}, up; registered when first asked for. */
  synchronized HostFarm farm() {
    if (farm == null) {
      farm = HostFarm.register(access(), "shared", "Default", 3);
    }
    return farm;
  }

  /** The administrator's local channel. */
  public AdminClient channel() {
    return new AdminClient(config.runDirectory());
  }

  @Override
  public synchronized void close() {
    engine.close();
    if (farm != null) {
      farm.close();
    }
    delete(config.stateDirectory());
  }

  static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + directory, e);
    }
  }
}

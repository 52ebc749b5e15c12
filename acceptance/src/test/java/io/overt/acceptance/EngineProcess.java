package io.overt.acceptance;

import io.overt.dist.EngineMain;
import io.overt.engine.config.ConfigLoader;
import io.overt.engine.config.EngineConfig;
import io.overt.engine.config.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An engine in a process of its own, which can be killed. */
final class EngineProcess implements AutoCloseable {
  private final EngineConfig config;
  private final Process process;

  private EngineProcess(EngineConfig config, Process process) {
    this.config = config;
    this.process = process;
  }

  /** Starts it on a state directory, new or left by another, and waits until it answers. */
  static EngineProcess start(Path state, int httpsPort) {
    EngineProcess engine = launch(EngineFixture.options(state, httpsPort));
    engine.awaitAnswer();
    return engine;
  }

  /** The same in another network. */
  static EngineProcess start(Path state, int httpsPort, Path network) {
    EngineProcess engine =
        launch(
            EngineFixture.options(state, httpsPort), List.of("nsenter", "--net=" + network, "--"));
    engine.awaitAnswer();
    return engine;
  }

  /** Starts it with these settings and does not wait. */
  static EngineProcess launch(Map<String, String> options) {
    return launch(options, List.of());
  }

  /**
   * @param before words of a command that ends by becoming the engine
   */
  private static EngineProcess launch(Map<String, String> options, List<String> before) {
    EngineConfig config = ConfigLoader.load(options, Map.of(), Machine.local()).config();
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // It lives for seconds only, on machines with little to spare.
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add(EngineMain.class.getName());
    options.forEach((key, value) -> command.add("--" + key + "=" + value));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(
                    config.stateDirectory().resolve("process.log").toFile()));
    builder.environment().put("CLASSPATH", classPath());
    try {
      Files.createDirectories(config.stateDirectory());
      return new EngineProcess(config, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Surefire's own class path is a file that only says where the real one is. */
  private static String classPath() {
    String whole = System.getProperty("surefire.test.class.path");
    return whole == null ? System.getProperty("java.class.path") : whole;
  }

  void awaitAnswer() {
    EngineAccess access = new EngineAccess(config);
    URI health = URI.create(config.url() + "/services/health");
    Await.until(
        "the engine answers at " + health,
        Duration.ofSeconds(120),
        () -> process.isAlive() ? status(access, health) : -1,
        status -> {
          if (status < 0) {
            throw new AssertionError("the engine ended with exit code " + process.exitValue());
          }
          return status == 200;
        });
  }

  private static int status(EngineAccess access, URI address) {
    if (!access.isSetUp()) {
      return 0;
    }
    try (HttpClient client =
        HttpClient.newBuilder()
            .sslContext(access.trust())
            .connectTimeout(Duration.ofSeconds(5))
            .build()) {
      return client
          .send(
              HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  EngineConfig config() {
    return config;
  }

  EngineAccess access() {
    return new EngineAccess(config);
  }

  /** As {@code kill -9} does it: nothing of the process gets a chance to tidy up. */
  void kill() {
    process.destroyForcibly();
    await(Duration.ofSeconds(10));
  }

  private boolean await(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Asks it to stop, and makes it stop when it does not. */
  @Override
  public void close() {
    process.destroy();
    if (!await(Duration.ofSeconds(30))) {
      kill();
    }
  }
}

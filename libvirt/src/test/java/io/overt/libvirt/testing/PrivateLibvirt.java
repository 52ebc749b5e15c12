package io.overt.libvirt.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A libvirtd with its own files and its own network namespace, started by the script that also
 * serves the demo. It is stopped, with its guests, at the end of the JVM; what a JVM that was
 * killed left behind is stopped by the next one.
 */
public final class PrivateLibvirt implements AutoCloseable {
  private static final Path PARENT = Path.of("/tmp");
  private static final String PREFIX = "overt-libvirt-test-";
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  private final Path state;
  private final String uri;

  private PrivateLibvirt(Path state) {
    this.state = state;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    this.uri = start();
  }

  private static final class Shared {
    static final PrivateLibvirt LIBVIRT = create();
  }

  /** One for all tests of the JVM. */
  public static PrivateLibvirt shared() {
    return Shared.LIBVIRT;
  }

  /** One of its own, for tests that stop it or need a second host. */
  public static PrivateLibvirt create() {
    Commands.run(Duration.ofMinutes(10), script("host/install-packages.sh"));
    sweep();
    try {
      return new PrivateLibvirt(
          Files.createTempDirectory(PARENT, PREFIX + ProcessHandle.current().pid() + "-"));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static void sweep() {
    try (Stream<Path> left = Files.list(PARENT)) {
      left.filter(path -> path.getFileName().toString().startsWith(PREFIX))
          .filter(PrivateLibvirt::abandoned)
          .forEach(PrivateLibvirt::remove);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static boolean abandoned(Path state) {
    String owner = state.getFileName().toString().substring(PREFIX.length()).split("-", 2)[0];
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(owner));
    return process.isEmpty() || !process.get().isAlive();
  }

  /** The URI to open. */
  public String uri() {
    return uri;
  }

  /** A directory for images and logs; guests see it under the same path. */
  public Path directory() {
    return state;
  }

  /** Starts again after a {@link #stop()}; guests that still run are found again. */
  public String start() {
    return Commands.run(
        DEADLINE,
        script("host/libvirtd.sh"),
        "start",
        "--own-network",
        "--cache",
        Path.of(System.getProperty("user.home"), ".cache", "overt", "libvirt").toString(),
        state.toString());
  }

  /** Ends libvirtd; the guests run on. */
  public void stop() {
    Commands.run(DEADLINE, script("host/libvirtd.sh"), "stop", state.toString());
  }

  /** Runs a program where the guests' bridges and consoles are; gives its output. */
  public String inNetwork(String... command) {
    List<String> all =
        new ArrayList<>(List.of("nsenter", "--net=" + state.resolve("network-namespace"), "--"));
    all.addAll(List.of(command));
    return Commands.run(Duration.ofMinutes(1), all.toArray(String[]::new));
  }

  /** Ends everything and removes the files. */
  @Override
  public void close() {
    if (Files.exists(state)) {
      remove(state);
    }
  }

  private static void remove(Path state) {
    Commands.run(
        DEADLINE, script("host/libvirtd.sh"), "stop", "--destroy-guests", state.toString());
    Commands.run(DEADLINE, "rm", "-rf", "--one-file-system", state.toString());
  }

  /** The script's path in the working copy, whose root is found upwards from the module. */
  static String script(String name) {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null) {
      Path script = directory.resolve("dist").resolve(name);
      if (Files.isExecutable(script)) {
        return script.toString();
      }
      directory = directory.getParent();
    }
    throw new IllegalStateException(
        "dist/" + name + " is not above " + Path.of("").toAbsolutePath());
  }
}

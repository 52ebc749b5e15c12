package io.overt.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the program is.
 *
 * @param home the project's directory
 * @param app the jars of this build
 */
public record Installation(Path home, Path app) {

  /** As {@code ./overt} says in system properties. */
  public static Installation current() {
    return new Installation(property("overt.home"), property("overt.app"));
  }

  private static Path property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("start this through ./overt, which sets " + name);
    }
    return Path.of(value);
  }

  public Path hostScript(String name) {
    return home.resolve("dist/host").resolve(name);
  }

  public Path guestScript() {
    return home.resolve("dist/guest/build-guest.sh");
  }

  /** The command that runs the engine, up to its main class. */
  public List<String> engine() {
    return java(
        "engine",
        "-XX:+UseSerialGC",
        "-Xms64m",
        "-Xmn40m",
        "-Xmx512m",
        "-XX:MinHeapFreeRatio=15",
        "-XX:MaxHeapFreeRatio=30",
        "-Xss512k");
  }

  /** The command that runs a program of this build, up to its main class. */
  List<String> java(String name, String... flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("--enable-native-access=ALL-UNNAMED");
    if (Files.isWritable(app)) {
      // Made when the process first ends, checked against the jars, and used from then on.
      command.add("-XX:+AutoCreateSharedArchive");
      command.add("-XX:SharedArchiveFile=" + app.resolve(name + ".jsa"));
      command.add("-Xlog:cds=off");
      command.add("-Xlog:aot=off");
    }
    command.add("-cp");
    command.add(classPath());
    return command;
  }

  private String classPath() {
    try (Stream<Path> jars = Files.list(app)) {
      return jars.map(Path::toString)
          .filter(name -> name.endsWith(".jar"))
          .sorted()
          .collect(Collectors.joining(":"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + app, e);
    }
  }
}

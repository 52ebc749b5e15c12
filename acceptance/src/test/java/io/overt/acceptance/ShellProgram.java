package io.overt.acceptance;

import io.overt.shell.ShellMain;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The shell as its users run it: a process with a home, an environment and a class path of its own.
 */
final class ShellProgram implements AutoCloseable {
  private static final long PATIENCE = 60;

  private final Path home = EngineFixture.temporaryDirectory();
  private final Map<String, String> environment = new LinkedHashMap<>();

  ShellProgram(EngineFixture engine) {
    environment.put("HOME", home.toString());
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("LANG", "C.UTF-8");
    environment.put("TERM", "xterm-256color");
    environment.put("OVERT_URL", engine.config().url() + "/api");
    environment.put("OVERT_USER", "admin@internal");
    environment.put("OVERT_CA", engine.config().authorityDirectory().resolve("ca.pem").toString());
    environment.put("OVERT_PASSWORD_FILE", engine.config().generatedPasswordFile().toString());
  }

  Path home() {
    return home;
  }

  /** Changes what the next processes find in their environment; null takes it away. */
  ShellProgram with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  ShellProgram without(String... names) {
    List.of(names).forEach(environment::remove);
    return this;
  }

  /** How a process ended. */
  record Result(int code, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  Result run(String... words) {
    return runWith("", words);
  }

  /** With a text as its input. */
  Result runWith(String input, String... words) {
    Path out = home.resolve("out");
    Path err = home.resolve("err");
    try {
      Process process =
          builder(words).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      try (var stream = process.getOutputStream()) {
        stream.write(input.getBytes(StandardCharsets.UTF_8));
      }
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("not ended within " + PATIENCE + " s: " + List.of(words));
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The commands of a script, in one process. */
  Result script(String text) {
    Path file = home.resolve("script");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return run("-f", file.toString());
  }

  ProcessBuilder builder(String... words) {
    List<String> command = command();
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  /** What starts it, without words. */
  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(),
            ShellMain.class.getName()));
    return command;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** Its own classes, the SDK's and the terminal's, and nothing else. */
  private static String classPath() {
    return Stream.of(
            ShellMain.class,
            io.overt.sdk.Connection.class,
            org.jline.reader.LineReader.class,
            org.jline.terminal.Terminal.class,
            org.jline.terminal.impl.ffm.FfmTerminalProvider.class,
            org.jline.nativ.JLineLibrary.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Override
  public void close() {
    EngineFixture.delete(home);
  }
}

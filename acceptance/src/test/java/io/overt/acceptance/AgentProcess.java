package io.overt.acceptance;

import io.overt.agent.AgentMain;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The agent as it is shipped, in a process of its own and the network of its libvirtd. */
final class AgentProcess implements AutoCloseable {
  private final Process process;

  private AgentProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it; whether it listens is for others to see.
   *
   * @param namespace the network that it works in
   */
  static AgentProcess start(Path namespace, File log, List<String> settings) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--net=" + namespace,
                "--",
                "unshare",
                "--mount",
                "--",
                // The list of network devices there is that of the namespace it was mounted in.
                "sh",
                "-c",
                "mount -t sysfs sysfs /sys && exec \"$@\"",
                "agent"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx192m",
            "--enable-native-access=ALL-UNNAMED"));
    command.add(AgentMain.class.getName());
    command.addAll(settings);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    builder.environment().put("CLASSPATH", classPath());
    try {
      return new AgentProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Surefire's own class path is a file that only says where the real one is. */
  private static String classPath() {
    String whole = System.getProperty("surefire.test.class.path");
    return whole == null ? System.getProperty("java.class.path") : whole;
  }

  boolean alive() {
    return process.isAlive();
  }

  /** As {@code kill -9} does it: all programs before Java have been replaced by it. */
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
    if (!await(Duration.ofSeconds(20))) {
      kill();
    }
  }
}

package io.overt.dist.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One process of an installation, by name: {@code engine}, {@code agent}. It writes its own record
 * (see {@link DaemonMain}), so one that a killed launcher started is found all the same.
 */
public final class Daemon {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final String name;
  private final Path runDirectory;
  private final Path log;

  public Daemon(String name, Path stateDirectory) {
    this.name = name;
    this.runDirectory = stateDirectory.resolve("run");
    this.log = stateDirectory.resolve("log").resolve(name + ".log");
  }

  public String name() {
    return name;
  }

  public Path log() {
    return log;
  }

  static Path recordFile(Path runDirectory, String name) {
    return runDirectory.resolve(name + ".pid");
  }

  static Path lockFile(Path runDirectory, String name) {
    return runDirectory.resolve(name + ".lock");
  }

  /** The process, when it runs. */
  public Optional<ProcessRecord> running() {
    return ProcessRecord.read(recordFile(runDirectory, name)).filter(ProcessRecord::alive);
  }

  /**
   * Starts it in a session of its own, so that no signal meant for the launcher reaches it.
   *
   * @param java the command and flags of the virtual machine, up to the class path
   * @param arguments after the name
   */
  public Process start(List<String> java, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add("setsid");
    command.addAll(java);
    command.add(DaemonMain.class.getName());
    command.add(runDirectory.toString());
    command.add(name);
    command.addAll(arguments);
    try {
      Files.createDirectories(log.getParent());
      return new ProcessBuilder(command)
          .directory(runDirectory.toFile())
          .redirectInput(Path.of("/dev/null").toFile())
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + name, e);
    }
  }

  /**
   * Ends exactly the recorded process: asks, and after 40 s kills.
   *
   * @return whether one ran
   */
  public boolean stop() {
    Optional<ProcessRecord> running = running();
    if (running.isEmpty()) {
      return false;
    }
    ProcessRecord process = running.get();
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
    if (!ended(process, PATIENCE)) {
      ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
      ended(process, Duration.ofSeconds(5));
    }
    return true;
  }

  private static boolean ended(ProcessRecord process, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (process.alive()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** Where its log ends now: what comes later is of a start that follows. */
  public long logEnd() {
    try {
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** The last lines it logged after a position, to show why it ended. */
  public List<String> lastLines(long from, int count) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(from, file.length() - 16_384);
      byte[] bytes = new byte[(int) Math.max(0, file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException e) {
      return List.of();
    }
  }
}

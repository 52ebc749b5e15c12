package io.overt.dist.process;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Who runs, kept in a file. A process id may be used again by a stranger, so the time of its start
 * (in clock ticks since the boot) and the boot count as well.
 *
 * @param notes what else is to be remembered with the process, such as its ports
 */
public record ProcessRecord(long pid, long startTicks, String boot, Map<String, String> notes) {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final int START_FIELD = 19;
  private static final long TICKS_PER_SECOND = 100;

  public ProcessRecord {
    notes = Map.copyOf(notes);
  }

  /** This very process. */
  static ProcessRecord self(Map<String, String> notes) {
    long pid = ProcessHandle.current().pid();
    return new ProcessRecord(pid, startOf(pid).orElse(0L), currentBoot(), notes);
  }

  /** What a file says, whether or not that process still runs. */
  static Optional<ProcessRecord> read(Path file) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(Files.readString(file)));
      Map<String, String> notes = new TreeMap<>();
      for (String name : properties.stringPropertyNames()) {
        notes.put(name, properties.getProperty(name, ""));
      }
      long pid = Long.parseLong(notes.getOrDefault("pid", ""));
      long start = Long.parseLong(notes.getOrDefault("start", ""));
      String boot = notes.getOrDefault("boot", "");
      notes.keySet().removeAll(List.of("pid", "start", "boot"));
      return Optional.of(new ProcessRecord(pid, start, boot, notes));
    } catch (NoSuchFileException | IllegalArgumentException e) {
      // Nothing, or not a record: then nothing is known to run.
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** Replaces the file whole. */
  void write(Path file) {
    StringBuilder text = new StringBuilder();
    text.append("pid=").append(pid).append("\nstart=").append(startTicks);
    text.append("\nboot=").append(boot).append('\n');
    new TreeMap<>(notes)
        .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** Whether the very process that wrote the record runs. */
  public boolean alive() {
    return boot.equals(currentBoot())
        && startOf(pid).filter(start -> start == startTicks).isPresent();
  }

  /** How long it has run. */
  public Duration age() {
    try {
      String uptime = Files.readString(Path.of("/proc/uptime"));
      double seconds = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
      return Duration.ofMillis(
          Math.max(0, Math.round((seconds - (double) startTicks / TICKS_PER_SECOND) * 1000)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Field 22 of its stat; one that ended and waits to be collected (Z) runs no more. */
  private static Optional<Long> startOf(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The program's name, in parentheses, may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return fields[0].equals("Z")
          ? Optional.empty()
          : Optional.of(Long.valueOf(fields[START_FIELD]));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static String currentBoot() {
    try {
      return Files.readString(BOOT).strip();
    } catch (IOException e) {
      return "";
    }
  }
}

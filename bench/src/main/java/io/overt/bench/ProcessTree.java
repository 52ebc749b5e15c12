package io.overt.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CPU time and memory of an engine and of the processes below it, which are its PostgreSQL, from
 * Linux's /proc (proc(5)).
 */
record ProcessTree(long engine) {
  private static final double TICKS_A_SECOND = 100;
  private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");
  private static final Pattern RSS = Pattern.compile("(?m)^Rss:\\s+(\\d+) kB");

  /**
   * Seconds, user and system.
   *
   * @param database with processes of it that have ended
   */
  record Cpu(double engine, double database) {
    Cpu minus(Cpu earlier) {
      return new Cpu(engine - earlier.engine, database - earlier.database);
    }

    double total() {
      return engine + database;
    }
  }

  /**
   * MiB.
   *
   * @param pss pages that several processes share count for each by its part
   */
  record Memory(double pss, double rss) {
    Memory plus(Memory other) {
      return new Memory(pss + other.pss, rss + other.rss);
    }
  }

  Cpu cpu() {
    double database = 0;
    for (long pid : below()) {
      List<String> fields = stat(pid);
      // utime, stime, cutime, cstime: fields 14 to 17, and the list begins with field 3.
      database += ticks(fields, 11) + ticks(fields, 12) + ticks(fields, 13) + ticks(fields, 14);
    }
    List<String> fields = stat(engine);
    return new Cpu(
        (ticks(fields, 11) + ticks(fields, 12)) / TICKS_A_SECOND, database / TICKS_A_SECOND);
  }

  Memory engineMemory() {
    return memory(engine);
  }

  Memory databaseMemory() {
    return below().stream().map(ProcessTree::memory).reduce(new Memory(0, 0), Memory::plus);
  }

  private List<Long> below() {
    return ProcessHandle.of(engine).stream()
        .flatMap(ProcessHandle::descendants)
        .map(ProcessHandle::pid)
        .toList();
  }

  private static double ticks(List<String> fields, int index) {
    return fields.isEmpty() ? 0 : Double.parseDouble(fields.get(index));
  }

  /** The fields after the program's name, which may hold blanks; none when the process is gone. */
  private static List<String> stat(long pid) {
    String text = read(Path.of("/proc", Long.toString(pid), "stat"));
    int name = text.lastIndexOf(')');
    return name < 0 ? List.of() : List.of(text.substring(name + 2).split(" "));
  }

  private static Memory memory(long pid) {
    String text = read(Path.of("/proc", Long.toString(pid), "smaps_rollup"));
    return new Memory(mebibytes(PSS, text), mebibytes(RSS, text));
  }

  private static double mebibytes(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) / 1024.0 : 0;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException gone) {
      return "";
    } catch (IOException e) {
      if (Files.exists(file)) {
        throw new BenchFailure("cannot read " + file + ": " + e, e);
      }
      return "";
    }
  }

  /** The machine's load over the last minute. */
  static String load() {
    return read(Path.of("/proc/loadavg")).split(" ")[0];
  }

  /** The machine, for the head of a report: {@code 2 cores, load 1.23}. */
  static String machine() {
    return Runtime.getRuntime().availableProcessors() + " cores, load " + load();
  }
}

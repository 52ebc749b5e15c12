package io.overt.inventory.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a running server writes into {@code postmaster.pid}: its process, port and state, by line,
 * as PostgreSQL's own {@code pg_ctl} reads it.
 */
record PostmasterFile(long pid, int port, boolean ready) {
  static Path path(Path data) {
    return data.resolve("postmaster.pid");
  }

  /** Empty while there is none, or only half of one. */
  static Optional<PostmasterFile> read(Path data) {
    try {
      List<String> lines = Files.readAllLines(path(data));
      if (lines.size() < 4) {
        return Optional.empty();
      }
      boolean ready = lines.size() >= 8 && lines.get(7).strip().equals("ready");
      return Optional.of(
          new PostmasterFile(
              Long.parseLong(lines.get(0).strip()), Integer.parseInt(lines.get(3).strip()), ready));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The process, if it lives and is a server on that directory, not just a reused number. */
  Optional<ProcessHandle> process(Path data) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> servesDirectory(process, data));
  }

  private static boolean servesDirectory(ProcessHandle process, Path data) {
    try {
      String commandLine = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
      List<String> words = List.of(commandLine.split("\0"));
      return words.getFirst().endsWith("/postgres") && words.contains(data.toString());
    } catch (IOException e) {
      return false;
    }
  }
}

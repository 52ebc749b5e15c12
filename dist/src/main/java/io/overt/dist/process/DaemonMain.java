package io.overt.dist.process;

import io.overt.agent.AgentMain;
import io.overt.agent.SimulatedHostsMain;
import io.overt.dist.EngineMain;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What every process of an installation begins with: takes the lock that makes it the only one of
 * its name in its state directory, records itself, and becomes what it is named after.
 *
 * <p>Arguments: run directory, name, then those of the program; a leading {@code note:NAME=VALUE}
 * is kept in the record.
 */
public final class DaemonMain {
  /** Held until the process ends. */
  @SuppressWarnings("unused")
  private static @Nullable FileChannel lock;

  private DaemonMain() {}

  public static void main(String[] arguments) throws Exception {
    Path runDirectory = Path.of(arguments[0]);
    String name = arguments[1];
    Map<String, String> notes = new TreeMap<>();
    int next = 2;
    while (next < arguments.length && arguments[next].startsWith("note:")) {
      String[] note = arguments[next++].substring("note:".length()).split("=", 2);
      notes.put(note[0], note[1]);
    }
    String[] rest = Arrays.copyOfRange(arguments, next, arguments.length);
    if (!claim(runDirectory, name, notes)) {
      System.err.println("another " + name + " of " + runDirectory + " runs already");
      System.exit(4);
    }
    switch (name) {
      case "engine" -> EngineMain.main(rest);
      case "agent" -> AgentMain.main(rest);
      case "simulated" -> SimulatedHostsMain.main(rest);
      default -> throw new IllegalArgumentException("no program is named " + name);
    }
  }

  private static boolean claim(Path runDirectory, String name, Map<String, String> notes)
      throws IOException {
    Files.createDirectories(runDirectory);
    Files.setPosixFilePermissions(runDirectory, PosixFilePermissions.fromString("rwx------"));
    FileChannel channel =
        FileChannel.open(
            Daemon.lockFile(runDirectory, name),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      return false;
    }
    lock = channel;
    ProcessRecord.self(notes).write(Daemon.recordFile(runDirectory, name));
    return true;
  }
}

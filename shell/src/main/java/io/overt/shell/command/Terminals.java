package io.overt.shell.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the standard streams are, without loading what terminals need. */
public final class Terminals {
  private Terminals() {}

  /** Whether a stream of this process, by its number, is a terminal. */
  public static boolean isTerminal(int descriptor) {
    try {
      String path =
          Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor))).toString();
      return path.startsWith("/dev/pts/")
          || path.startsWith("/dev/tty")
          || path.equals("/dev/console");
    } catch (IOException e) {
      return false;
    }
  }
}

package io.overt.libvirt.testing;

import java.nio.file.Path;
import java.time.Duration;

/** Small storage that can run full. */
public final class Mounts {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private Mounts() {}

  public static void tmpfs(Path directory, String size) {
    Commands.run(
        DEADLINE, "mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
  }

  public static void resize(Path directory, String size) {
    Commands.run(DEADLINE, "mount", "-o", "remount,size=" + size, directory.toString());
  }

  /** Lazily: a process that just ended may still hold a file. */
  public static void unmount(Path directory) {
    Commands.run(DEADLINE, "umount", "--lazy", directory.toString());
  }

  /** A file that takes no space yet. */
  public static void sparse(Path file, int mebibytes) {
    Commands.run(DEADLINE, "truncate", "-s", mebibytes + "M", file.toString());
  }
}

package io.overt.acceptance;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Debian's remote-viewer in a host's network, on an X display without a monitor. */
final class Viewer implements AutoCloseable {
  private final Path directory;
  private final Process display;
  private final Process viewer;

  private Viewer(Path directory, Process display, Process viewer) {
    this.directory = directory;
    this.display = display;
    this.viewer = viewer;
  }

  /**
   * Opens a connection file.
   *
   * @param namespace the network where the console listens
   * @param file what the engine says of the console; it holds the password
   */
  static Viewer open(Path namespace, String file) throws IOException {
    Path directory = EngineFixture.temporaryDirectory();
    Process display =
        new ProcessBuilder(
                "Xvfb",
                "-displayfd",
                "1",
                "-nolisten",
                "tcp",
                "-screen",
                "0",
                "1280x1024x24",
                "-fbdir",
                directory.toString())
            .redirectError(directory.resolve("display.log").toFile())
            .start();
    String number = display.inputReader().readLine();
    Path connection =
        Files.createFile(
            directory.resolve("console.vv"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(connection, file);
    ProcessBuilder viewer =
        new ProcessBuilder(
                "nsenter", "--net=" + namespace, "--", "remote-viewer", connection.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("viewer.log").toFile());
    viewer.environment().put("DISPLAY", ":" + number);
    viewer.environment().put("HOME", directory.toString());
    return new Viewer(directory, display, viewer.start());
  }

  /** Whether the line of a picture that has most on it is somewhere on the display. */
  boolean shows(BufferedImage picture) throws IOException {
    int[] line =
        IntStream.range(0, picture.getHeight())
            .mapToObj(y -> picture.getRGB(0, y, picture.getWidth(), 1, null, 0, picture.getWidth()))
            .max(Comparator.comparingLong(Viewer::drawn))
            .orElseThrow();
    if (drawn(line) == 0) {
      return false;
    }
    List<int[]> screen = screen();
    return screen.stream().anyMatch(row -> contains(row, line));
  }

  private static long drawn(int[] line) {
    return IntStream.of(line).filter(pixel -> (pixel & 0xFFFFFF) != 0).count();
  }

  private static boolean contains(int[] row, int[] line) {
    for (int from = 0; from + line.length <= row.length; from++) {
      int at = 0;
      while (at < line.length && ((row[from + at] ^ line[at]) & 0xFFFFFF) == 0) {
        at++;
      }
      if (at == line.length) {
        return true;
      }
    }
    return false;
  }

  /** The display's rows, from the file in X's format for windows that Xvfb keeps it in. */
  private List<int[]> screen() throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(directory.resolve("Xvfb_screen0")));
    int colors = file.getInt(4 * 19);
    int start = file.getInt(0) + colors * 12;
    int width = file.getInt(4 * 4);
    int height = file.getInt(4 * 5);
    int bytes = file.getInt(4 * 12);
    return IntStream.range(0, height)
        .mapToObj(
            y ->
                IntStream.range(0, width)
                    .map(x -> Integer.reverseBytes(file.getInt(start + y * bytes + x * 4)))
                    .toArray())
        .toList();
  }

  String log() throws IOException {
    return Files.readString(directory.resolve("viewer.log"));
  }

  @Override
  public void close() {
    for (Process process : List.of(viewer, display)) {
      process.destroy();
      try {
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

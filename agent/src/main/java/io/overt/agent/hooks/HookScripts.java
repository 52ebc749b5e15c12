package io.overt.agent.hooks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which scripts a point has, in the order in which they run. */
final class HookScripts {

  private static final Logger log = LoggerFactory.getLogger(HookScripts.class);

  private final List<Path> directories;

  HookScripts(List<Path> directories) {
    this.directories = directories.stream().map(Path::toAbsolutePath).distinct().toList();
  }

  /** Executable files that are not hidden, links followed, sorted by their whole paths. */
  List<Path> of(HookPoint point) {
    List<Path> found = new ArrayList<>();
    for (Path directory : directories) {
      Path scripts = directory.resolve(point.text());
      if (Files.isDirectory(scripts)) {
        list(scripts, found);
      }
    }
    found.sort(Comparator.comparing(Path::toString));
    return found;
  }

  private static void list(Path scripts, List<Path> found) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(scripts)) {
      for (Path entry : entries) {
        if (!entry.getFileName().toString().startsWith(".")
            && Files.isRegularFile(entry)
            && Files.isExecutable(entry)) {
          found.add(entry);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      log.debug("{} went away", scripts);
    } catch (IOException e) {
      log.warn("Cannot look for scripts in {}: {}", scripts, e.toString());
    }
  }
}

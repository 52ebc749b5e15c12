package io.overt.events.notifier;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the notifier's settings are; later files win.
 *
 * @param defaults read first, if there is one
 * @param main the file that administrators write; the {@code .conf} files in the directory of its
 *     name with {@code .d} come after it
 */
public record ConfFiles(Optional<Path> defaults, Path main) {
  /** Environment variable that names the first file, as in oVirt. */
  public static final String DEFAULTS = "ENGINE_NOTIFIER_DEFAULTS";

  /** Environment variable that names the main file, as in oVirt. */
  public static final String VARS = "ENGINE_NOTIFIER_VARS";

  /** This file, after the one that the environment names, if it names one. */
  public static ConfFiles of(Path main, Map<String, String> environment) {
    String first = environment.getOrDefault(DEFAULTS, "");
    return new ConfFiles(first.isBlank() ? Optional.empty() : Optional.of(Path.of(first)), main);
  }

  /** Whether anybody wrote settings at all. */
  public boolean present() {
    return Files.exists(main)
        || Files.isDirectory(main.resolveSibling(main.getFileName() + ".d"))
        || defaults.isPresent();
  }

  /** Reads them all. */
  Settings read() {
    ConfReader reader = new ConfReader();
    // What the others may build on: FILTER="include:… ${FILTER}".
    reader.put(NotifierKey.FILTER.name(), NotifierKey.FILTER.standard(), "default");
    List<Path> files = new ArrayList<>();
    defaults.ifPresent(files::add);
    files.add(main);
    files.forEach(reader::fileAndDirectory);
    return new Settings(reader.values());
  }
}

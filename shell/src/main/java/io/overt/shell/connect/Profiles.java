package io.overt.shell.connect;

import io.overt.shell.ShellFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Named engines: sections of {@code ~/.config/overt/profiles}, with the keys of ovirt-shell's
 * section; and ovirt-shell's own file as the profile {@code default}.
 */
public final class Profiles {
  static final String DEFAULT = "default";

  private final Homes homes;

  public Profiles(Homes homes) {
    this.homes = homes;
  }

  /** All of them by name. */
  public Map<String, Map<String, String>> all() {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    Map<String, String> old = read(homes.oldProfile()).getOrDefault("ovirt-shell", Map.of());
    if (!old.isEmpty()) {
      all.put(DEFAULT, old);
    }
    all.putAll(read(homes.profiles()));
    return all;
  }

  /** One of them. */
  Map<String, String> get(String name) {
    Map<String, Map<String, String>> all = all();
    Map<String, String> found = all.get(name);
    if (found == null) {
      throw ShellFailure.syntax(
          "There is no profile '%s' in %s; there is %s"
              .formatted(
                  name,
                  homes.profiles(),
                  all.isEmpty() ? "none" : String.join(", ", all.keySet())));
    }
    return found;
  }

  /** The profile that {@code profile use} chose; {@code default} if it exists and nobody chose. */
  public Optional<String> chosen() {
    Path file = homes.chosenProfile();
    if (Files.isReadable(file)) {
      return Optional.of(Secrets.read(file));
    }
    return Files.exists(homes.oldProfile()) || Files.exists(homes.profiles())
        ? Optional.of(DEFAULT).filter(name -> !url(all().get(name)).isEmpty())
        : Optional.empty();
  }

  private static String url(@org.jspecify.annotations.Nullable Map<String, String> profile) {
    return profile == null ? "" : profile.getOrDefault("url", "");
  }

  public void choose(String name) {
    get(name);
    Secrets.write(homes.chosenProfile(), name + "\n");
  }

  private static Map<String, Map<String, String>> read(Path file) {
    try {
      Map<String, Map<String, String>> sections = Ini.parse(Files.readString(file));
      for (Map<String, String> section : sections.values()) {
        if (!section.getOrDefault("password", "").isEmpty()) {
          Secrets.requirePrivate(file);
        }
      }
      return sections;
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}

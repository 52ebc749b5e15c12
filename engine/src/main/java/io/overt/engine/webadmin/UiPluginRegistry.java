package io.overt.engine.webadmin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UI plugins of this installation, read from their descriptors as oVirt reads them. A file that
 * is wrong leaves that plugin as it was before, and all others alone.
 */
final class UiPluginRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(UiPluginRegistry.class);
  private static final String ENDING = ".json";

  /**
   * What was read of a descriptor. The texts tell that a file is another than before: its time and
   * size do not when it is written twice within a tick of the file system's clock.
   *
   * @param user the configuration's text, null when there was none
   * @param plugin null when it was never right
   */
  private record Entry(String descriptor, @Nullable String user, @Nullable UiPlugin plugin) {}

  private final List<Path> descriptors;
  private final List<Path> configs;
  private Map<Path, Entry> entries = Map.of();
  private volatile Map<String, UiPlugin> plugins = Map.of();

  /**
   * Reads what is there.
   *
   * @param descriptors directories, the first to name a plugin wins
   * @param configs directories, the first to have a plugin's file wins
   */
  UiPluginRegistry(List<Path> descriptors, List<Path> configs) {
    this.descriptors = descriptors;
    this.configs = configs;
    reload();
  }

  /** The plugin of that name, as it was when the host page was last served. */
  Optional<UiPlugin> find(String name) {
    return Optional.ofNullable(plugins.get(name));
  }

  /** All plugins in the order in which they are loaded. */
  List<UiPlugin> all() {
    return List.copyOf(plugins.values());
  }

  /** Reads what changed since the last time. */
  synchronized void reload() {
    Map<Path, Entry> found = new LinkedHashMap<>();
    boolean same = true;
    for (Path file : files()) {
      Entry before = entries.get(file);
      Path config = config(file);
      String descriptor = text(file);
      String user = config == null ? null : text(config);
      if (descriptor == null) {
        continue;
      }
      if (before != null
          && descriptor.equals(before.descriptor())
          && Objects.equals(user, before.user())) {
        found.put(file, before);
      } else {
        same = false;
        UiPlugin last = before == null ? null : before.plugin();
        PluginMembers changes =
            config == null || user == null ? PluginMembers.none(file) : user(config, user);
        found.put(file, new Entry(descriptor, user, read(file, descriptor, changes, last)));
      }
    }
    if (!same || found.size() != entries.size()) {
      entries = found;
      plugins = inOrder(found);
    }
  }

  /** Directory by directory, by name in each; the order of those that set none. */
  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (Path directory : descriptors) {
      List<Path> own = new ArrayList<>();
      if (!Files.isDirectory(directory)) {
        continue;
      }
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, "*" + ENDING)) {
        stream.forEach(own::add);
      } catch (IOException e) {
        LOG.warn("cannot read the UI plugins in {}: {}", directory, e.getMessage());
      }
      own.sort(Comparator.comparing(file -> String.valueOf(file.getFileName())));
      files.addAll(own);
    }
    return files;
  }

  private @Nullable Path config(Path descriptor) {
    String name = String.valueOf(descriptor.getFileName());
    String wanted = name.substring(0, name.length() - ENDING.length()) + "-config" + ENDING;
    return configs.stream()
        .map(directory -> directory.resolve(wanted))
        .filter(file -> Files.isRegularFile(file) && Files.isReadable(file))
        .findFirst()
        .orElse(null);
  }

  /** Null when it is no file that can be read; links are followed. */
  private static @Nullable String text(Path file) {
    try {
      return Files.isRegularFile(file) ? new String(Files.readAllBytes(file), UTF_8) : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable UiPlugin read(
      Path file, String text, PluginMembers user, @Nullable UiPlugin before) {
    try {
      return UiPlugin.of(file, PluginMembers.parse(file, text), user);
    } catch (InvalidPlugin e) {
      LOG.warn(
          "{}; the UI plugin {}",
          e.getMessage(),
          before == null ? "is left out" : before.name() + " stays as it was");
      return before;
    }
  }

  /** A user configuration that is no JSON counts as empty; one with wrong members does not. */
  private static PluginMembers user(Path file, String text) {
    try {
      return PluginMembers.parse(file, text);
    } catch (InvalidPlugin e) {
      LOG.warn("{}; it counts as empty", e.getMessage());
      return PluginMembers.none(file);
    }
  }

  private static Map<String, UiPlugin> inOrder(Map<Path, Entry> entries) {
    Map<String, UiPlugin> named = new LinkedHashMap<>();
    entries.forEach(
        (file, entry) -> {
          UiPlugin plugin = entry.plugin();
          if (plugin != null && named.putIfAbsent(plugin.name(), plugin) != null) {
            LOG.warn(
                "{}: there is a UI plugin {} already, this one is ignored", file, plugin.name());
          }
        });
    Map<String, UiPlugin> sorted = new LinkedHashMap<>();
    named.values().stream()
        .sorted(Comparator.comparingInt(UiPlugin::order))
        .forEach(plugin -> sorted.put(plugin.name(), plugin));
    return sorted;
  }
}

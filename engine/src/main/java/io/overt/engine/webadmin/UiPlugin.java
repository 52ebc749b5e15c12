package io.overt.engine.webadmin;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A UI plugin as its descriptor and what people set for it say.
 *
 * @param url page of the plugin, relative to the host page
 * @param config the descriptor's, each member replaced by that which people set
 * @param resources where its files lie; empty when it has none of its own
 * @param order plugins are loaded in this order
 * @param extras members of the user configuration that are for the host page alone
 */
record UiPlugin(
    String name,
    String url,
    Map<String, @Nullable Object> config,
    Optional<Path> resources,
    boolean lazyLoad,
    boolean enabled,
    int order,
    Map<String, Object> extras) {

  private static final int LONGEST_PATH = 512;
  private static final String ISOLATION = "isolation";
  private static final String ORIGIN = "origin";

  /**
   * Reads both files' content.
   *
   * @param file of the descriptor, beside which its files lie
   * @throws InvalidPlugin that names the member and what was expected
   */
  static UiPlugin of(Path file, PluginMembers descriptor, PluginMembers user) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>(descriptor.object("config"));
    config.putAll(user.object("config"));
    user.oneOf(ISOLATION, ORIGIN);
    return new UiPlugin(
        descriptor.requiredText("name"),
        descriptor.requiredText("url"),
        config,
        descriptor.text("resourcePath").flatMap(path -> below(file, path)),
        descriptor.flag("lazyLoad", true),
        user.flag("enabled", true),
        user.integer("order", Integer.MAX_VALUE),
        user.extras("apiCompat", ISOLATION, "contentSandbox", "grants"));
  }

  /** A path out of the directory would be refused with every request; links may lead out. */
  private static Optional<Path> below(Path file, String path) {
    Path directory = file.toAbsolutePath().getParent();
    String relative = path.replaceAll("^/+|/+$", "");
    return directory == null || !sane(path + "/x")
        ? Optional.empty()
        : Optional.of(directory.resolve(relative));
  }

  /** What oVirt's servlets take for a path that somebody may ask for. */
  private static boolean sane(String path) {
    return path.length() <= LONGEST_PATH
        && !path.contains("..")
        && !path.contains("//")
        && !path.contains("./");
  }

  /** Its file of that name; empty when there is none, or the name is none of a file. */
  Optional<Path> file(String path) {
    if (resources.isEmpty()
        || path.isEmpty()
        || !sane(resources.get().getFileName() + "/" + path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(resources.get().resolve(path));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Whether its files must not have the origin of the administration page. */
  boolean isolated() {
    return ORIGIN.equals(extras.get(ISOLATION));
  }

  /** Whether the file is the page that {@link #url} names. */
  boolean startsAt(String path) {
    String page = url.replaceFirst("[?#].*", "");
    return ("/" + page).endsWith("/plugin/" + name + "/" + path);
  }

  /** As the host page tells it to the browser. */
  Map<String, @Nullable Object> definition() {
    Map<String, @Nullable Object> definition = new LinkedHashMap<>();
    definition.put("name", name);
    definition.put("url", url);
    definition.put("config", config);
    definition.put("lazyLoad", lazyLoad);
    definition.put("enabled", enabled);
    definition.putAll(extras);
    return definition;
  }
}

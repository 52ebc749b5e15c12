package io.overt.engine.webadmin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.overt.rest.http.Exchange;
import io.overt.rest.http.FileTypes;
import io.overt.rest.pages.Pages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files of UI plugins. Like in oVirt anybody may read them: nobody is logged in yet. */
final class PluginFiles {
  /** Where a page begins: a byte order mark, comments, the document's type. */
  private static final Pattern START =
      Pattern.compile(
          "(?:\u00ef\u00bb\u00bf)?\\s*+(?:<!--.*?-->\\s*+)*+(?:<!doctype[^>]*>)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final String CLIENT =
      "<script src=\"/ovirt-engine/webadmin/" + WebAdmin.CLIENT + "\" data-parent></script>";

  private final UiPluginRegistry registry;

  PluginFiles(UiPluginRegistry registry) {
    this.registry = registry;
  }

  /**
   * Answers with a file.
   *
   * @param path the plugin's name, then the file's path
   */
  void serve(Exchange exchange, List<String> path) throws IOException {
    Optional<UiPlugin> plugin =
        path.size() < 2 || exchange.path().raw().contains("..")
            ? Optional.empty()
            : registry.find(path.getFirst());
    String name = String.join("/", path.subList(Math.min(1, path.size()), path.size()));
    Optional<Path> file =
        plugin
            .flatMap(known -> known.file(name))
            .filter(found -> Files.isRegularFile(found) && Files.isReadable(found));
    if (plugin.isEmpty() || file.isEmpty()) {
      Pages.notFound().serve(exchange);
    } else if (plugin.get().isolated()) {
      PageHeaders.isolatedPlugin(exchange);
      send(exchange, file.get(), "-isolated", plugin.get().startsAt(name));
    } else {
      PageHeaders.plugin(exchange);
      send(exchange, file.get(), "", false);
    }
  }

  private static void send(Exchange exchange, Path file, String variant, boolean withClient)
      throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    long changed = attributes.lastModifiedTime().toMillis();
    String tag = "W/\"%x-%x%s\"".formatted(attributes.size(), changed, variant);
    if (Tags.answered(exchange, tag)) {
      return;
    }
    try (OutputStream output =
        exchange.stream(200, FileTypes.of(String.valueOf(file.getFileName())))) {
      if (withClient) {
        output.write(withClient(Files.readAllBytes(file)));
      } else {
        Files.copy(file, output);
      }
    }
  }

  /** The page with the script before all others that lets it say {@code parent.pluginApi}. */
  private static byte[] withClient(byte[] page) {
    // whatever its encoding is: each byte is a character
    String text = new String(page, ISO_8859_1);
    Matcher start = START.matcher(text);
    int place = start.lookingAt() ? start.end() : 0;
    return (text.substring(0, place) + CLIENT + text.substring(place)).getBytes(ISO_8859_1);
  }
}

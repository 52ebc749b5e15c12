package io.overt.engine.webadmin;

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

/** Files of UI plugins. Like in oVirt anybody may read them: nobody is logged in yet. */
final class PluginFiles {
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
    Optional<Path> file =
        path.size() < 2 || exchange.path().raw().contains("..")
            ? Optional.empty()
            : registry
                .find(path.getFirst())
                .flatMap(plugin -> plugin.file(String.join("/", path.subList(1, path.size()))))
                .filter(found -> Files.isRegularFile(found) && Files.isReadable(found));
    if (file.isPresent()) {
      send(exchange, file.get());
    } else {
      Pages.notFound().serve(exchange);
    }
  }

  private static void send(Exchange exchange, Path file) throws IOException {
    PageHeaders.plugin(exchange);
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    String tag =
        "W/\"%x-%x\"".formatted(attributes.size(), attributes.lastModifiedTime().toMillis());
    if (!Tags.answered(exchange, tag)) {
      try (OutputStream output =
          exchange.stream(200, FileTypes.of(String.valueOf(file.getFileName())))) {
        Files.copy(file, output);
      }
    }
  }
}

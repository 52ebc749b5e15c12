package io.overt.engine.webadmin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The UI plugins that came with the program, on its class path. */
final class BundledPlugins implements AutoCloseable {
  /** On the class path. */
  static final String DIRECTORY = "io/overt/webadmin/ui-plugins";

  private final @Nullable FileSystem archive;
  private final Optional<Path> directory;

  private BundledPlugins(@Nullable FileSystem archive, Optional<Path> directory) {
    this.archive = archive;
    this.directory = directory;
  }

  static BundledPlugins open(ClassLoader loader) {
    URL place = loader.getResource(DIRECTORY);
    if (place == null) {
      return new BundledPlugins(null, Optional.empty());
    }
    try {
      URI address = place.toURI();
      if (!address.getScheme().equals("jar")) {
        return new BundledPlugins(null, Optional.of(Path.of(address)));
      }
      String text = address.toString();
      Path jar = Path.of(URI.create(text.substring("jar:".length(), text.indexOf("!/"))));
      // one of its own, which nobody else closes
      FileSystem archive = FileSystems.newFileSystem(jar);
      return new BundledPlugins(archive, Optional.of(archive.getPath("/" + DIRECTORY)));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the class path names " + place, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + place, e);
    }
  }

  /** Where their descriptors lie; empty when the program has none. */
  Optional<Path> directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    if (archive != null) {
      archive.close();
    }
  }
}

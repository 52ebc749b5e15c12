package io.overt.acceptance;

import io.overt.inventory.postgres.BundledPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two engine processes on one PostgreSQL, with one authority and one administrator. */
final class NodePair implements AutoCloseable {
  private final Path directory;
  private final BundledPostgres postgres;
  private final List<EngineProcess> nodes;

  private NodePair(Path directory, BundledPostgres postgres, List<EngineProcess> nodes) {
    this.directory = directory;
    this.postgres = postgres;
    this.nodes = nodes;
  }

  /** Starts both at once, on an empty database. */
  static NodePair start() {
    Path directory = EngineFixture.temporaryDirectory();
    BundledPostgres postgres = BundledPostgres.start(directory.resolve("postgres"));
    try {
      Files.writeString(directory.resolve("password"), postgres.config().password().get());
      Files.writeString(directory.resolve("admin"), "correct horse");
      List<EngineProcess> nodes =
          List.of(launch(directory, postgres, "a"), launch(directory, postgres, "b"));
      nodes.forEach(EngineProcess::awaitAnswer);
      return new NodePair(directory, postgres, nodes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EngineProcess launch(Path directory, BundledPostgres postgres, String name) {
    Map<String, String> options =
        new HashMap<>(EngineFixture.options(directory.resolve(name), EngineFixture.freePort()));
    options.put("node-id", name);
    options.put("database-url", postgres.config().url());
    options.put("database-user", postgres.config().user());
    options.put("database-password-file", directory.resolve("password").toString());
    options.put("authority-directory", directory.resolve("authority").toString());
    options.put("admin-password-file", directory.resolve("admin").toString());
    return EngineProcess.launch(options);
  }

  EngineProcess node(int index) {
    return nodes.get(index);
  }

  @Override
  public void close() {
    nodes.forEach(EngineProcess::close);
    postgres.close();
    EngineFixture.delete(directory);
  }
}

package io.overt.engine;

import io.overt.engine.config.EngineConfig.ExternalDatabase;
import io.overt.inventory.DatabaseConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A PostgreSQL that somebody else runs. */
final class ExternalPostgres {
  private ExternalPostgres() {}

  static DatabaseConfig config(ExternalDatabase database) {
    return new DatabaseConfig(
        database.url(),
        database.user(),
        () -> database.passwordFile().map(ExternalPostgres::read).orElse(""));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the database's password", e);
    }
  }
}

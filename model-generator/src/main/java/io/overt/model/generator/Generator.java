package io.overt.model.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Command: {@code Generator MODEL_SOURCES_JAR COMMITTED_SCHEMA SOURCES_DIR RESOURCES_DIR}.
 *
 * <p>Fails when the schema derived from the model differs from the committed one, so that a model
 * upgrade shows as a reviewed difference; {@code -Dschema.accept=true} rewrites the committed file.
 */
public final class Generator {
  private Generator() {}

  /** Runs the generator; see the class comment for the arguments. */
  public static void main(String[] arguments) {
    if (arguments.length != 4) {
      throw new IllegalArgumentException(
          "usage: Generator MODEL_SOURCES_JAR COMMITTED_SCHEMA SOURCES_DIR RESOURCES_DIR; got "
              + arguments.length
              + " arguments");
    }
    Path jar = Path.of(arguments[0]);
    Path committed = Path.of(arguments[1]);
    Path sources = Path.of(arguments[2]);
    Path resources = Path.of(arguments[3]);
    if (isFresh(jar, committed, resources.resolve("io/overt/model/api.schema"))) {
      return;
    }
    ApiModel model = ApiModel.analyze(jar);
    String schema = SchemaWriter.write(model);
    checkCommitted(committed, schema);
    new TypeWriter(model, sources).writeAll();
    new ServiceWriter(model, sources).writeAll();
    write(resources.resolve("io/overt/model/model.json"), ModelJson.write(model));
    write(resources.resolve("io/overt/model/api.schema"), schema);
  }

  /** The result of an earlier run is newer than the model, the schema and this generator. */
  private static boolean isFresh(Path jar, Path committed, Path result) {
    try {
      if (!Files.exists(result) || !Files.exists(committed)) {
        return false;
      }
      Path self =
          Path.of(Generator.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      long made = Files.getLastModifiedTime(result).toMillis();
      return made > Files.getLastModifiedTime(jar).toMillis()
          && made > Files.getLastModifiedTime(committed).toMillis()
          && made > newest(self);
    } catch (IOException | URISyntaxException e) {
      return false;
    }
  }

  private static long newest(Path codeSource) throws IOException {
    try (Stream<Path> files = Files.walk(codeSource)) {
      return files.mapToLong(file -> file.toFile().lastModified()).max().orElse(Long.MAX_VALUE);
    }
  }

  private static void checkCommitted(Path committed, String schema) {
    try {
      String expected = Files.exists(committed) ? Files.readString(committed) : "";
      if (expected.equals(schema)) {
        return;
      }
      if (Boolean.getBoolean("schema.accept")) {
        write(committed, schema);
        return;
      }
      throw new IllegalStateException(
          "The model's schema differs from "
              + committed
              + "; review the difference and accept it with -Dschema.accept=true");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

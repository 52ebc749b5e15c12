package io.overt.model.generator.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Command: {@code SdkGenerator MODEL_JSON SOURCES_DIR RESOURCES_DIR}. */
public final class SdkGenerator {
  private SdkGenerator() {}

  /** Runs the generator; see the class comment for the arguments. */
  public static void main(String[] arguments) {
    if (arguments.length != 3) {
      throw new IllegalArgumentException(
          "usage: SdkGenerator MODEL_JSON SOURCES_DIR RESOURCES_DIR; got "
              + arguments.length
              + " arguments");
    }
    ModelDocument model = ModelDocument.read(Path.of(arguments[0]));
    Path resources = Path.of(arguments[2]).resolve("io/overt/sdk/schema");
    write(resources.resolve("tables"), TableWriter.tables(model));
    write(resources.resolve("documentation"), TableWriter.documentation(model));
  }

  /** Files that are as they should be keep their time, so that compilers have nothing to do. */
  static void write(Path file, String text) {
    try {
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      if (Files.exists(file) && java.util.Arrays.equals(Files.readAllBytes(file), content)) {
        return;
      }
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}

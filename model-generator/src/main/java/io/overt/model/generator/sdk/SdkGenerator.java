package io.overt.model.generator.sdk;

import io.overt.model.generator.sdk.ModelDocument.Element;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

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
    write(resources.resolve("documentation"), TableWriter.documentation(model));
    Path tables = sources(arguments[1], TableWriter.PACKAGE);
    write(tables.resolve("EnumTables.java"), TableWriter.enums(model));
    write(tables.resolve("TypeTables.java"), TableWriter.types(model));
    write(tables.resolve("ServiceTables.java"), TableWriter.services(model));
    Path types = sources(arguments[1], TypeSource.PACKAGE);
    TypeSource type = new TypeSource(model);
    write(types.resolve("package-info.java"), TypeSource.packageInfo());
    for (Element each : model.enums()) {
      write(types.resolve(JavaNames.className(each.name()) + ".java"), type.enumType(each));
    }
    for (Element each : model.types()) {
      write(types.resolve(JavaNames.className(each.name()) + ".java"), type.struct(each));
    }
    Path services = sources(arguments[1], ServiceSource.PACKAGE);
    write(services.resolve("package-info.java"), ServiceSource.packageInfo());
    for (Element each : model.services()) {
      write(
          services.resolve(ServiceSource.className(each.name()) + ".java"),
          new ServiceSource(model, each).source());
    }
  }

  private static Path sources(String directory, String name) {
    return Path.of(directory).resolve(name.replace('.', '/'));
  }

  /** Files that are as they should be keep their time, so that compilers have nothing to do. */
  static void write(Path file, String text) {
    try {
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
        return;
      }
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}

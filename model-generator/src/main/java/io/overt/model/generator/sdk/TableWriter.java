package io.overt.model.generator.sdk;

import io.overt.model.generator.sdk.ModelDocument.Element;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tables that the SDK reads at run time. They are constants of classes, a constant for each
 * enum, type and service: a program that starts pays for those that it uses, and opens no resource.
 * Apart from them, what the model says of everything.
 */
final class TableWriter {
  static final String PACKAGE = "io.overt.sdk.schema";

  private TableWriter() {}

  static String enums(ModelDocument model) {
    return source("EnumTables", "enum", model.enums(), TableWriter::enumBlock);
  }

  static String types(ModelDocument model) {
    return source("TypeTables", "type", model.types(), TableWriter::typeBlock);
  }

  static String services(ModelDocument model) {
    return source("ServiceTables", "service", model.services(), TableWriter::serviceBlock);
  }

  private static String source(
      String name, String what, List<Element> elements, Function<Element, String> block) {
    String names = elements.stream().map(Element::name).collect(Collectors.joining(","));
    String cases =
        elements.stream()
            .map(
                each ->
                    "      case \"%s\" -> \"%s\";\n"
                        .formatted(each.name(), block.apply(each).strip().replace("\n", "\\n")))
            .collect(Collectors.joining());
    return """
        package %s;

        import org.jspecify.annotations.Nullable;

        /** What there is to know of each %s. */
        final class %s {
          static final String NAMES = "%s";

          private %3$s() {}

          static @Nullable String of(String name) {
            return switch (name) {
        %5$s      default -> null;
            };
          }
        }
        """
        .formatted(PACKAGE, what, name, names, cases);
  }

  private static String enumBlock(Element each) {
    return each.list("values").stream().map(Element::name).collect(Collectors.joining(","));
  }

  private static String typeBlock(Element type) {
    StringBuilder text = new StringBuilder();
    line(text, type.orDash("tag"), type.orDash("plural_tag"), type.orDash("base"));
    for (Element member : type.list("members")) {
      line(
          text,
          member.name(),
          member.orDash("tag"),
          member.orDash("kind"),
          member.orDash("type"),
          member.orDash("item"),
          member.flag("link") ? "L" : "A");
    }
    return text.toString();
  }

  private static String serviceBlock(Element service) {
    StringBuilder text = new StringBuilder();
    for (Element operation : service.list("operations")) {
      line(text, "M", operation.name(), operation.flag("action") ? segment(operation) : "-");
      for (Element each : operation.list("parameters")) {
        String direction = (each.flag("in") ? "i" : "") + (each.flag("out") ? "o" : "");
        line(text, "P", each.name(), direction, each.orDash("kind"), each.orDash("type"));
      }
      for (String requirement : operation.texts("requires")) {
        line(text, "R", requirement);
      }
    }
    for (Element locator : service.list("locators")) {
      line(text, "C", locator.name(), segment(locator), locator.orDash("service"));
    }
    return text.toString();
  }

  private static String segment(Element element) {
    return element.text("segment").orElseThrow();
  }

  /** Each text behind a line with a mark and what it speaks of, as a path of names. */
  static String documentation(ModelDocument model) {
    StringBuilder text = new StringBuilder(800_000);
    said(text, "enums", model.enums(), "values");
    said(text, "types", model.types(), "members");
    said(text, "services", model.services(), "operations", "locators");
    return text.append("\n\u0001\n").toString();
  }

  private static void said(
      StringBuilder text, String above, List<Element> elements, String... below) {
    for (Element element : elements) {
      String path = above + "/" + element.name();
      if (!element.doc().isBlank()) {
        text.append("\n\u0001").append(path).append('\n').append(element.doc().strip());
      }
      for (String part : below) {
        said(text, path, element.list(part), "parameters");
      }
    }
  }

  private static void line(StringBuilder text, String... words) {
    text.append(String.join(" ", words)).append('\n');
  }
}

package io.overt.model.generator.sdk;

import io.overt.model.generator.sdk.ModelDocument.Element;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tables that the SDK reads at run time: blocks, one for each enum, type and service, so that a
 * program pays only for those that it uses; and apart from them what the model says of everything.
 */
final class TableWriter {
  private TableWriter() {}

  static String tables(ModelDocument model) {
    StringBuilder text = new StringBuilder(200_000);
    for (Element each : model.enums()) {
      String values =
          each.list("values").stream().map(Element::name).collect(Collectors.joining(","));
      line(text, "E", each.name(), values);
      text.append('\n');
    }
    for (Element type : model.types()) {
      line(
          text,
          "S",
          type.name(),
          type.orDash("tag"),
          type.orDash("plural_tag"),
          type.orDash("base"));
      for (Element member : type.list("members")) {
        line(
            text,
            "F",
            member.name(),
            member.orDash("tag"),
            member.orDash("kind"),
            member.orDash("type"),
            member.orDash("item"),
            member.flag("link") ? "L" : "A");
      }
      text.append('\n');
    }
    for (Element service : model.services()) {
      line(text, "V", service.name());
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
      text.append('\n');
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

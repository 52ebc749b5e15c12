package io.overt.model.generator;

import java.util.StringJoiner;
import org.ovirt.api.metamodel.concepts.EnumType;
import org.ovirt.api.metamodel.concepts.EnumValue;
import org.ovirt.api.metamodel.concepts.Link;
import org.ovirt.api.metamodel.concepts.ListType;
import org.ovirt.api.metamodel.concepts.Locator;
import org.ovirt.api.metamodel.concepts.Method;
import org.ovirt.api.metamodel.concepts.Parameter;
import org.ovirt.api.metamodel.concepts.PrimitiveType;
import org.ovirt.api.metamodel.concepts.Service;
import org.ovirt.api.metamodel.concepts.StructMember;
import org.ovirt.api.metamodel.concepts.StructType;
import org.ovirt.api.metamodel.concepts.Type;

/**
 * The normalised schema: one line a fact, sorted, so that a difference between two models reads as
 * a difference between two texts.
 *
 * <pre>
 * E enum value,value...
 * S struct tag plural-tag base|-
 * F member wire-tag kind ref|- item-tag|- A|L
 * V service
 * M operation segment|- name:i|o|io:kind:ref|-,...
 * R path|alternative-path
 * C segment|* service
 * </pre>
 */
final class SchemaWriter {
  private final StringBuilder text = new StringBuilder(160_000);

  private SchemaWriter() {}

  static String write(ApiModel model) {
    SchemaWriter writer = new SchemaWriter();
    writer.text.append("# oVirt API model 4.6.1, normalised\n");
    model.enums().forEach(writer::enumType);
    model.structs().forEach(writer::struct);
    model.services().forEach(writer::service);
    return writer.text.toString();
  }

  private void enumType(EnumType type) {
    StringJoiner values = new StringJoiner(",");
    for (EnumValue value : type.getValues()) {
      values.add(WireNames.words(value.getName()));
    }
    line("E", WireNames.words(type.getName()), values.toString());
  }

  private void struct(StructType struct) {
    StructType base = ApiModel.base(struct);
    line(
        "S",
        WireNames.words(struct.getName()),
        WireNames.tag(struct.getName()),
        WireNames.pluralTag(struct.getName()),
        base == null ? "-" : WireNames.words(base.getName()));
    for (StructMember member : ApiModel.declaredMembers(struct)) {
      Type type = member.getType();
      line(
          "F",
          WireNames.words(member.getName()),
          WireNames.tag(member.getName()),
          kind(type),
          reference(type),
          item(member),
          member instanceof Link ? "L" : "A");
    }
  }

  private void service(Service service) {
    line("V", WireNames.words(service.getName()));
    for (Method operation : ApiModel.operations(service)) {
      StringJoiner parameters = new StringJoiner(",");
      for (Parameter parameter : ApiModel.parameters(service, operation)) {
        String direction = (parameter.isIn() ? "i" : "") + (parameter.isOut() ? "o" : "");
        parameters.add(
            WireNames.words(parameter.getName())
                + ":"
                + direction
                + ":"
                + kind(parameter.getType())
                + ":"
                + reference(parameter.getType()));
      }
      line(
          "M",
          WireNames.words(operation.getName()),
          ApiModel.isAction(operation) ? WireNames.segment(operation.getName()) : "-",
          parameters.length() == 0 ? "-" : parameters.toString());
      for (String requirement : ApiModel.requirements(service, operation)) {
        line("R", requirement);
      }
    }
    for (Locator locator : ApiModel.locators(service)) {
      boolean variable = locator.parameters().findAny().isPresent();
      line(
          "C",
          variable ? "*" : WireNames.segment(locator.getName()),
          WireNames.words(locator.getService().getName()));
    }
  }

  /** S B I D T E O, with a leading L for lists. */
  static String kind(Type type) {
    if (type instanceof ListType list) {
      return "L" + kind(list.getElementType());
    }
    if (type instanceof EnumType) {
      return "E";
    }
    if (type instanceof StructType) {
      return "O";
    }
    if (type instanceof PrimitiveType) {
      return switch (type.getName().toString()) {
        case "string" -> "S";
        case "boolean" -> "B";
        case "integer" -> "I";
        case "decimal" -> "D";
        case "date" -> "T";
        default -> throw new IllegalStateException("unknown primitive " + type.getName());
      };
    }
    throw new IllegalStateException("unknown type " + type);
  }

  private static String reference(Type type) {
    Type element = ApiModel.elementType(type);
    return element instanceof PrimitiveType ? "-" : WireNames.words(element.getName());
  }

  /** The element of one entry, of a list; a dash for any other. */
  static String item(StructMember member) {
    if (!(member.getType() instanceof ListType list)) {
      return "-";
    }
    return list.getElementType() instanceof StructType struct
        ? WireNames.tag(struct.getName())
        : WireNames.singularTag(member.getName());
  }

  private void line(String... words) {
    text.append(String.join(" ", words)).append('\n');
  }
}

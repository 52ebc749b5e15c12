package io.overt.model.generator;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ovirt.api.metamodel.concepts.EnumType;
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
 * The whole model with documentation as one JSON document: what the SDK and shell generators read.
 *
 * <p>Shape: {@code {"enums": [..], "types": [..], "services": [..]}}; names are words joined by
 * underscores, kinds are those of the schema.
 */
final class ModelJson {
  private ModelJson() {}

  static String write(ApiModel model) {
    StringBuilder text = new StringBuilder(2_000_000);
    print(
        text,
        object(
            "enums", model.enums().stream().map(ModelJson::enumType).toList(),
            "types", model.structs().stream().map(ModelJson::struct).toList(),
            "services", model.services().stream().map(ModelJson::service).toList()));
    return text.append('\n').toString();
  }

  private static Map<String, Object> enumType(EnumType type) {
    return object(
        "name", WireNames.words(type.getName()),
        "doc", type.getDoc(),
        "values",
            type.getValues().stream()
                .map(
                    value ->
                        object("name", WireNames.words(value.getName()), "doc", value.getDoc()))
                .toList());
  }

  private static Map<String, Object> struct(StructType struct) {
    StructType base = ApiModel.base(struct);
    return object(
        "name", WireNames.words(struct.getName()),
        "tag", WireNames.tag(struct.getName()),
        "plural_tag", WireNames.pluralTag(struct.getName()),
        "base", base == null ? null : WireNames.words(base.getName()),
        "doc", struct.getDoc(),
        "members", ApiModel.declaredMembers(struct).stream().map(ModelJson::member).toList());
  }

  private static Map<String, Object> member(StructMember member) {
    return object(
        "name", WireNames.words(member.getName()),
        "tag", WireNames.tag(member.getName()),
        "kind", SchemaWriter.kind(member.getType()),
        "type", reference(member.getType()),
        "item", member.getType() instanceof ListType ? SchemaWriter.item(member) : null,
        "link", member instanceof Link,
        "doc", member.getDoc());
  }

  private static Map<String, Object> service(Service service) {
    return object(
        "name", WireNames.words(service.getName()),
        "doc", service.getDoc(),
        "operations",
            ApiModel.operations(service).stream().map(m -> operation(service, m)).toList(),
        "locators", ApiModel.locators(service).stream().map(ModelJson::locator).toList());
  }

  private static Map<String, Object> operation(Service service, Method operation) {
    return object(
        "name", WireNames.words(operation.getName()),
        "action", ApiModel.isAction(operation),
        "segment", WireNames.segment(operation.getName()),
        "doc", operation.getDoc(),
        "parameters",
            ApiModel.parameters(service, operation).stream().map(ModelJson::parameter).toList(),
        "requires", ApiModel.requirements(service, operation),
        "signatures", ApiModel.signatures(service, operation));
  }

  private static Map<String, Object> parameter(Parameter parameter) {
    return object(
        "name", WireNames.words(parameter.getName()),
        "in", parameter.isIn(),
        "out", parameter.isOut(),
        "kind", SchemaWriter.kind(parameter.getType()),
        "type", reference(parameter.getType()),
        "doc", parameter.getDoc());
  }

  private static Map<String, Object> locator(Locator locator) {
    return object(
        "name", WireNames.words(locator.getName()),
        "segment",
            locator.parameters().findAny().isPresent() ? "*" : WireNames.segment(locator.getName()),
        "service", WireNames.words(locator.getService().getName()),
        "doc", locator.getDoc());
  }

  private static @Nullable String reference(Type type) {
    Type element = ApiModel.elementType(type);
    return element instanceof PrimitiveType ? null : WireNames.words(element.getName());
  }

  private static Map<String, Object> object(@Nullable Object... pairs) {
    Map<String, Object> result = new LinkedHashMap<>();
    for (int index = 0; index < pairs.length; index += 2) {
      Object value = pairs[index + 1];
      if (value != null) {
        result.put(String.valueOf(pairs[index]), value);
      }
    }
    return result;
  }

  private static void print(StringBuilder text, Object value) {
    switch (value) {
      case Map<?, ?> map -> {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          text.append(separator);
          string(text, String.valueOf(entry.getKey()));
          text.append(':');
          print(text, entry.getValue());
          separator = ",";
        }
        text.append('}');
      }
      case Collection<?> items -> {
        text.append('[');
        String separator = "";
        for (Object item : List.copyOf(items)) {
          text.append(separator);
          print(text, item);
          separator = ",\n";
        }
        text.append(']');
      }
      case Boolean flag -> text.append(flag.booleanValue());
      default -> string(text, value.toString());
    }
  }

  private static void string(StringBuilder text, String value) {
    text.append('"');
    for (int index = 0; index < value.length(); index++) {
      char c = value.charAt(index);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < 0x20) {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}

package io.overt.model.generator;

import java.nio.file.Path;
import java.util.List;
import org.ovirt.api.metamodel.concepts.EnumType;
import org.ovirt.api.metamodel.concepts.EnumValue;
import org.ovirt.api.metamodel.concepts.StructMember;
import org.ovirt.api.metamodel.concepts.StructType;
import org.ovirt.api.metamodel.concepts.Type;

/** Writes a class per struct, an enum per enum and the registry that finds both by name. */
final class TypeWriter {
  private static final String PACKAGE = "io.overt.model.types";
  private final ApiModel model;
  private final Path directory;

  TypeWriter(ApiModel model, Path sources) {
    this.model = model;
    this.directory = sources.resolve(PACKAGE.replace('.', '/'));
  }

  void writeAll() {
    model.structs().forEach(this::struct);
    model.enums().forEach(this::enumType);
    registry();
    Generator.write(
        directory.resolve("package-info.java"),
        """
        /** The types of the oVirt API model, generated: thin facades over slots with presence. */
        package %s;
        """
            .formatted(PACKAGE));
  }

  private void struct(StructType struct) {
    String name = WireNames.className(struct.getName());
    StructType base = ApiModel.base(struct);
    List<StructMember> all = ApiModel.allMembers(struct);
    int inherited = base == null ? 0 : ApiModel.allMembers(base).size();
    StringBuilder text = new StringBuilder(8_000);
    text.append("package ").append(PACKAGE).append(";\n\n");
    text.append(
        "import io.overt.model.*;\nimport java.math.BigDecimal;\nimport java.time.Instant;\nimport java.util.List;\n");
    text.append("import org.jspecify.annotations.Nullable;\n\n");
    text.append(Docs.comment(struct.getDoc(), ""));
    text.append("@SuppressWarnings({\"cast\", \"unchecked\"})\npublic class ")
        .append(name)
        .append(" extends ");
    text.append(base == null ? "Struct" : WireNames.className(base.getName())).append(" {\n");
    text.append("  public static final StructType TYPE = Schema.current().struct(\"")
        .append(WireNames.words(struct.getName()))
        .append("\");\n\n");
    text.append("  public ").append(name).append("() {\n    super(TYPE);\n  }\n\n");
    text.append("  protected ")
        .append(name)
        .append("(StructType type) {\n    super(type);\n  }\n\n");
    text.append("  @Override\n  public ")
        .append(name)
        .append(" copy() {\n    return (")
        .append(name)
        .append(") super.copy();\n  }\n\n");
    text.append("  @Override\n  public ")
        .append(name)
        .append(" freeze() {\n    super.freeze();\n")
        .append("    return this;\n  }\n");
    for (int index = 0; index < all.size(); index++) {
      StructMember member = all.get(index);
      String accessor = WireNames.memberName(member.getName());
      String type = javaType(member.getType());
      text.append('\n');
      boolean isId = accessor.equals("id");
      if (index >= inherited && !isId) {
        text.append(Docs.comment(member.getDoc(), "  "));
        text.append("  public @Nullable ")
            .append(type)
            .append(' ')
            .append(accessor)
            .append("() {\n");
        text.append("    return (")
            .append(type)
            .append(") slots[")
            .append(index)
            .append("];\n  }\n\n");
      }
      if (index < inherited) {
        text.append("  @Override\n");
      }
      text.append("  public ")
          .append(name)
          .append(' ')
          .append(accessor)
          .append("(@Nullable ")
          .append(type)
          .append(" value) {\n    put(")
          .append(index)
          .append(", value);\n    return this;\n  }\n");
    }
    text.append("}\n");
    Generator.write(directory.resolve(name + ".java"), text.toString());
  }

  private void enumType(EnumType type) {
    String name = WireNames.className(type.getName());
    StringBuilder text = new StringBuilder(2_000);
    text.append("package ").append(PACKAGE).append(";\n\nimport io.overt.model.ApiEnum;\n\n");
    text.append(Docs.comment(type.getDoc(), ""));
    text.append("public enum ").append(name).append(" implements ApiEnum {\n");
    List<EnumValue> values = type.getValues();
    for (int index = 0; index < values.size(); index++) {
      String wire = WireNames.words(values.get(index).getName());
      text.append("  ")
          .append(wire.toUpperCase(java.util.Locale.ROOT))
          .append("(\"")
          .append(wire)
          .append("\")")
          .append(index == values.size() - 1 ? ";\n" : ",\n");
    }
    text.append(
        """

          private final String wire;

          %s(String wire) {
            this.wire = wire;
          }

          @Override
          public String wire() {
            return wire;
          }
        }
        """
            .formatted(name));
    Generator.write(directory.resolve(name + ".java"), text.toString());
  }

  private void registry() {
    StringBuilder text = new StringBuilder(20_000);
    text.append("package ").append(PACKAGE).append(";\n\nimport io.overt.model.*;\n\n");
    text.append("/** Finds the class behind a name of the schema without reflection. */\n");
    text.append("public final class Types {\n  private Types() {}\n\n");
    text.append(
        "  /** A new, empty struct. */\n  public static Struct create(String name) {\n    return switch (name) {\n");
    for (StructType struct : model.structs()) {
      text.append("      case \"")
          .append(WireNames.words(struct.getName()))
          .append("\" -> new ")
          .append(WireNames.className(struct.getName()))
          .append("();\n");
    }
    text.append(
        "      default -> throw new IllegalArgumentException(\"no struct \" + name);\n    };\n  }\n\n");
    text.append(
        "  /** The constants of an enum, in the model's order. */\n  public static ApiEnum[] constants(String name) {\n    return switch (name) {\n");
    for (EnumType type : model.enums()) {
      text.append("      case \"")
          .append(WireNames.words(type.getName()))
          .append("\" -> ")
          .append(WireNames.className(type.getName()))
          .append(".values();\n");
    }
    text.append(
        "      default -> throw new IllegalArgumentException(\"no enum \" + name);\n    };\n  }\n}\n");
    Generator.write(directory.resolve("Types.java"), text.toString());
  }

  static String javaType(Type type) {
    return switch (SchemaWriter.kind(type)) {
      case "S" -> "String";
      case "B" -> "Boolean";
      case "I" -> "Long";
      case "D" -> "BigDecimal";
      case "T" -> "Instant";
      case "E", "O" -> WireNames.className(type.getName());
      default -> "List<" + javaType(ApiModel.elementType(type)) + ">";
    };
  }
}

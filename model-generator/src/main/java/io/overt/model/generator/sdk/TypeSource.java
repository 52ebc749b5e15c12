package io.overt.model.generator.sdk;

import io.overt.model.generator.sdk.ModelDocument.Element;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The class of a type and the enum of an enum: views of nodes, thin. */
final class TypeSource {
  static final String PACKAGE = "io.overt.sdk.types";
  private static final Set<String> OF_ENTITIES = Set.of("id", "name", "description", "comment");

  private final ModelDocument model;

  TypeSource(ModelDocument model) {
    this.model = model;
  }

  /** Whether objects of the type have an id, by which others refer to them. */
  static boolean identified(ModelDocument model, String type) {
    return model.members(model.type(type)).stream().anyMatch(one -> one.name().equals("id"));
  }

  static String packageInfo() {
    return """
        /** The types of the API, generated from its model. */
        @NullMarked
        package %s;

        import org.jspecify.annotations.NullMarked;
        """
        .formatted(PACKAGE);
  }

  String enumType(Element type) {
    String name = JavaNames.className(type.name());
    StringBuilder text = new StringBuilder();
    text.append("package ").append(PACKAGE).append(";\n\n");
    text.append("import io.overt.sdk.EnumValue;\nimport org.jspecify.annotations.Nullable;\n\n");
    text.append(JavaDoc.comment(type.doc(), ""));
    text.append("public enum ").append(name).append(" implements EnumValue {\n");
    for (Element value : type.list("values")) {
      text.append(JavaDoc.comment(value.doc(), "  "));
      text.append("  %s(\"%s\"),\n".formatted(JavaNames.constantName(value.name()), value.name()));
    }
    return text.append(
            """
              /** What a newer engine sent and this SDK does not know. */
              UNRECOGNIZED("");

              private final String wire;

              %1$s(String wire) {
                this.wire = wire;
              }

              @Override
              public String wire() {
                return wire;
              }

              /** The constant that documents write so; null for null. */
              public static @Nullable %1$s of(@Nullable String wire) {
                return EnumValue.find(values(), wire);
              }
            }
            """
                .formatted(name))
        .toString();
  }

  String struct(Element type) {
    String name = JavaNames.className(type.name());
    boolean entity = identified(model, type.name());
    String base = entity ? "Entity" : "Struct";
    List<Element> members =
        model.members(type).stream()
            .filter(member -> !(entity && OF_ENTITIES.contains(member.name())))
            .toList();
    String constants =
        members.stream()
            .map(
                member ->
                    "  public static final String %s = \"%s\";\n"
                        .formatted(JavaNames.constantName(member.name()), tag(member)))
            .collect(Collectors.joining());
    String getters = members.stream().map(this::getter).collect(Collectors.joining());
    String setters = members.stream().map(this::setters).collect(Collectors.joining());
    return """
        package %s;

        import io.overt.sdk.*;
        import io.overt.sdk.document.Node;
        import java.math.BigDecimal;
        import java.time.Instant;
        import java.util.List;
        import java.util.function.Consumer;
        import org.jspecify.annotations.Nullable;

        %spublic final class %3$s extends %4$s {
        %5$s
          private %3$s(Node node) {
            super(node);
          }

          /** What a node of this type says. */
          public static %3$s of(Node node) {
            return new %3$s(node);
          }

          public static Builder builder() {
            return new Builder(Node.builder("%6$s"));
          }

          /** The same with a change. */
          public %3$s with(Consumer<? super Builder> change) {
            Builder builder = new Builder(node().toBuilder());
            change.accept(builder);
            return builder.build();
          }
        %7$s
          /** Sets members, and builds. */
          public static final class Builder extends %4$s.Builder<Builder> {
            Builder(Node.Builder node) {
              super(node);
            }

            @Override
            protected Builder self() {
              return this;
            }

            public %3$s build() {
              return new %3$s(built());
            }
        %8$s  }
        }
        """
        .formatted(
            PACKAGE,
            JavaDoc.comment(type.doc(), ""),
            name,
            base,
            constants,
            type.name(),
            getters,
            setters);
  }

  static String tag(Element member) {
    return member.text("tag").orElseThrow();
  }

  private static String reference(Element member) {
    return JavaNames.className(member.text("type").orElseThrow());
  }

  private String getter(Element member) {
    String constant = JavaNames.constantName(member.name());
    String kind = member.text("kind").orElseThrow();
    String type =
        switch (kind) {
          case "S" -> "@Nullable String";
          case "B" -> "@Nullable Boolean";
          case "I" -> "@Nullable Long";
          case "D" -> "@Nullable BigDecimal";
          case "T" -> "@Nullable Instant";
          case "E", "O" -> "@Nullable " + reference(member);
          default -> "List<" + element(member) + ">";
        };
    String value =
        switch (kind) {
          case "S" -> "text(%s)";
          case "B" -> "flag(%s)";
          case "I" -> "number(%s)";
          case "D" -> "decimal(%s)";
          case "T" -> "date(%s)";
          case "E" -> reference(member) + ".of(text(%s))";
          case "O" -> "struct(%s, " + reference(member) + "::of)";
          case "LO" -> "structs(%s, " + reference(member) + "::of)";
          case "LE" -> "constants(%s, " + reference(member) + "::of)";
          case "LS" -> "texts(%s)";
          default -> throw new IllegalStateException("no kind " + kind);
        };
    return "\n%s  public %s %s() {\n    return %s;\n  }\n"
        .formatted(
            JavaDoc.comment(member.doc(), "  "),
            type,
            JavaNames.memberName(member.name()),
            value.formatted(constant));
  }

  static String element(Element member) {
    return member.text("kind").orElseThrow().endsWith("S") ? "String" : reference(member);
  }

  private String setters(Element member) {
    String constant = JavaNames.constantName(member.name());
    String name = JavaNames.memberName(member.name());
    String kind = member.text("kind").orElseThrow();
    if (kind.startsWith("L")) {
      return setter(name, "List<" + element(member) + ">", "put(%s, value)".formatted(constant))
          + setter(
              name, element(member) + "...", "putAll(%s, (Object[]) value)".formatted(constant));
    }
    String put = "put(%s, value)".formatted(constant);
    return switch (kind) {
      case "S" -> setter(name, "@Nullable String", put);
      case "B" -> setter(name, "boolean", put);
      case "I" -> setter(name, "long", put);
      case "D" -> setter(name, "BigDecimal", put);
      case "T" -> setter(name, "Instant", put);
      case "E" -> setter(name, reference(member), put);
      default -> {
        String type = reference(member);
        String text =
            setter(name, "@Nullable " + type, put)
                + setter(
                    name,
                    "Consumer<? super " + type + ".Builder>",
                    "change(%s, %s.Builder::new, value)".formatted(constant, type));
        yield identified(model, member.text("type").orElseThrow())
            ? text + setter(name, "Ref", "refer(%s, value)".formatted(constant))
            : text;
      }
    };
  }

  private static String setter(String name, String type, String value) {
    return "\n    public Builder %s(%s value) {\n      return %s;\n    }\n"
        .formatted(name, type, value);
  }
}

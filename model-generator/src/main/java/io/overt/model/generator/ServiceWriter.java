package io.overt.model.generator;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ovirt.api.metamodel.concepts.ListType;
import org.ovirt.api.metamodel.concepts.Locator;
import org.ovirt.api.metamodel.concepts.Method;
import org.ovirt.api.metamodel.concepts.Parameter;
import org.ovirt.api.metamodel.concepts.Service;
import org.ovirt.api.metamodel.concepts.StructType;
import org.ovirt.api.metamodel.concepts.Type;

/**
 * Writes an interface per service: request records, operations that default to "not implemented".
 */
final class ServiceWriter {
  private static final String PACKAGE = "io.overt.model.services";
  private final ApiModel model;
  private final Path directory;

  ServiceWriter(ApiModel model, Path sources) {
    this.model = model;
    this.directory = sources.resolve(PACKAGE.replace('.', '/'));
  }

  void writeAll() {
    model.services().forEach(this::service);
    registry();
    Generator.write(
        directory.resolve("package-info.java"),
        """
        /** The services of the oVirt API model, generated: what a feature implements. */
        package %s;
        """
            .formatted(PACKAGE));
  }

  private void service(Service service) {
    String name = interfaceName(service);
    String key = WireNames.words(service.getName());
    StringBuilder text = new StringBuilder(6_000);
    text.append("package ")
        .append(PACKAGE)
        .append(";\n\nimport io.overt.model.*;\nimport io.overt.model.types.*;\n");
    text.append(
        "import java.math.BigDecimal;\nimport java.time.Instant;\nimport java.util.List;\n");
    text.append("import org.jspecify.annotations.Nullable;\n\n");
    text.append(Docs.comment(service.getDoc(), ""));
    text.append("@SuppressWarnings({\"cast\", \"unchecked\"})\npublic interface ")
        .append(name)
        .append(" extends Service {\n");
    text.append("  ServiceType TYPE = Schema.current().service(\"").append(key).append("\");\n\n");
    text.append("  @Override\n  default ServiceType type() {\n    return TYPE;\n  }\n");
    List<Method> operations = ApiModel.operations(service);
    for (Method operation : operations) {
      operation(text, service, operation);
    }
    List<Locator> locators = ApiModel.locators(service);
    for (Locator locator : locators) {
      text.append('\n').append(Docs.comment(locator.getDoc(), "  "));
      text.append("  default ")
          .append(interfaceName(locator.getService()))
          .append(' ')
          .append(locatorMethod(locator))
          .append(isVariable(locator) ? "(String id)" : "()")
          .append(" {\n    return new ")
          .append(interfaceName(locator.getService()))
          .append("() {};\n  }\n");
    }
    invoke(text, key, operations);
    text.append(
        "\n  @Override\n  default @Nullable Service locate(String segment) {\n    return switch (segment) {\n");
    String variable = "null";
    for (Locator locator : locators) {
      if (isVariable(locator)) {
        variable = locatorMethod(locator) + "(segment)";
      } else {
        text.append("      case \"")
            .append(WireNames.segment(locator.getName()))
            .append("\" -> ")
            .append(locatorMethod(locator))
            .append("();\n");
      }
    }
    text.append("      default -> ").append(variable).append(";\n    };\n  }\n}\n");
    Generator.write(directory.resolve(name + ".java"), text.toString());
  }

  private static void invoke(StringBuilder text, String key, List<Method> operations) {
    String unknown =
        "throw new IllegalArgumentException(\"" + key + " has no operation \" + operation);\n";
    text.append("\n  @Override\n  default Object invoke(String operation, Call call) {\n");
    if (operations.isEmpty()) {
      text.append("    ").append(unknown).append("  }\n");
      return;
    }
    text.append("    return switch (operation) {\n");
    for (Method operation : operations) {
      text.append("      case \"")
          .append(WireNames.words(operation.getName()))
          .append("\" -> ")
          .append(WireNames.operationName(operation.getName()))
          .append("(new ")
          .append(requestName(operation))
          .append("(call));\n");
    }
    text.append("      default -> ").append(unknown).append("    };\n  }\n");
  }

  private static void operation(StringBuilder text, Service service, Method operation) {
    String request = requestName(operation);
    text.append("\n  /** Typed view of a call of {@code ")
        .append(key(service, operation))
        .append("}. */\n");
    text.append("  record ").append(request).append("(Call call) {\n");
    for (Parameter parameter : ApiModel.parameters(service, operation)) {
      if (!parameter.isIn()) {
        continue;
      }
      String type = TypeWriter.javaType(parameter.getType());
      String raw = parameter.getType() instanceof ListType ? "List" : type;
      text.append(Docs.comment(parameter.getDoc(), "    "));
      text.append("    public @Nullable ")
          .append(type)
          .append(' ')
          .append(WireNames.accessorName(parameter.getName()))
          .append("() {\n      return (")
          .append(type)
          .append(") call.input(\"")
          .append(WireNames.words(parameter.getName()))
          .append("\", ")
          .append(raw)
          .append(".class);\n    }\n\n");
    }
    text.append("  }\n\n");
    text.append(Docs.comment(operation.getDoc(), "  "));
    text.append("  default ")
        .append(resultType(service, operation))
        .append(' ')
        .append(WireNames.operationName(operation.getName()))
        .append('(')
        .append(request)
        .append(" request) {\n    throw new NotImplemented(\"")
        .append(key(service, operation))
        .append("\");\n  }\n");
  }

  private static String resultType(Service service, Method operation) {
    List<Parameter> outputs =
        ApiModel.parameters(service, operation).stream().filter(Parameter::isOut).toList();
    return switch (WireNames.words(operation.getName())) {
      case "list" -> "List<" + struct(outputs, true).orElse("Struct") + ">";
      case "get" -> struct(outputs, false).orElse("Struct");
      case "add", "update" -> "Outcome<" + struct(outputs, false).orElse("Struct") + ">";
      case "remove" -> "Outcome<Struct>";
      default -> "Outcome<Action>";
    };
  }

  private static Optional<String> struct(List<Parameter> outputs, boolean list) {
    return outputs.stream()
        .map(Parameter::getType)
        .filter(type -> list == type instanceof ListType)
        .map(ApiModel::elementType)
        .filter(StructType.class::isInstance)
        .map((Type type) -> TypeWriter.javaType(type))
        .findFirst();
  }

  private void registry() {
    StringBuilder text = new StringBuilder(20_000);
    text.append("package ").append(PACKAGE).append(";\n\nimport io.overt.model.Service;\n\n");
    text.append(
        "/** Placeholders: a service whose operations all answer \"not implemented\". */\n");
    text.append("public final class Services {\n  private Services() {}\n\n");
    text.append("  /** A service without any implementation, by its name in the schema. */\n");
    text.append(
        "  public static Service unimplemented(String name) {\n    return switch (name) {\n");
    for (Service service : model.services()) {
      text.append("      case \"")
          .append(WireNames.words(service.getName()))
          .append("\" -> new ")
          .append(interfaceName(service))
          .append("() {};\n");
    }
    text.append(
        "      default -> throw new IllegalArgumentException(\"no service \" + name);\n    };\n  }\n}\n");
    Generator.write(directory.resolve("Services.java"), text.toString());
  }

  private static String key(Service service, Method operation) {
    return WireNames.words(service.getName()) + "." + WireNames.words(operation.getName());
  }

  static String interfaceName(Service service) {
    return WireNames.className(service.getName()) + "Service";
  }

  private static String requestName(Method operation) {
    return WireNames.className(operation.getName()) + "Request";
  }

  private static String locatorMethod(Locator locator) {
    return WireNames.accessorName(locator.getName());
  }

  private static boolean isVariable(Locator locator) {
    return locator.parameters().findAny().isPresent();
  }
}

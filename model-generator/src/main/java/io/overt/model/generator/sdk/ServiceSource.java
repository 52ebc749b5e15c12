package io.overt.model.generator.sdk;

import io.overt.model.generator.sdk.ModelDocument.Element;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The class of a service, with its calls once more on threads of their own. */
final class ServiceSource {
  static final String PACKAGE = "io.overt.sdk.services";

  private final ModelDocument model;
  private final Element service;
  private final String name;
  private final Set<String> types = new TreeSet<>();
  private final StringBuilder calls = new StringBuilder();
  private final StringBuilder asynchronous = new StringBuilder();
  private final StringBuilder options = new StringBuilder();

  ServiceSource(ModelDocument model, Element service) {
    this.model = model;
    this.service = service;
    this.name = className(service.name());
  }

  static String packageInfo() {
    return """
        /** The services of the API, generated from its model. */
        @NullMarked
        package %s;

        import org.jspecify.annotations.NullMarked;
        """
        .formatted(PACKAGE);
  }

  static String className(String service) {
    return JavaNames.className(service) + "Service";
  }

  /** What the service's objects are; empty if it has none to read. */
  private Optional<String> entity(String operation) {
    return operation(operation).flatMap(ServiceSource::result).map(this::type);
  }

  private Optional<Element> operation(String operation) {
    return service.list("operations").stream()
        .filter(one -> one.name().equals(operation))
        .findFirst();
  }

  private static Optional<Element> result(Element operation) {
    return operation.list("parameters").stream().filter(one -> one.flag("out")).findFirst();
  }

  /** The class of what a parameter refers to, which is imported. */
  private String type(Element parameter) {
    String type = JavaNames.className(parameter.text("type").orElseThrow());
    types.add(type);
    return type;
  }

  String source() {
    Optional<String> listed = entity("list");
    Optional<String> read = listed.isPresent() ? Optional.empty() : entity("get");
    boolean events = service.name().equals("events");
    String base =
        events
            ? "EventCollection"
            : listed
                .map("CollectionService<%s>"::formatted)
                .or(() -> read.map("EntityService<%s>"::formatted))
                .orElse("Service");
    String reader =
        events ? "" : listed.or(() -> read).map(type -> ", " + type + "::of").orElse("");
    service.list("operations").forEach(operation -> call(operation, read));
    service.list("locators").forEach(this::locator);
    String imports =
        types.stream()
            .map(type -> "import " + TypeSource.PACKAGE + "." + type + ";\n")
            .collect(Collectors.joining());
    boolean root = service.name().equals("system");
    return """
        package %1$s;

        import io.overt.sdk.*;
        %2$simport java.math.BigDecimal;
        import java.time.Instant;
        import java.util.List;
        import java.util.concurrent.CompletableFuture;
        import java.util.function.Consumer;
        import org.jspecify.annotations.Nullable;

        %3$spublic %4$sclass %5$s extends %6$s {
          public %5$s(Connection connection, String path) {
            super(connection, "%7$s", path%8$s);
          }
        %9$s
          /** The same calls, each on a virtual thread of its own. */
          public Async async() {
            return new Async();
          }
        %10$s
          /** The calls of the service, each on a virtual thread of its own. */
          public final class Async%11$s {
            private Async() {}
        %12$s  }
        }
        """
        .formatted(
            PACKAGE,
            imports,
            JavaDoc.comment(service.doc(), ""),
            root ? "" : "final ",
            name,
            base,
            service.name(),
            reader,
            calls,
            options,
            base.equals("Service") ? "" : " extends " + base + ".Async",
            asynchronous);
  }

  private void locator(Element locator) {
    boolean item = locator.text("segment").orElseThrow().equals("*");
    String method = item ? "id" : JavaNames.memberName(locator.name());
    String target = className(locator.text("service").orElseThrow());
    String segment = item ? "id" : "\"" + locator.text("segment").orElseThrow() + "\"";
    String doc =
        item
            ? "  /** The place of the object with this id, whether there is one or not. */\n"
            : JavaDoc.comment(locator.doc(), "  ");
    String parameter = item ? "String id" : "";
    calls.append(
        "\n%s  public %s %s(%s) {\n    return new %2$s(connection(), below(%s));\n  }\n"
            .formatted(doc, target, method, parameter, segment));
    asynchronous.append(
        "\n    public %s.Async %s(%s) {\n      return %s.this.%2$s(%s).async();\n    }\n"
            .formatted(target, method, parameter, name, item ? "id" : ""));
  }

  private void call(Element operation, Optional<String> read) {
    if (operation.flag("action")) {
      action(operation, read);
      return;
    }
    switch (operation.name()) {
      case "add" -> add(operation);
      case "update" -> update(operation);
      case "remove" -> {
        types.add("Action");
        calls(operation, "Operation<Action>", "remove(%s, Action::of)");
      }
      default -> {
        // Lists and objects are read by what the class extends.
      }
    }
  }

  private Optional<Element> body(Element operation) {
    return operation.list("parameters").stream()
        .filter(one -> one.flag("in") && one.orDash("kind").equals("O"))
        .findFirst();
  }

  private void add(Element operation) {
    Element body = body(operation).orElse(null);
    if (body == null) {
      // Lists of bricks; they go by Connection.
      return;
    }
    document(operation, body, "add");
  }

  private void update(Element operation) {
    Element body = body(operation).orElseThrow();
    document(operation, body, "update");
    String type = type(body);
    String doc = "  /** Changes what is set, and nothing else. */\n";
    calls.append(
        "\n%s  public %s update(Consumer<? super %2$s.Builder> changes) {\n    return update(%2$s.builder().build().with(changes));\n  }\n"
            .formatted(doc, type));
  }

  /** A call that sends a document. */
  private void document(Element operation, Element body, String method) {
    String type = type(body);
    String result = result(operation).map(this::type).orElse(type);
    List<Element> own =
        operation.list("parameters").stream()
            .filter(one -> one.flag("in") && !one.name().equals(body.name()))
            .toList();
    String optionsType = options(operation, own);
    String argument = JavaNames.memberName(body.name());
    calls.append(
        """

        %1$s  public %2$s %3$s(%4$s %5$s) {
            return %3$s(%5$s, _ -> {});
          }

        %1$s  public %2$s %3$s(%4$s %5$s, Consumer<? super %6$s> options) {
            return %3$s(%5$s, options(new %6$s(), options), %2$s::of);
          }
        """
            .formatted(
                JavaDoc.comment(operation.doc(), "  "),
                result,
                method,
                type,
                argument,
                optionsType));
    asynchronous.append(
        """

            public CompletableFuture<%2$s> %3$s(%4$s %5$s) {
              return run(() -> %7$s.this.%3$s(%5$s));
            }

            public CompletableFuture<%2$s> %3$s(%4$s %5$s, Consumer<? super %6$s> options) {
              return run(() -> %7$s.this.%3$s(%5$s, options));
            }
        """
            .formatted("", result, method, type, argument, optionsType, name));
  }

  private void action(Element operation, Optional<String> read) {
    Optional<Element> result = result(operation);
    if (operation.name().equals("screenshot")) {
      // The model does not say that it answers with a picture.
      calls(operation, "byte[]", "content(\"screenshot\", %s)");
    } else if (result.isPresent()) {
      Element out = result.get();
      String kind = out.orDash("kind");
      String type =
          switch (kind) {
            case "S" -> "@Nullable String";
            case "B" -> "@Nullable Boolean";
            case "O" -> "@Nullable " + type(out);
            case "LO" -> "@Nullable List<" + type(out) + ">";
            case "LS" -> "@Nullable List<String>";
            default -> throw new IllegalStateException(name + " answers a " + kind);
          };
      types.add("Action");
      calls(
          operation,
          type,
          "answer(\"%s\", %%s, node -> Action.of(node).%s())"
              .formatted(operation.name(), JavaNames.memberName(out.name())));
    } else if (read.isPresent()) {
      calls(
          operation,
          "Operation<" + read.get() + ">",
          "act(\"%s\", %%s)".formatted(operation.name()));
    } else {
      types.add("Action");
      calls(
          operation,
          "Operation<Action>",
          "act(\"%s\", %%s, Action::of)".formatted(operation.name()));
    }
  }

  /** A call without a document, with and without options. */
  private void calls(Element operation, String result, String call) {
    List<Element> own =
        operation.list("parameters").stream().filter(one -> one.flag("in")).toList();
    String optionsType = options(operation, own);
    String method = JavaNames.memberName(operation.name());
    String doc = JavaDoc.comment(operation.doc(), "  ");
    calls.append(
        """

        %1$s  public %2$s %3$s() {
            return %3$s(_ -> {});
          }

        %1$s  public %2$s %3$s(Consumer<? super %4$s> options) {
            return %5$s;
          }
        """
            .formatted(
                doc,
                result,
                method,
                optionsType,
                call.formatted("options(new " + optionsType + "(), options)")));
    asynchronous.append(
        """

            public CompletableFuture<%1$s> %2$s() {
              return run(() -> %4$s.this.%2$s());
            }

            public CompletableFuture<%1$s> %2$s(Consumer<? super %3$s> options) {
              return run(() -> %4$s.this.%2$s(options));
            }
        """
            .formatted(result, method, optionsType, name));
  }

  /** The class of an operation's options: one of its own, if it has any but the common ones. */
  private String options(Element operation, List<Element> parameters) {
    List<Element> own =
        parameters.stream()
            .filter(one -> !Set.of("async", "correlation_id").contains(one.name()))
            .toList();
    if (own.isEmpty()) {
      return "Options.Plain";
    }
    String type = JavaNames.className(operation.name()) + "Options";
    options.append(
        """

          /** What {@code %1$s} may be given. */
          public static final class %2$s extends Options<%2$s> {
        %3$s  }
        """
            .formatted(
                JavaNames.memberName(operation.name()),
                type,
                own.stream().map(one -> option(type, one)).collect(Collectors.joining())));
    return type;
  }

  private String option(String options, Element parameter) {
    String kind = parameter.orDash("kind");
    String set = "parameter(\"%s\", value)".formatted(parameter.name());
    return switch (kind) {
      case "S" -> option(options, parameter, "String", set);
      case "B" -> option(options, parameter, "boolean", set);
      case "I" -> option(options, parameter, "long", set);
      case "D" -> option(options, parameter, "BigDecimal", set);
      case "T" -> option(options, parameter, "Instant", set);
      case "LS" -> option(options, parameter, "List<String>", set);
      case "LO", "LE" -> option(options, parameter, "List<" + type(parameter) + ">", set);
      case "E" -> option(options, parameter, type(parameter), set);
      default -> {
        String referred = parameter.text("type").orElseThrow();
        String text = option(options, parameter, type(parameter), set);
        if (TypeSource.identified(model, referred)) {
          String refer = "refer(\"%s\", \"%s\", value)".formatted(parameter.name(), referred);
          text += option(options, parameter, "Ref", refer);
          text += option(options, parameter, "String", refer);
        }
        yield text;
      }
    };
  }

  private static String option(String options, Element parameter, String type, String set) {
    return "\n%s    public %s %s(%s value) {\n      return %s;\n    }\n"
        .formatted(
            JavaDoc.comment(parameter.doc(), "    "),
            options,
            JavaNames.memberName(parameter.name()),
            type,
            set);
  }
}

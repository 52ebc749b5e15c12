package io.overt.model.generator;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ovirt.api.metamodel.analyzer.ModelAnalyzer;
import org.ovirt.api.metamodel.concepts.Attribute;
import org.ovirt.api.metamodel.concepts.EnumType;
import org.ovirt.api.metamodel.concepts.Link;
import org.ovirt.api.metamodel.concepts.ListType;
import org.ovirt.api.metamodel.concepts.Locator;
import org.ovirt.api.metamodel.concepts.MemberInvolvementTree;
import org.ovirt.api.metamodel.concepts.Method;
import org.ovirt.api.metamodel.concepts.Model;
import org.ovirt.api.metamodel.concepts.NameParser;
import org.ovirt.api.metamodel.concepts.Parameter;
import org.ovirt.api.metamodel.concepts.Service;
import org.ovirt.api.metamodel.concepts.StructMember;
import org.ovirt.api.metamodel.concepts.StructType;
import org.ovirt.api.metamodel.concepts.Type;

/** The analysed model with the three types that upstream's tools add by hand. */
record ApiModel(
    Model model, List<StructType> structs, List<EnumType> enums, List<Service> services) {
  private static final Set<String> PLAIN_OPERATIONS =
      Set.of("add", "get", "list", "remove", "update");

  static ApiModel analyze(Path sourcesJar) {
    Model model = new Model();
    ModelAnalyzer analyzer = new ModelAnalyzer();
    analyzer.setModel(model);
    File file = sourcesJar.toFile();
    try {
      analyzer.analyzeSource(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    addBuiltIns(model);
    List<StructType> structs =
        byName(
            model
                .types()
                .filter(StructType.class::isInstance)
                .map(StructType.class::cast)
                .toList());
    List<EnumType> enums =
        byName(model.types().filter(EnumType.class::isInstance).map(EnumType.class::cast).toList());
    return new ApiModel(model, structs, enums, byName(model.services().toList()));
  }

  private static <T extends org.ovirt.api.metamodel.concepts.Concept> List<T> byName(
      List<T> concepts) {
    return concepts.stream()
        .sorted(Comparator.comparing(concept -> concept.getName().toString()))
        .toList();
  }

  /** Base first, then as the model declares: attributes before links. */
  static List<StructMember> declaredMembers(StructType struct) {
    List<StructMember> members = new ArrayList<>();
    members.addAll(struct.getDeclaredAttributes());
    members.addAll(struct.getDeclaredLinks());
    members.sort(
        Comparator.<StructMember, Boolean>comparing(member -> member instanceof Link)
            .thenComparing(member -> member.getName().toString()));
    return members;
  }

  static List<StructMember> allMembers(StructType struct) {
    List<StructMember> members = new ArrayList<>();
    if (struct.getBase() instanceof StructType base) {
      members.addAll(allMembers(base));
    }
    members.addAll(declaredMembers(struct));
    return members;
  }

  static @Nullable StructType base(StructType struct) {
    return struct.getBase() instanceof StructType base ? base : null;
  }

  /** The operations of a service: its methods without the alternative input signatures. */
  static List<Method> operations(Service service) {
    return service
        .methods()
        .filter(method -> method.getBase() == null)
        .sorted(Comparator.comparing(method -> method.getName().toString()))
        .toList();
  }

  private static Stream<Method> alternatives(Service service, Method operation) {
    return service
        .methods()
        .filter(method -> method.getBase() != null && rootOf(method).equals(operation));
  }

  /** Names of the alternative input signatures: {@code from_snapshot} of {@code vms.add}. */
  static List<String> signatures(Service service, Method operation) {
    return alternatives(service, operation)
        .map(method -> WireNames.words(method.getName()))
        .sorted()
        .toList();
  }

  /** Parameters of the operation and of all its alternative input signatures. */
  static List<Parameter> parameters(Service service, Method operation) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    operation.parameters().forEach(p -> parameters.putIfAbsent(p.getName().toString(), p));
    alternatives(service, operation)
        .flatMap(Method::parameters)
        .forEach(p -> parameters.putIfAbsent(p.getName().toString(), p));
    return parameters.values().stream()
        .sorted(Comparator.comparing(p -> p.getName().toString()))
        .toList();
  }

  /**
   * What a request must contain, as paths that begin with the parameter's name; alternatives are
   * joined by a bar. Empty for operations with alternative input signatures, whose needs depend on
   * which one the client meant.
   */
  static List<String> requirements(Service service, Method operation) {
    if (alternatives(service, operation).findAny().isPresent()) {
      return List.of();
    }
    List<String> requirements = new ArrayList<>();
    operation
        .parameters()
        .sorted(Comparator.comparing(p -> p.getName().toString()))
        .forEach(
            parameter -> {
              String root = WireNames.words(parameter.getName());
              if (parameter.isMandatory()) {
                requirements.add(root);
              }
              for (MemberInvolvementTree leaf : parameter.getMandatoryAttributes()) {
                String requirement = root + "." + path(leaf);
                MemberInvolvementTree alternative = leaf.getAlternative();
                requirements.add(
                    alternative == null
                        ? requirement
                        : requirement + "|" + root + "." + path(alternative));
              }
            });
    return requirements;
  }

  private static String path(MemberInvolvementTree leaf) {
    String name = WireNames.words(leaf.getName());
    return leaf.hasParent() ? path(leaf.getParent()) + "." + name : name;
  }

  private static Method rootOf(Method method) {
    Method root = method;
    while (root.getBase() != null) {
      root = root.getBase();
    }
    return root;
  }

  static boolean isAction(Method method) {
    return !PLAIN_OPERATIONS.contains(WireNames.words(method.getName()));
  }

  /** In declaration order, which is the order of the links on the wire. */
  static List<Locator> locators(Service service) {
    return service.getLocators();
  }

  static Type elementType(Type type) {
    return type instanceof ListType list ? list.getElementType() : type;
  }

  private static void addBuiltIns(Model model) {
    StructType fault = struct(model, "fault", null);
    attribute(fault, "reason", model.getStringType());
    attribute(fault, "detail", model.getStringType());
    StructType gracePeriod = struct(model, "grace_period", null);
    attribute(gracePeriod, "expiry", model.getIntegerType());
    StructType action =
        struct(
            model,
            "action",
            (StructType) model.getType(NameParser.parseUsingSeparator("identified", '_')));
    attribute(action, "status", model.getStringType());
    attribute(action, "fault", fault);
    attribute(action, "grace_period", gracePeriod);
    attribute(action, "job", model.getType(NameParser.parseUsingSeparator("job", '_')));
    model
        .services()
        .sorted(Comparator.comparing(service -> service.getName().toString()))
        .flatMap(Service::methods)
        .filter(ApiModel::isAction)
        .flatMap(Method::parameters)
        .forEach(
            parameter -> {
              boolean known =
                  allMembers(action).stream()
                      .anyMatch(m -> m.getName().equals(parameter.getName()));
              if (!known) {
                attribute(action, WireNames.words(parameter.getName()), parameter.getType());
              }
            });
  }

  private static StructType struct(Model model, String name, @Nullable StructType base) {
    StructType struct = new StructType();
    struct.setName(NameParser.parseUsingSeparator(name, '_'));
    struct.setDoc("Built into the API's transport rather than declared by its model.");
    if (base != null) {
      struct.setBase(base);
    }
    model.addType(struct);
    return struct;
  }

  private static void attribute(StructType struct, String name, Type type) {
    Attribute attribute = new Attribute();
    attribute.setName(NameParser.parseUsingSeparator(name, '_'));
    attribute.setType(type);
    attribute.setDeclaringType(struct);
    struct.addAttribute(attribute);
  }
}

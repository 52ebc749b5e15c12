package io.overt.sdk.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The model: its enums, types and services by name, and where paths lead. What is known of each is
 * read when it is first asked for.
 */
public final class Schema {
  private static final Schema CURRENT = new Schema();
  private static final String ROOT = "system";

  private final Map<String, EnumType> enums = new ConcurrentHashMap<>();
  private final Map<String, StructType> types = new ConcurrentHashMap<>();
  private final Map<String, ServiceType> services = new ConcurrentHashMap<>();
  private volatile @Nullable Map<String, String> namesByTag;

  private Schema() {}

  public static Schema current() {
    return CURRENT;
  }

  /** The names of all types, in the model's order. */
  public Set<String> typeNames() {
    return new LinkedHashSet<>(List.of(TypeTables.NAMES.split(",")));
  }

  /** The names of all services, in the model's order. */
  public Set<String> serviceNames() {
    return new LinkedHashSet<>(List.of(ServiceTables.NAMES.split(",")));
  }

  /**
   * A type by its name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public StructType type(String name) {
    StructType known = types.get(name);
    if (known != null) {
      return known;
    }
    // Not computed inside of the map: reading a type reads those that it extends.
    StructType read = readType(name, require(TypeTables.of(name), name, "type"));
    StructType first = types.putIfAbsent(name, read);
    return first == null ? read : first;
  }

  /** The type whose documents have this tag: {@code host_numa_node} is {@code numa_node}. */
  public StructType typeByTag(String tag) {
    Map<String, String> names = namesByTag;
    if (names == null) {
      Map<String, String> read = new HashMap<>();
      for (String name : typeNames()) {
        read.putIfAbsent(type(name).tag(), name);
      }
      namesByTag = read;
      names = read;
    }
    return type(names.getOrDefault(tag, tag));
  }

  /**
   * An enum by its name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public EnumType enumType(String name) {
    EnumType known = enums.get(name);
    if (known != null) {
      return known;
    }
    String values = require(EnumTables.of(name), name, "enum");
    EnumType read = new EnumType(name, List.of(values.split(",")));
    EnumType first = enums.putIfAbsent(name, read);
    return first == null ? read : first;
  }

  /**
   * A service by its name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public ServiceType service(String name) {
    ServiceType known = services.get(name);
    if (known != null) {
      return known;
    }
    ServiceType read = readService(name, require(ServiceTables.of(name), name, "service"));
    ServiceType first = services.putIfAbsent(name, read);
    return first == null ? read : first;
  }

  /** The service at the API's own address. */
  public ServiceType root() {
    return service(ROOT);
  }

  /**
   * Where a path below the API's address leads, such as {@code vms/123/nics} or {@code
   * vms/123/start}.
   *
   * @throws IllegalArgumentException when it leads nowhere
   */
  public Target walk(String path) {
    ServiceType service = root();
    String[] segments = path.split("/");
    for (int index = 0; index < segments.length; index++) {
      String segment = segments[index];
      if (segment.isEmpty()) {
        continue;
      }
      LocatorType locator = service.locator(segment).orElse(null);
      OperationType action = service.action(segment).orElse(null);
      if (locator == null && action == null) {
        locator = service.item().orElse(null);
      }
      if (locator != null) {
        service = locator.target();
      } else if (action != null && index == segments.length - 1) {
        return new Target(service, action);
      } else {
        throw new IllegalArgumentException(
            "There is nothing at '%s': %s has no '%s'".formatted(path, service.name(), segment));
      }
    }
    return new Target(service, null);
  }

  private static String require(@Nullable String block, String name, String what) {
    if (block == null) {
      throw new IllegalArgumentException("the model has no %s '%s'".formatted(what, name));
    }
    return block;
  }

  private static @Nullable String orNull(String word) {
    return word.equals("-") ? null : word;
  }

  private StructType readType(String name, String block) {
    String[] lines = block.split("\n");
    String[] head = lines[0].split(" ");
    String base = orNull(head[2]);
    Map<String, Member> members = new LinkedHashMap<>();
    if (base != null) {
      for (Member inherited : type(base).members()) {
        members.put(inherited.name(), inherited);
      }
    }
    for (int index = 1; index < lines.length; index++) {
      String[] words = lines[index].split(" ");
      members.put(
          words[0],
          new Member(
              name,
              words[0],
              words[1],
              Kind.of(words[2]),
              words[2].startsWith("L"),
              orNull(words[3]),
              orNull(words[4]),
              words[5].equals("L")));
    }
    return new StructType(name, head[0], head[1], base, new ArrayList<>(members.values()));
  }

  private static ServiceType readService(String name, String block) {
    List<OperationType> operations = new ArrayList<>();
    List<LocatorType> locators = new ArrayList<>();
    String[] head = {};
    List<String[]> parameters = new ArrayList<>();
    List<String> requirements = new ArrayList<>();
    for (String line : block.split("\n")) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "P" -> parameters.add(words);
        case "R" -> requirements.add(words[1]);
        default -> {
          if (head.length > 0) {
            operations.add(readOperation(name, head, parameters, requirements));
            parameters.clear();
            requirements.clear();
          }
          boolean operation = words[0].equals("M");
          head = operation ? words : new String[0];
          if (words[0].equals("C")) {
            locators.add(new LocatorType(words[1], words[2], words[3]));
          }
        }
      }
    }
    if (head.length > 0) {
      operations.add(readOperation(name, head, parameters, requirements));
    }
    return new ServiceType(name, List.copyOf(operations), List.copyOf(locators));
  }

  private static OperationType readOperation(
      String service, String[] head, List<String[]> lines, List<String> requirements) {
    String operation = service.concat("/").concat(head[1]);
    List<ParameterType> parameters = new ArrayList<>();
    for (String[] words : lines) {
      parameters.add(
          new ParameterType(
              operation,
              words[1],
              words[2].contains("i"),
              words[2].contains("o"),
              Kind.of(words[3]),
              words[3].startsWith("L"),
              words.length > 4 ? orNull(words[4]) : null,
              isMandatory(words[1], requirements)));
    }
    boolean action = !head[2].equals("-");
    return new OperationType(
        service,
        head[1],
        action,
        action ? head[2] : "",
        List.copyOf(parameters),
        List.copyOf(requirements));
  }

  private static boolean isMandatory(String parameter, List<String> requirements) {
    String below = parameter.concat(".");
    for (String required : requirements) {
      if (required.equals(parameter) || required.startsWith(below)) {
        return true;
      }
    }
    return false;
  }
}

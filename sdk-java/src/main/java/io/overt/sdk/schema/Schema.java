package io.overt.sdk.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The model: its enums, types and services by name, and where paths lead.
 *
 * <p>The tables are split into blocks when they are loaded; a block is read when it is first asked
 * for.
 */
public final class Schema {
  private static final String ROOT = "system";

  private final Map<String, String> enumBlocks = new LinkedHashMap<>();
  private final Map<String, String> typeBlocks = new LinkedHashMap<>();
  private final Map<String, String> serviceBlocks = new LinkedHashMap<>();
  private final Map<String, EnumType> enums = new ConcurrentHashMap<>();
  private final Map<String, StructType> types = new ConcurrentHashMap<>();
  private final Map<String, ServiceType> services = new ConcurrentHashMap<>();
  private volatile @Nullable Map<String, String> namesByTag;

  private static final class Holder {
    static final Schema SCHEMA = new Schema(Resources.read("tables"));
  }

  private Schema(String tables) {
    int start = 0;
    for (int end = tables.indexOf("\n\n"); end >= 0; end = tables.indexOf("\n\n", start)) {
      int name = start + 2;
      int blank = name;
      while (tables.charAt(blank) > ' ') {
        blank++;
      }
      Map<String, String> blocks =
          switch (tables.charAt(start)) {
            case 'E' -> enumBlocks;
            case 'S' -> typeBlocks;
            default -> serviceBlocks;
          };
      blocks.put(tables.substring(name, blank), tables.substring(start, end));
      start = end + 2;
    }
  }

  public static Schema current() {
    return Holder.SCHEMA;
  }

  /** The names of all types, in the model's order. */
  public Set<String> typeNames() {
    return Collections.unmodifiableSet(typeBlocks.keySet());
  }

  /** The names of all services, in the model's order. */
  public Set<String> serviceNames() {
    return Collections.unmodifiableSet(serviceBlocks.keySet());
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
    StructType read = readType(require(typeBlocks, name, "type"));
    StructType first = types.putIfAbsent(name, read);
    return first == null ? read : first;
  }

  /** The type whose documents have this tag: {@code host_numa_node} is {@code numa_node}. */
  public StructType typeByTag(String tag) {
    Map<String, String> names = namesByTag;
    if (names == null) {
      Map<String, String> read = new HashMap<>();
      typeBlocks.forEach((name, block) -> read.putIfAbsent(block.split("[ \n]", 4)[2], name));
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
    return enums.computeIfAbsent(
        name,
        _ -> {
          String[] words = require(enumBlocks, name, "enum").split(" ", 3);
          return new EnumType(name, List.of(words[2].split(",")));
        });
  }

  /**
   * A service by its name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public ServiceType service(String name) {
    return services.computeIfAbsent(
        name, _ -> readService(require(serviceBlocks, name, "service")));
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
    List<String> segments = new ArrayList<>(List.of(path.split("/")));
    segments.removeIf(String::isEmpty);
    for (int index = 0; index < segments.size(); index++) {
      String segment = segments.get(index);
      LocatorType locator = service.locator(segment).or(service::item).orElse(null);
      if (locator != null && (!locator.variable() || service.action(segment).isEmpty())) {
        service = locator.target();
        continue;
      }
      OperationType action = service.action(segment).orElse(null);
      if (action == null || index < segments.size() - 1) {
        throw new IllegalArgumentException(
            "There is nothing at '%s': %s has no '%s'".formatted(path, service.name(), segment));
      }
      return new Target(service, action);
    }
    return new Target(service, null);
  }

  private static String require(Map<String, String> blocks, String name, String what) {
    String block = blocks.get(name);
    if (block == null) {
      throw new IllegalArgumentException("the model has no %s '%s'".formatted(what, name));
    }
    return block;
  }

  private static @Nullable String orNull(String word) {
    return word.equals("-") ? null : word;
  }

  private StructType readType(String block) {
    String[] lines = block.split("\n");
    String[] head = lines[0].split(" ");
    String base = orNull(head[4]);
    Map<String, Member> members = new LinkedHashMap<>();
    Collection<Member> inherited = base == null ? List.of() : type(base).members();
    inherited.forEach(member -> members.put(member.name(), member));
    for (int index = 1; index < lines.length; index++) {
      String[] words = lines[index].split(" ");
      members.put(
          words[1],
          new Member(
              head[1],
              words[1],
              words[2],
              Kind.of(words[3]),
              words[3].startsWith("L"),
              orNull(words[4]),
              orNull(words[5]),
              words[6].equals("L")));
    }
    return new StructType(head[1], head[2], head[3], base, List.copyOf(members.values()));
  }

  private static ServiceType readService(String block) {
    String[] lines = block.split("\n");
    String name = lines[0].substring(2);
    List<OperationType> operations = new ArrayList<>();
    List<LocatorType> locators = new ArrayList<>();
    int index = 1;
    while (index < lines.length) {
      String[] words = lines[index].split(" ");
      int end = index + 1;
      if (words[0].equals("C")) {
        locators.add(new LocatorType(words[1], words[2], words[3]));
      } else {
        while (end < lines.length && (lines[end].startsWith("P") || lines[end].startsWith("R"))) {
          end++;
        }
        operations.add(readOperation(name, words, List.of(lines).subList(index + 1, end)));
      }
      index = end;
    }
    return new ServiceType(name, List.copyOf(operations), List.copyOf(locators));
  }

  private static OperationType readOperation(String service, String[] head, List<String> lines) {
    List<String> requirements =
        lines.stream().filter(line -> line.startsWith("R")).map(line -> line.substring(2)).toList();
    List<ParameterType> parameters =
        lines.stream()
            .filter(line -> line.startsWith("P"))
            .map(line -> line.split(" "))
            .map(words -> readParameter(service + "/" + head[1], words, requirements))
            .toList();
    boolean action = !head[2].equals("-");
    return new OperationType(
        service, head[1], action, action ? head[2] : "", parameters, requirements);
  }

  private static ParameterType readParameter(
      String operation, String[] words, List<String> requirements) {
    boolean mandatory =
        requirements.stream()
            .anyMatch(required -> required.equals(words[1]) || required.startsWith(words[1] + "."));
    return new ParameterType(
        operation,
        words[1],
        words[2].contains("i"),
        words[2].contains("o"),
        Kind.of(words[3]),
        words[3].startsWith("L"),
        orNull(words[4]),
        mandatory);
  }
}

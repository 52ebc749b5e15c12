package io.overt.model.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ovirt.api.metamodel.concepts.Name;

/**
 * How a name of the model is written on the wire and in Java.
 *
 * <p>Source of the rules: the schema that oVirt engine 4.5 publishes, compared element by element.
 */
final class WireNames {
  private static final Map<String, String> EXCEPTIONS =
      Map.ofEntries(
          Map.entry("gluster_brick", "brick"),
          Map.entry("gluster_bricks", "bricks"),
          Map.entry("gluster_brick_memory_info", "brick_memoryinfo"),
          Map.entry("gluster_memory_pool", "memory_pool"),
          Map.entry("gluster_memory_pools", "memory_pools"),
          Map.entry("gluster_server_hook", "server_hook"),
          Map.entry("gluster_server_hooks", "server_hooks"),
          Map.entry("migration_options", "migration"),
          Map.entry("numa_node", "host_numa_node"),
          Map.entry("numa_nodes", "host_numa_nodes"),
          Map.entry("virtual_numa_node", "vm_numa_node"),
          Map.entry("virtual_numa_nodes", "vm_numa_nodes"),
          Map.entry("operating_system", "os"),
          Map.entry("operating_systems", "oss"),
          Map.entry("operating_system_info", "operating_system"),
          Map.entry("operating_system_infos", "operation_systems"),
          Map.entry("transparent_huge_pages", "transparent_hugepages"));

  private static final Set<String> OPENSTACK =
      Set.of(
          "image",
          "image_provider",
          "network",
          "network_provider",
          "subnet",
          "volume",
          "volume_provider");

  /** What no identifier of Java may be. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "abstract",
          "assert",
          "boolean",
          "break",
          "byte",
          "case",
          "catch",
          "char",
          "class",
          "const",
          "continue",
          "default",
          "do",
          "double",
          "else",
          "enum",
          "extends",
          "final",
          "finally",
          "float",
          "for",
          "goto",
          "if",
          "implements",
          "import",
          "instanceof",
          "int",
          "interface",
          "long",
          "native",
          "new",
          "package",
          "private",
          "protected",
          "public",
          "return",
          "short",
          "static",
          "strictfp",
          "super",
          "switch",
          "synchronized",
          "this",
          "throw",
          "throws",
          "transient",
          "try",
          "void",
          "volatile",
          "while",
          "null",
          "true",
          "false");

  /** Methods without arguments that every object has, and the component of a request. */
  private static final Set<String> OBJECT = Set.of("clone", "notify", "wait", "finalize", "call");

  /** What {@code Struct} itself says. */
  private static final Set<String> STRUCT =
      Set.of("type", "copy", "freeze", "merge", "get", "set", "has", "clear");

  private WireNames() {}

  static String words(Name name) {
    return String.join("_", name.getWords());
  }

  /** Element name of a type or member. */
  static String tag(Name name) {
    return except(words(name));
  }

  static String pluralTag(Name name) {
    return except(plural(name));
  }

  static String plural(Name name) {
    List<String> words = new ArrayList<>(name.getWords());
    words.set(words.size() - 1, pluralWord(words.getLast()));
    return String.join("_", words);
  }

  static String singularTag(Name name) {
    List<String> words = new ArrayList<>(name.getWords());
    words.set(words.size() - 1, singularWord(words.getLast()));
    return String.join("_", words);
  }

  /** URL segment and link relation. */
  static String segment(Name name) {
    return String.join("", name.getWords());
  }

  static String className(Name name) {
    StringBuilder text = new StringBuilder();
    for (String word : name.getWords()) {
      text.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return text.toString();
  }

  /** Name of a method that takes a request, in lower camel case. */
  static String operationName(Name name) {
    return identifier(name, List.of(KEYWORDS));
  }

  /** Name of a method without arguments: a parameter of a request, a locator. */
  static String accessorName(Name name) {
    return identifier(name, List.of(KEYWORDS, OBJECT));
  }

  /** Name of a member of a generated type. */
  static String memberName(Name name) {
    return identifier(name, List.of(KEYWORDS, OBJECT, STRUCT));
  }

  /** Lower camel case, with a trailing underscore where the word is taken. */
  private static String identifier(Name name, List<Set<String>> taken) {
    String camel = className(name);
    String member = Character.toLowerCase(camel.charAt(0)) + camel.substring(1);
    return taken.stream().anyMatch(words -> words.contains(member)) ? member + "_" : member;
  }

  private static String except(String name) {
    String exception = EXCEPTIONS.get(name);
    if (exception != null) {
      return exception;
    }
    if (name.startsWith("open_stack_")) {
      String rest = name.substring("open_stack_".length());
      String single = rest.endsWith("s") ? rest.substring(0, rest.length() - 1) : rest;
      if (OPENSTACK.contains(single)) {
        return "openstack_" + rest;
      }
    }
    return name;
  }

  private static String pluralWord(String word) {
    return switch (word) {
      case "display" -> "displays";
      case "erratum" -> "errata";
      case "key" -> "keys";
      default -> word.endsWith("y") ? word.substring(0, word.length() - 1) + "ies" : word + "s";
    };
  }

  private static String singularWord(String word) {
    if (word.equals("errata")) {
      return "erratum";
    }
    if (word.endsWith("ies")) {
      return word.substring(0, word.length() - 3) + "y";
    }
    return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
  }
}

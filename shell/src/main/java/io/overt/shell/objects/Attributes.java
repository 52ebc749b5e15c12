package io.overt.shell.objects;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.Kind;
import io.overt.sdk.schema.Member;
import io.overt.sdk.schema.StructType;
import io.overt.shell.ShellFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Options as members of objects: {@code --cluster-name Default}, {@code --cpu-topology-cores 2},
 * and for lists {@code --os-boot "boot.dev=hd,boot.dev=network"}.
 */
public final class Attributes {
  private static final String UNITS = "KMGTP";

  private Attributes() {}

  /**
   * Sets what an option says.
   *
   * @param option without its first dashes
   * @return whether the type has such a member
   */
  public static boolean set(Node.Builder object, String option, String value) {
    return set(object, steps(option), value);
  }

  private static List<String> steps(String path) {
    List<String> steps = new ArrayList<>(List.of(path.split("[-.]")));
    steps.removeIf(String::isEmpty);
    return steps;
  }

  private static boolean set(Node.Builder object, List<String> written, String value) {
    StructType type = object.type();
    List<String> renamed = Aliases.member(type, written);
    List<String> steps = renamed == null ? written : renamed;
    if (steps.isEmpty()) {
      return false;
    }
    int used = 1;
    Member member = member(type, steps.getFirst());
    if (member == null && steps.size() > 1) {
      // A name of two words, with a dash where the model has an underscore.
      member = member(type, steps.get(0) + steps.get(1));
      used = 2;
    }
    if (member == null) {
      member = listOf(type, steps.getFirst());
      used = 1;
    }
    if (member == null) {
      return false;
    }
    List<String> rest = steps.subList(used, steps.size());
    if (member.list()) {
      if (!rest.isEmpty() && Names.same(rest.getFirst(), String.valueOf(member.item()))) {
        rest = rest.subList(1, rest.size());
      }
      return rest.isEmpty() ? addAll(object, member, value) : addOne(object, member, rest, value);
    }
    if (member.kind() != Kind.STRUCT) {
      if (!rest.isEmpty()) {
        return false;
      }
      object.set(member.tag(), member.kind() == Kind.INTEGER ? number(value) : value);
      return true;
    }
    return setStruct(object, member, rest, value);
  }

  private static boolean setStruct(
      Node.Builder object, Member member, List<String> rest, String value) {
    Node known = object.build().node(member.tag()).orElse(null);
    Node.Builder inner = known == null ? Node.builder(member.structType()) : known.toBuilder();
    if (!rest.isEmpty()) {
      if (!set(inner, rest, value)) {
        return false;
      }
    } else if (value.indexOf('=') > 0) {
      for (String pair : split(value)) {
        setPair(inner, member, pair);
      }
    } else {
      object.set(member.tag(), value);
      return true;
    }
    object.set(member.tag(), inner.build());
    return true;
  }

  /** A list from a text: {@code a,b}, or {@code item.x=1,item.y=2,item.x=3} for two members. */
  private static boolean addAll(Node.Builder object, Member member, String value) {
    List<String> parts = split(value);
    if (member.kind() != Kind.STRUCT) {
      for (String part : parts) {
        int equals = part.indexOf('=');
        object.add(member.tag(), equals < 0 ? part : part.substring(equals + 1));
      }
      return true;
    }
    if (parts.isEmpty() || parts.getFirst().indexOf('=') < 0) {
      for (String part : parts) {
        object.add(member.tag(), part);
      }
      return true;
    }
    String first = key(parts.getFirst());
    Node.Builder item = null;
    for (String part : parts) {
      if (item == null || key(part).equals(first)) {
        if (item != null) {
          object.add(member.tag(), item.build());
        }
        item = Node.builder(member.structType());
      }
      setPair(item, member, part);
    }
    if (item != null) {
      object.add(member.tag(), item.build());
    }
    return true;
  }

  private static boolean addOne(
      Node.Builder object, Member member, List<String> steps, String value) {
    if (member.kind() != Kind.STRUCT) {
      return addAll(object, member, value);
    }
    Node.Builder item = Node.builder(member.structType());
    if (!set(item, steps, value)) {
      return false;
    }
    object.add(member.tag(), item.build());
    return true;
  }

  private static String key(String pair) {
    int equals = pair.indexOf('=');
    return (equals < 0 ? pair : pair.substring(0, equals)).strip();
  }

  private static void setPair(Node.Builder item, Member member, String pair) {
    int equals = pair.indexOf('=');
    if (equals < 1) {
      throw ShellFailure.syntax(
          "In the list %s, '%s' is no name=value; a comma within a value is written \\,"
              .formatted(member.tag(), pair));
    }
    List<String> steps = steps(pair.substring(0, equals).strip());
    String value = pair.substring(equals + 1);
    boolean prefixed =
        steps.size() > 1
            && (Names.same(steps.getFirst(), String.valueOf(member.item()))
                || Names.same(steps.getFirst(), member.tag())
                || Names.same(steps.getFirst(), member.structType().tag()));
    if (prefixed && set(item, steps.subList(1, steps.size()), value)) {
      return;
    }
    if (!set(item, steps, value)) {
      throw ShellFailure.syntax(
          "%s has no member '%s'".formatted(member.structType().name(), String.join(".", steps))
              + Names.hint(steps.getLast(), names(member.structType())));
    }
  }

  /** At commas, but not at those after a backslash. */
  static List<String> split(String value) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      if (each == '\\' && i + 1 < value.length() && value.charAt(i + 1) == ',') {
        part.append(',');
        i++;
      } else if (each == ',') {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(each);
      }
    }
    if (!part.isEmpty() || !parts.isEmpty()) {
      parts.add(part.toString());
    }
    return parts;
  }

  static @Nullable Member member(StructType type, String name) {
    Member found = type.find(name).orElse(null);
    if (found == null) {
      for (Member each : type.members()) {
        if (Names.same(each.tag(), name) || Names.same(each.name(), name)) {
          return each;
        }
      }
    }
    return found;
  }

  /** The list whose entries have this name. */
  private static @Nullable Member listOf(StructType type, String item) {
    for (Member each : type.members()) {
      if (each.list() && each.item() != null && Names.same(each.item(), item)) {
        return each;
      }
    }
    return null;
  }

  /** The names of a type's members. */
  public static List<String> names(StructType type) {
    List<String> names = new ArrayList<>();
    for (Member member : type.members()) {
      names.add(member.tag());
    }
    return names;
  }

  /** {@code 4GiB} and {@code 4G} as bytes; anything else as it is. */
  static String number(String value) {
    String text = value.strip().toUpperCase(Locale.ROOT);
    if (text.endsWith("IB")) {
      text = text.substring(0, text.length() - 2);
    }
    if (text.length() < 2) {
      return value;
    }
    int power = UNITS.indexOf(text.charAt(text.length() - 1)) + 1;
    String digits = text.substring(0, text.length() - 1).strip();
    return power > 0 && digits.length() < 7 && Names.isNumber(digits)
        ? Long.toString(Long.parseLong(digits) << (10 * power))
        : value;
  }
}

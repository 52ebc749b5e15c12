package io.overt.sdk.document;

import io.overt.sdk.schema.Member;
import io.overt.sdk.schema.StructType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes of what a program gives the value that a member has, or says what is wrong with it. */
final class Values {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Values() {}

  /** One value: of a list, an entry. */
  static Object convert(Member member, Object value) {
    try {
      return switch (member.kind()) {
        case TEXT -> value.toString();
        case FLAG -> value instanceof Boolean flag ? flag : flag(member, value.toString());
        case INTEGER ->
            value instanceof Long || value instanceof Integer
                ? (Object) ((Number) value).longValue()
                : (Object) new BigDecimal(value.toString().strip()).longValueExact();
        case DECIMAL ->
            value instanceof BigDecimal number ? number : new BigDecimal(value.toString().strip());
        case DATE ->
            value instanceof Instant date ? date : NodeReader.date(value.toString().strip());
        case ENUM -> constant(member, value.toString());
        case STRUCT -> struct(member, value);
      };
    } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
      throw wrong(member, value, member.kind().description());
    }
  }

  private static IllegalArgumentException wrong(Member member, Object value, String expected) {
    return new IllegalArgumentException(
        "%s is '%s', expected %s".formatted(member, value, expected));
  }

  private static Boolean flag(Member member, String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1" -> true;
      case "false", "no", "0" -> false;
      default -> throw wrong(member, text, "true or false");
    };
  }

  private static String constant(Member member, String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    for (String known : member.enumType().values()) {
      if (known.equals(wanted)) {
        return known;
      }
    }
    throw wrong(member, text, "one of " + String.join(", ", member.enumType().values()));
  }

  private static Node struct(Member member, Object value) {
    StructType type = member.structType();
    return switch (value) {
      case Node node -> node;
      case Map<?, ?> map -> {
        Node.Builder builder = Node.builder(type);
        map.forEach((name, each) -> builder.set(String.valueOf(name), each));
        yield builder.build();
      }
      case CharSequence text when type.identified() -> reference(type, text.toString());
      default -> throw wrong(member, value, "an object of the type " + type.name());
    };
  }

  /** Another object by what a person calls it. */
  static Node reference(StructType type, String idOrName) {
    boolean id = UUID.matcher(idOrName).matches() || type.find("name").isEmpty();
    return Node.builder(type).set(id ? "id" : "name", idOrName).build();
  }
}

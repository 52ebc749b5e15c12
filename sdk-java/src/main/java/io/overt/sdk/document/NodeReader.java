package io.overt.sdk.document;

import io.overt.sdk.schema.Kind;
import io.overt.sdk.schema.Member;
import io.overt.sdk.schema.StructType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads nodes; members that the tables do not know are left out, so that engines may be newer. */
final class NodeReader {
  private final JsonInput input;

  NodeReader(JsonInput input) {
    this.input = input;
  }

  Node node(StructType type) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    Map<String, String> links = Map.of();
    Map<String, String> actions = Map.of();
    String href = null;
    input.begin('{');
    while (input.more('}')) {
      String name = input.name();
      Member member = type.find(name).filter(found -> found.tag().equals(name)).orElse(null);
      if (member != null) {
        Object value = member.list() ? list(member) : value(member);
        if (value != null) {
          values.put(member.tag(), value);
        }
      } else {
        switch (name) {
          case "href" -> href = input.scalar();
          case "link" -> links = links();
          case "actions" -> actions = actions();
          case "id", "creation_status" -> values.put(name, input.scalar());
          default -> input.skip();
        }
      }
    }
    return new Node(type, values, href, links, actions, List.of());
  }

  private Map<String, String> links() {
    Map<String, String> links = new LinkedHashMap<>();
    input.begin('[');
    while (input.more(']')) {
      if (input.value() instanceof Map<?, ?> link
          && link.get("rel") instanceof String rel
          && link.get("href") instanceof String href) {
        links.put(rel, href);
      }
    }
    return links;
  }

  private Map<String, String> actions() {
    Map<String, String> links = Map.of();
    input.begin('{');
    while (input.more('}')) {
      if (input.name().equals("link")) {
        links = links();
      } else {
        input.skip();
      }
    }
    return links;
  }

  /** The entries of {@code {"tag": [...]}}; what else stands beside them is passed over. */
  List<Node> entries(StructType type) {
    List<Node> nodes = new ArrayList<>();
    input.begin('{');
    while (input.more('}')) {
      String name = input.name();
      if (name.equals(type.tag()) && input.peek() == '[') {
        input.begin('[');
        while (input.more(']')) {
          nodes.add(node(type));
        }
      } else {
        input.skip();
      }
    }
    return nodes;
  }

  private @Nullable Object list(Member member) {
    if (input.peek() != '{') {
      input.skip();
      return null;
    }
    List<Object> items = new ArrayList<>();
    input.begin('{');
    while (input.more('}')) {
      String name = input.name();
      if (name.equals(member.item()) && input.peek() == '[') {
        input.begin('[');
        while (input.more(']')) {
          Object item = value(member);
          if (item != null) {
            items.add(item);
          }
        }
      } else {
        input.skip();
      }
    }
    return List.copyOf(items);
  }

  private @Nullable Object value(Member member) {
    if (member.kind() == Kind.STRUCT) {
      if (input.peek() == '{') {
        return node(member.structType());
      }
      input.skip();
      return null;
    }
    String text = input.scalar();
    if (text == null) {
      return null;
    }
    try {
      return switch (member.kind()) {
        case TEXT, ENUM -> text;
        case FLAG -> Boolean.valueOf(text);
        case INTEGER -> text.isBlank() ? null : Long.valueOf(text);
        case DECIMAL -> text.isBlank() ? null : new BigDecimal(text);
        case DATE -> date(text);
        case STRUCT -> throw new IllegalStateException("structs are read elsewhere");
      };
    } catch (NumberFormatException | DateTimeException e) {
      throw new MalformedDocument(
          "%s is '%s', expected %s".formatted(member, text, member.kind().description()));
    }
  }

  static Instant date(String text) {
    return text.matches("-?[0-9]+")
        ? Instant.ofEpochMilli(Long.parseLong(text))
        : OffsetDateTime.parse(text).toInstant();
  }
}

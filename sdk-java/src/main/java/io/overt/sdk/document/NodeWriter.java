package io.overt.sdk.document;

import io.overt.sdk.schema.Kind;
import io.overt.sdk.schema.Member;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes nodes as the API reads them. */
final class NodeWriter {
  private static final String HEXADECIMAL = "0123456789abcdef";

  private final StringBuilder text = new StringBuilder(512);
  private final boolean forPeople;

  private NodeWriter(boolean forPeople) {
    this.forPeople = forPeople;
  }

  /** A node with those of its members that are chosen; all members of the nodes in it. */
  static String write(Node node, Predicate<String> chosen) {
    NodeWriter writer = new NodeWriter(false);
    writer.node(node, chosen);
    return writer.text.toString();
  }

  /** A node as messages may show it: without its secrets. */
  static String show(Node node) {
    NodeWriter writer = new NodeWriter(true);
    writer.node(node, _ -> true);
    return writer.text.toString();
  }

  private static boolean secret(Member member) {
    return member.kind() == Kind.TEXT
        && (member.tag().contains("password") || member.tag().contains("secret"));
  }

  private void node(Node node, Predicate<String> chosen) {
    String separator = "{";
    for (Map.Entry<String, @Nullable Object> entry : node.values().entrySet()) {
      String tag = entry.getKey();
      Member member = node.type().find(tag).orElse(null);
      if (!chosen.test(tag) || (member == null && !tag.equals("id"))) {
        continue;
      }
      text.append(separator);
      string(tag);
      text.append(':');
      if (member == null) {
        string(String.valueOf(entry.getValue()));
      } else {
        member(member, entry.getValue());
      }
      separator = ",";
    }
    text.append(separator.equals("{") ? "{}" : "}");
  }

  private void member(Member member, @Nullable Object value) {
    if (forPeople && secret(member)) {
      text.append("\"***\"");
    } else if (value == null) {
      // There is no null on the wire: what is emptied is sent empty.
      text.append(member.list() || member.kind() == Kind.STRUCT ? "{}" : "\"\"");
    } else if (member.list()) {
      text.append('{');
      string(String.valueOf(member.item()));
      String separator = ":[";
      for (Object item : (List<?>) value) {
        text.append(separator);
        scalar(item);
        separator = ",";
      }
      text.append(separator.equals(",") ? "]}" : ":[]}");
    } else {
      scalar(value);
    }
  }

  private void scalar(Object value) {
    switch (value) {
      case Node node -> node(node, _ -> true);
      case Boolean flag -> text.append(flag.booleanValue());
      case Long number -> text.append(number.longValue());
      case BigDecimal number -> text.append(number.toPlainString());
      case Instant date -> text.append(date.toEpochMilli());
      default -> string(value.toString());
    }
  }

  private void string(String value) {
    text.append('"');
    for (int index = 0; index < value.length(); index++) {
      char c = value.charAt(index);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ') {
            text.append("\\u00")
                .append(HEXADECIMAL.charAt(c >> 4))
                .append(HEXADECIMAL.charAt(c & 15));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}

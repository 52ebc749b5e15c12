package io.overt.acceptance;

import io.overt.acceptance.WireNode.Kind;
import io.overt.acceptance.WireNode.Member;
import io.overt.acceptance.WireNode.Members;
import io.overt.acceptance.WireNode.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a document has to look like, for XML and JSON alike. A line per element, indented by two
 * blanks for each level:
 *
 * <pre>
 * name              a value; in JSON a string
 * name #            a value; in JSON a number
 * name = text       that value
 * name/             nothing in it
 * name @href @id    an element with attributes (properties in JSON); its children follow
 * name? @href?      may be absent
 * name+  name*      one or more, any number; in JSON an array
 * link: a b c?      links of these relations in this order
 * </pre>
 *
 * In XML the order counts; in JSON it does not.
 */
record WireShape(
    String name, Count count, Content content, String detail, List<WireShape> children) {
  private static final Pattern LINE =
      Pattern.compile("( *)([@\\w]+)([?+*]?)(/?)(: .*)?((?: @\\w+\\??)*)( #)?(?: = (.*))?");

  enum Count {
    ONE,
    MAYBE,
    SOME,
    ANY;

    boolean mayBeAbsent() {
      return this == MAYBE || this == ANY;
    }

    boolean repeated() {
      return this == SOME || this == ANY;
    }
  }

  enum Content {
    TEXT,
    NUMBER,
    LINKS,
    STRUCT
  }

  /** Reads a shape; the first line is the root. */
  static WireShape parse(List<String> lines) {
    List<WireShape> path = new ArrayList<>();
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("not a line of a shape: '" + line + "'");
      }
      int depth = matcher.group(1).length() / 2;
      WireShape shape = one(matcher);
      if (depth > path.size() || depth == 0 && !path.isEmpty()) {
        throw new IllegalArgumentException("wrong indentation: '" + line + "'");
      }
      if (depth > 0) {
        path.get(depth - 1).children.add(shape);
      }
      path.subList(depth, path.size()).clear();
      path.add(shape);
    }
    return path.getFirst();
  }

  private static WireShape one(Matcher line) {
    Count count =
        switch (line.group(3)) {
          case "?" -> Count.MAYBE;
          case "+" -> Count.SOME;
          case "*" -> Count.ANY;
          default -> Count.ONE;
        };
    List<WireShape> children = new ArrayList<>();
    for (String attribute : line.group(6).strip().split(" ")) {
      if (!attribute.isEmpty()) {
        boolean maybe = attribute.endsWith("?");
        children.add(
            new WireShape(
                maybe ? attribute.substring(0, attribute.length() - 1) : attribute,
                maybe ? Count.MAYBE : Count.ONE,
                Content.TEXT,
                "",
                new ArrayList<>()));
      }
    }
    if (line.group(5) != null) {
      return new WireShape(
          line.group(2), count, Content.LINKS, line.group(5).substring(2), children);
    }
    Content content =
        !line.group(4).isEmpty() || !children.isEmpty()
            ? Content.STRUCT
            : line.group(7) != null ? Content.NUMBER : Content.TEXT;
    String value = line.group(8) == null ? "" : line.group(8);
    return new WireShape(line.group(2), count, content, value, children);
  }

  /** What is wrong with a document of XML. */
  List<String> problemsOfXml(Members document) {
    List<String> problems = new ArrayList<>();
    Member root = document.members().getFirst();
    if (!root.name().equals(name)) {
      problems.add("the root is <%s>, not <%s>".formatted(root.name(), name));
    } else {
      compare(root.node(), name, true, problems);
    }
    return problems;
  }

  /** What is wrong with a document of JSON. */
  List<String> problemsOfJson(WireNode document) {
    List<String> problems = new ArrayList<>();
    compare(document, "", false, problems);
    return problems;
  }

  private void compare(WireNode actual, String path, boolean xml, List<String> problems) {
    boolean simple = content != Content.STRUCT && children.isEmpty();
    switch (actual) {
      case Value(Kind kind, String text) when simple -> {
        Kind wanted = content == Content.NUMBER && !xml ? Kind.NUMBER : Kind.TEXT;
        if (kind != wanted) {
          problems.add("%s is a %s, not a %s".formatted(path, kind, wanted));
        }
        if (!detail.isEmpty() && !detail.equals(text)) {
          problems.add("%s is '%s', not '%s'".formatted(path, text, detail));
        }
      }
      case Value(_, String text) -> {
        if (!xml || !text.isEmpty()) {
          problems.add("%s is the value '%s', not a structure".formatted(path, text));
        } else {
          compareMembers(List.of(), path, true, problems);
        }
      }
      case Members(List<Member> members) -> {
        if (simple) {
          problems.add("%s is a structure, not a value".formatted(path));
        } else {
          compareMembers(members, path, xml, problems);
        }
      }
    }
  }

  private void compareMembers(
      List<Member> members, String path, boolean xml, List<String> problems) {
    Set<String> known = new HashSet<>();
    int last = -1;
    for (WireShape child : children) {
      String wanted = xml || !child.name.startsWith("@") ? child.name : child.name.substring(1);
      known.add(wanted);
      List<Member> found = members.stream().filter(member -> member.name().equals(wanted)).toList();
      if (found.isEmpty()) {
        if (!child.count.mayBeAbsent()) {
          problems.add("%s/%s is missing".formatted(path, wanted));
        }
        continue;
      }
      if (xml && !wanted.startsWith("@")) {
        int first = members.indexOf(found.getFirst());
        int end = members.lastIndexOf(found.getLast());
        if (first < last || end - first + 1 != found.size()) {
          problems.add("%s/%s is not where it belongs".formatted(path, wanted));
        }
        last = end;
      }
      child.compareAll(found, path + "/" + wanted, xml, problems);
    }
    members.stream()
        .map(Member::name)
        .filter(name -> !known.contains(name))
        .distinct()
        .forEach(name -> problems.add("%s/%s is too much".formatted(path, name)));
  }

  private void compareAll(List<Member> found, String path, boolean xml, List<String> problems) {
    boolean array = count.repeated() || content == Content.LINKS;
    if (!xml && found.getFirst().ofArray() != array || !array && found.size() > 1) {
      problems.add("%s %s".formatted(path, array ? "is no array" : "is there more than once"));
    }
    if (content == Content.LINKS) {
      compareLinks(found, path, xml, problems);
    } else {
      found.forEach(member -> compare(member.node(), path, xml, problems));
    }
  }

  private void compareLinks(List<Member> found, String path, boolean xml, List<String> problems) {
    List<String> relations = new ArrayList<>();
    for (Member member : found) {
      if (member.node() instanceof Members link
          && link.text(xml ? "@href" : "href").startsWith("/ovirt-engine/api")) {
        relations.add(link.text(xml ? "@rel" : "rel"));
      } else {
        problems.add("%s is no link: %s".formatted(path, member.node()));
      }
    }
    List<String> wanted =
        Arrays.stream(detail.split(" "))
            .filter(rel -> !rel.endsWith("?") || relations.contains(rel.replace("?", "")))
            .map(rel -> rel.replace("?", ""))
            .toList();
    if (!wanted.equals(relations)) {
      problems.add("%s are %s, not %s".formatted(path, relations, wanted));
    }
  }
}

package io.overt.shell.command;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.Kind;
import io.overt.sdk.schema.Member;
import io.overt.sdk.schema.StructType;
import io.overt.shell.ShellFailure;
import io.overt.shell.objects.Columns;
import io.overt.shell.objects.Documents;
import io.overt.shell.output.Format;
import io.overt.shell.output.Printer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a command prints objects: {@code -o}, {@code --text}, {@code --fields}. */
final class Output {
  private final Format format;
  private final List<String> fields;

  private Output(Format format, List<String> fields) {
    this.format = format;
    this.fields = fields;
  }

  static Output of(Context context, Arguments arguments) {
    Format format = context.session().format();
    try {
      String named = arguments.value("output").orElse(null);
      format = named == null ? format : Format.of(named);
    } catch (IllegalArgumentException e) {
      throw new ShellFailure(io.overt.shell.Status.SYNTAX, String.valueOf(e.getMessage()), e);
    }
    if (arguments.flag("text")) {
      format = Format.TEXT;
    }
    List<String> fields = new ArrayList<>();
    for (String field : arguments.value("fields").orElse("").split(",")) {
      if (!field.isBlank()) {
        fields.add(field.strip().replace('-', '.'));
      }
    }
    return new Output(format, fields);
  }

  Format format() {
    return format;
  }

  boolean chosen() {
    return !fields.isEmpty();
  }

  /** The columns of a list of objects of this type. */
  List<String> columns(StructType type, boolean byDisk) {
    return chosen()
        ? fields
        : Columns.of(
            type, byDisk, format.kind() == Format.Kind.WIDE || format.kind() == Format.Kind.CSV);
  }

  /**
   * Links that have to be followed for columns and other paths: the {@code follow} of the request,
   * or empty.
   */
  String follow(StructType type, boolean byDisk, List<String> paths) {
    Set<String> links = new LinkedHashSet<>();
    for (String path : paths) {
      String link = byDisk ? "" : link(type, path);
      if (!link.isEmpty()) {
        links.add(link);
      }
    }
    if (byDisk) {
      links.add("disk");
    }
    boolean shown =
        chosen()
            || format.kind() == Format.Kind.TABLE
            || format.kind() == Format.Kind.WIDE
            || format.kind() == Format.Kind.CSV;
    if (shown && !byDisk) {
      for (String column : columns(type, false)) {
        String link = link(type, column);
        if (!link.isEmpty()) {
          links.add(link);
        }
      }
    }
    return String.join(",", links);
  }

  /** The longest part of a path that consists of links of which more than the id is wanted. */
  private static String link(StructType type, String path) {
    StringBuilder links = new StringBuilder();
    StringBuilder walked = new StringBuilder();
    StructType current = type;
    String[] steps = path.split("\\.");
    for (int i = 0; i < steps.length - 1; i++) {
      Member member = current.find(steps[i]).orElse(null);
      if (member == null || member.kind() != Kind.STRUCT) {
        break;
      }
      walked.append(walked.isEmpty() ? "" : ".").append(member.name());
      if (member.link() && (member.list() || !steps[i + 1].equals("id"))) {
        links.setLength(0);
        links.append(walked);
      }
      current = member.structType();
    }
    return links.toString();
  }

  void list(Context context, List<Node> nodes, StructType type, boolean byDisk) {
    List<Map<String, Object>> trees = new ArrayList<>();
    for (Node node : nodes) {
      trees.add(Documents.tree(node, byDisk));
    }
    trees(context, trees, columns(type, byDisk));
  }

  void trees(Context context, List<Map<String, Object>> trees, List<String> columns) {
    if (trees.isEmpty() && !format.isForPrograms()) {
      return;
    }
    print(context, printer -> printer.list(trees, columns, chosen()));
  }

  void one(Context context, Node node, boolean byDisk) {
    one(context, Documents.tree(node, byDisk), columns(node.type(), byDisk));
  }

  void one(Context context, Map<String, Object> tree, List<String> columns) {
    print(context, printer -> printer.one(tree, columns, chosen()));
  }

  private interface Rendering {
    String by(Printer printer);
  }

  private void print(Context context, Rendering rendering) {
    try {
      context.out().print(rendering.by(new Printer(format, context.terminal())));
    } catch (IllegalArgumentException e) {
      throw new ShellFailure(io.overt.shell.Status.SYNTAX, String.valueOf(e.getMessage()), e);
    }
  }
}

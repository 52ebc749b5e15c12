package io.overt.shell.command;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.OperationType;
import io.overt.sdk.schema.ParameterType;
import io.overt.sdk.schema.StructType;
import io.overt.shell.ShellFailure;
import io.overt.shell.objects.Documents;
import io.overt.shell.objects.Names;
import io.overt.shell.objects.Parent;
import io.overt.shell.objects.Place;
import io.overt.shell.output.Format;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code list TYPE}: the objects of a type, found by the engine and filtered here. */
final class ListCommand implements Command {
  private static final List<String> BRIEF = List.of("id", "name", "description");

  @Override
  public Set<String> flags() {
    return Set.of("case_sensitive", "case-sensitive");
  }

  @Override
  public void run(Context context, Arguments arguments) {
    String type = arguments.word("The type of the objects, such as vms,");
    List<Parent> parents = Parents.take(context, arguments);
    Place place = place(context, type, parents);
    OperationType list =
        place
            .service()
            .operation("list")
            .orElseThrow(() -> ShellFailure.syntax("'" + type + "' cannot be listed"));
    Output output = Output.of(context, arguments);
    Selection selection = Selection.of(arguments);
    boolean all = arguments.flag("show-all", "show_all", "all");
    Optional<Duration> watch =
        arguments
            .optional("watch")
            .map(text -> Durations.parse("watch", text.equals("true") ? "2s" : text));
    Map<String, String> query =
        query(
            arguments,
            list,
            selection,
            all ? "" : output.follow(place.type(), place.byDisk(), selection.paths()),
            place);
    arguments.end();
    if (watch.isPresent()) {
      context.session().lasting();
      new Watching(context, watch.get())
          .run(inner -> print(inner, place, query, selection, output, all));
    } else {
      print(context, place, query, selection, output, all);
    }
  }

  /** In a context such as {@code /vms/web01}, types that are no part of it mean the whole. */
  private static Place place(Context context, String type, List<Parent> parents) {
    return Commands.collection(context, type, parents);
  }

  private static Map<String, String> query(
      Arguments arguments, OperationType list, Selection selection, String links, Place place) {
    Map<String, String> query = new LinkedHashMap<>();
    arguments
        .value("query", "search")
        .ifPresent(
            search -> {
              if (list.parameter("search").isEmpty()) {
                throw ShellFailure.syntax(
                    "The engine has no search for these objects: use --where attribute=value");
              }
              query.put("search", search);
            });
    Optional<Integer> max = arguments.number("max");
    if (max.isPresent() && list.parameter("max").isPresent() && !selection.filters()) {
      query.put("max", max.get().toString());
    } else {
      selection.limit(max.orElse(Integer.MAX_VALUE));
    }
    if (arguments.flag("case_sensitive", "case-sensitive")) {
      query.put("case_sensitive", "true");
    }
    String follow = arguments.value("follow").orElse(place.byDisk() ? "disk" : links);
    if (!follow.isEmpty()) {
      query.put("follow", follow);
    }
    for (Iterator<Arguments.Option> each = arguments.options().iterator(); each.hasNext(); ) {
      Arguments.Option option = each.next();
      for (ParameterType parameter : list.options()) {
        if (Names.same(parameter.name(), option.name())) {
          String value = option.value();
          query.put(parameter.name(), value == null ? "true" : value);
          each.remove();
          break;
        }
      }
    }
    return query;
  }

  private static void print(
      Context context,
      Place place,
      Map<String, String> query,
      Selection selection,
      Output output,
      boolean all) {
    StructType type = place.type();
    List<Node> nodes = context.engine().list(place.path(), type, query);
    List<Map<String, Object>> trees = new ArrayList<>();
    for (Node node : nodes) {
      trees.add(Documents.tree(node, place.byDisk()));
    }
    trees = selection.apply(trees);
    boolean text = output.format().kind() == Format.Kind.TEXT;
    if (text && !all && !output.chosen()) {
      output.trees(context, brief(trees), BRIEF);
    } else if (all && output.format().kind() == Format.Kind.TABLE && !output.chosen()) {
      for (Map<String, Object> tree : trees) {
        output.one(context, tree, List.of());
        context.out().println();
      }
    } else {
      output.trees(context, trees, output.columns(type, place.byDisk()));
    }
  }

  private static List<Map<String, Object>> brief(List<Map<String, Object>> trees) {
    List<Map<String, Object>> brief = new ArrayList<>();
    for (Map<String, Object> tree : trees) {
      Map<String, Object> some = new LinkedHashMap<>();
      for (String key : BRIEF) {
        if (tree.get(key) != null) {
          some.put(key, tree.get(key));
        }
      }
      brief.add(some);
    }
    return brief;
  }
}

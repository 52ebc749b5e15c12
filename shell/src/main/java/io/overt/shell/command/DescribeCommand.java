package io.overt.shell.command;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.Schema;
import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import io.overt.shell.objects.Documents;
import io.overt.shell.objects.Place;
import io.overt.shell.output.Format;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code describe TYPE NAME}: an object, what happened to it lately, and what is being done. */
final class DescribeCommand implements Command {
  private static final int EVENTS = 10;
  private static final int JOBS = 200;

  @Override
  public void run(Context context, Arguments arguments) {
    Output output = Output.of(context, arguments);
    Place place = ShowCommand.place(context, arguments, "describe");
    arguments.end();
    Node node =
        context
            .engine()
            .get(place.path(), place.type(), place.byDisk() ? Map.of("follow", "disk") : Map.of());
    String id = node.id().orElse("");
    List<Map<String, Object>> events = events(context, node, id);
    List<Map<String, Object>> jobs = jobs(context, node);
    if (output.format().isForPrograms()) {
      Map<String, Object> all = new LinkedHashMap<>(Documents.tree(node, place.byDisk()));
      all.put("events", events);
      all.put("jobs", jobs);
      output.one(context, all, List.of("id", "name"));
      return;
    }
    output.one(context, node, place.byDisk());
    section(context, output, "Events", events, List.of("time", "severity", "description"));
    section(context, output, "Jobs", jobs, List.of("start_time", "status", "description"));
  }

  private static void section(
      Context context,
      Output output,
      String title,
      List<Map<String, Object>> trees,
      List<String> columns) {
    if (!trees.isEmpty()) {
      context.out().println((output.format().kind() == Format.Kind.TEXT ? "" : "\n") + title + ":");
      output.trees(context, trees, columns);
    }
  }

  private static List<Map<String, Object>> events(Context context, Node node, String id) {
    String type = node.type().name();
    String name = node.values().get("name") instanceof String text ? text : "";
    Map<String, String> query = new LinkedHashMap<>();
    boolean searched =
        !name.isEmpty()
            && name.indexOf('"') < 0
            && List.of("vm", "host", "template", "cluster", "data_center").contains(type);
    query.put("max", Integer.toString(searched ? EVENTS : JOBS));
    if (searched) {
      query.put("search", type.replace("data_center", "datacenter") + ".name=\"" + name + "\"");
    }
    List<Map<String, Object>> trees = new ArrayList<>();
    for (Node event : readable(context, "events", query)) {
      boolean about =
          event.values().get(type) instanceof Node reference
              && reference.id().filter(id::equals).isPresent();
      if (about && trees.size() < EVENTS) {
        trees.add(Documents.tree(event, false));
      }
    }
    return trees;
  }

  /** Jobs say in their descriptions what they are about. */
  private static List<Map<String, Object>> jobs(Context context, Node node) {
    String name = node.values().get("name") instanceof String text ? text : "";
    List<Map<String, Object>> trees = new ArrayList<>();
    if (!name.isEmpty()) {
      for (Node job : readable(context, "jobs", Map.of())) {
        String description = String.valueOf(job.values().get("description"));
        boolean about = List.of(description.split("[ ,]")).contains(name);
        if (about && trees.size() < EVENTS) {
          trees.add(Documents.tree(job, false));
        }
      }
    }
    return trees;
  }

  /** What the user may not read is left out. */
  private static List<Node> readable(Context context, String path, Map<String, String> query) {
    try {
      return context
          .engine()
          .list(path, Schema.current().type(path.substring(0, path.length() - 1)), query);
    } catch (ShellFailure e) {
      if (e.status() == Status.REFUSED || e.status() == Status.NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }
}

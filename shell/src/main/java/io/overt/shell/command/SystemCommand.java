package io.overt.shell.command;

import io.overt.sdk.Request;
import io.overt.sdk.document.Node;
import io.overt.sdk.schema.Schema;
import io.overt.shell.objects.Documents;
import io.overt.shell.output.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code info}, {@code summary}, {@code ping} and {@code capabilities}. */
final class SystemCommand implements Command {
  private final String name;

  SystemCommand(String name) {
    this.name = name;
  }

  @Override
  public void run(Context context, Arguments arguments) {
    Output output = Output.of(context, arguments);
    if (name.equals("capabilities")) {
      arguments.flag("features");
      arguments.end();
      List<Node> levels =
          context.engine().list("clusterlevels", Schema.current().type("cluster_level"), Map.of());
      output.list(context, levels, Schema.current().type("cluster_level"), false);
      return;
    }
    arguments.end();
    Map<String, Object> api = Documents.tree(context.engine().send(Request.get("")).node(), false);
    switch (name) {
      case "ping" -> context.say("success: " + context.engine().target().url() + " answers.");
      case "summary" -> output.one(context, summary(api), List.of());
      default -> output.one(context, info(context, api), List.of());
    }
  }

  private static Map<String, Object> summary(Map<String, Object> api) {
    Map<String, Object> counts = new LinkedHashMap<>();
    if (Trees.at(api, "summary") instanceof Map<?, ?> summary) {
      summary.forEach((key, value) -> counts.put(String.valueOf(key), value));
    }
    return counts;
  }

  private static Map<String, Object> info(Context context, Map<String, Object> api) {
    Map<String, Object> info = new LinkedHashMap<>();
    List<String> parts = new ArrayList<>();
    for (String part : List.of("name", "vendor", "version.full_version")) {
      String text = Trees.textAt(api, "product_info." + part);
      if (!text.isEmpty()) {
        parts.add(text);
      }
    }
    info.put("backend", String.join(" ", parts));
    info.put("backend_version", Trees.textAt(api, "product_info.version.full_version"));
    info.put("shell_version", version());
    info.put("entry_point", context.engine().target().url());
    String user = context.engine().target().user();
    info.put("user", user == null ? "" : user);
    return info;
  }

  /** The version of this program, as the build names it. */
  static String version() {
    String version = SystemCommand.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0-SNAPSHOT" : version;
  }
}

package io.overt.shell.command;

import io.overt.sdk.Subscription;
import io.overt.sdk.document.Node;
import io.overt.sdk.schema.Schema;
import io.overt.sdk.schema.StructType;
import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import io.overt.shell.objects.Attributes;
import io.overt.shell.objects.Documents;
import io.overt.shell.objects.Parent;
import io.overt.shell.objects.Place;
import io.overt.shell.output.Format;
import io.overt.shell.output.Json;
import io.overt.shell.output.Trees;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** {@code events}: the last ones, and with {@code --follow} those to come. */
final class EventsCommand implements Command {
  private static final List<String> SEVERITIES = List.of("normal", "warning", "error", "alert");
  private static final int USUAL = 20;
  private static final int SEARCHED = 1000;

  @Override
  public Set<String> flags() {
    return Set.of("follow");
  }

  @Override
  public void run(Context context, Arguments arguments) {
    Output output = Output.of(context, arguments);
    boolean follow = arguments.flag("follow");
    String severity = arguments.value("severity").orElse("normal");
    if (!SEVERITIES.contains(severity)) {
      throw ShellFailure.syntax(
          "--severity is '" + severity + "', expected one of " + String.join(", ", SEVERITIES));
    }
    int max = arguments.number("max").orElse(USUAL);
    String search = arguments.value("query", "search").orElse("");
    if (follow) {
      context.session().lasting();
    }
    Map<String, String> about = about(context, arguments);
    arguments.end();
    StructType type = Schema.current().type("event");
    boolean filtered = !about.isEmpty() || !severity.equals("normal");
    Map<String, String> query = new LinkedHashMap<>();
    query.put("max", Integer.toString(filtered ? Math.max(max, SEARCHED) : max));
    if (!search.isEmpty()) {
      query.put("search", search);
    }
    List<Node> found = new ArrayList<>();
    for (Node event : context.engine().list("events", type, query)) {
      if (wanted(event, severity, about) && found.size() < max) {
        found.addFirst(event);
      }
    }
    if (!follow) {
      output.list(context, found, type, false);
      return;
    }
    long index = 0;
    for (Node event : found) {
      line(context, output, type, event);
      index = Math.max(index, event.number("index").orElse(0L));
    }
    follow(context, output, type, severity, about, index);
  }

  /** Objects that the events have to be about, by the members of events. */
  private static Map<String, String> about(Context context, Arguments arguments) {
    Map<String, String> about = new LinkedHashMap<>();
    StructType type = Schema.current().type("event");
    for (Iterator<Arguments.Option> each = arguments.options().iterator(); each.hasNext(); ) {
      Arguments.Option option = each.next();
      String value = option.value();
      if (type.find(option.name()).filter(member -> member.link()).isEmpty() || value == null) {
        throw Context.unknownOption(
            option.name(),
            "events",
            io.overt.shell.objects.Names.hint(option.name(), Attributes.names(type)));
      }
      Place collection = context.places().collection(option.name(), List.<Parent>of());
      Place item = context.places().item(collection, value);
      about.put(option.name(), item.path().substring(item.path().lastIndexOf('/') + 1));
      each.remove();
    }
    return about;
  }

  private static boolean wanted(Node event, String severity, Map<String, String> about) {
    String actual = event.text("severity").orElse("normal");
    boolean wanted = SEVERITIES.indexOf(actual) >= SEVERITIES.indexOf(severity);
    for (Map.Entry<String, String> each : about.entrySet()) {
      wanted &=
          event.node(each.getKey()).flatMap(Node::id).filter(each.getValue()::equals).isPresent();
    }
    return wanted;
  }

  private static void follow(
      Context context,
      Output output,
      StructType type,
      String severity,
      Map<String, String> about,
      long index) {
    BlockingQueue<Node> queue = new LinkedBlockingQueue<>();
    try (Subscription _ =
        context
            .engine()
            .call(
                connection ->
                    (index > 0 ? connection.events().after(index) : connection.events())
                        .subscribe(queue::add))) {
      while (!context.out().checkError()) {
        Node event = queue.poll(1, TimeUnit.SECONDS);
        if (event != null && wanted(event, severity, about)) {
          line(context, output, type, event);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ShellFailure(Status.INTERRUPTED, "Interrupted", e);
    }
  }

  /** One event: for programs one JSON text a line, else what tables show. */
  private static void line(Context context, Output output, StructType type, Node event) {
    if (output.format().kind() == Format.Kind.JSON) {
      context.out().println(Json.line(Documents.tree(event, false)));
    } else if (output.format().isForPrograms() || output.format().kind() == Format.Kind.TEXT) {
      output.list(context, List.of(event), type, false);
    } else {
      StringBuilder line = new StringBuilder();
      Map<String, Object> tree = Documents.tree(event, false);
      for (String column : output.columns(type, false)) {
        line.append(line.isEmpty() ? "" : "  ").append(Trees.textAt(tree, column));
      }
      context.out().println(line);
    }
    context.out().flush();
  }
}

package io.overt.shell.command;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.Schema;
import io.overt.sdk.schema.StructType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code jobs}: what the engine does and did lately, the newest last. */
final class JobsCommand implements Command {
  private static final int USUAL = 20;

  @Override
  public void run(Context context, Arguments arguments) {
    Output output = Output.of(context, arguments);
    int max = arguments.number("max").orElse(USUAL);
    boolean all = arguments.flag("all");
    Optional<Duration> watch =
        arguments
            .optional("watch")
            .map(text -> Durations.parse("watch", text.equals("true") ? "1s" : text));
    arguments.end();
    if (watch.isPresent()) {
      context.session().lasting();
      new Watching(context, watch.get()).run(inner -> print(inner, output, max, all));
    } else {
      print(context, output, max, all);
    }
  }

  private static void print(Context context, Output output, int max, boolean all) {
    StructType type = Schema.current().type("job");
    List<Node> jobs = new ArrayList<>(context.engine().list("jobs", type, Map.of()));
    jobs.sort(Comparator.comparing(job -> String.valueOf(job.values().get("start_time"))));
    output.list(
        context,
        all || jobs.size() <= max ? jobs : jobs.subList(jobs.size() - max, jobs.size()),
        type,
        false);
  }
}

package io.overt.shell.command;

import io.overt.sdk.Reply;
import io.overt.sdk.Request;
import io.overt.sdk.document.Node;
import io.overt.sdk.schema.OperationType;
import io.overt.sdk.schema.ParameterType;
import io.overt.sdk.schema.Schema;
import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import io.overt.shell.objects.Attributes;
import io.overt.shell.objects.Documents;
import io.overt.shell.objects.Names;
import io.overt.shell.objects.Place;
import io.overt.shell.output.Format;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code action TYPE NAME ACTION}, and in short {@code ACTION TYPE NAME}. */
final class ActionCommand implements Command {
  private final @Nullable String named;

  /**
   * @param named the action, when the command is called like it
   */
  ActionCommand(@Nullable String named) {
    this.named = named;
  }

  @Override
  public void run(Context context, Arguments arguments) {
    Output output = Output.of(context, arguments);
    Waiting waiting = Waiting.of(arguments);
    Place place = ShowCommand.place(context, arguments, named == null ? "action" : named);
    String word = named == null ? arguments.word("The action, such as start,") : named;
    OperationType action = action(place, word);
    Request request =
        Requests.headers(
            Request.of("POST", place.path() + "/" + action.segment())
                .body(parameters(context, arguments, action)),
            arguments);
    if (Requests.onlyShown(context, arguments, request)) {
      return;
    }
    waiting.prepare(context);
    Reply reply = context.engine().send(request);
    waiting.await(context, reply, action.name() + " " + place.path());
    print(context, output, reply, action);
  }

  private static OperationType action(Place place, String word) {
    Optional<OperationType> found = place.service().action(word);
    if (found.isEmpty()) {
      List<String> known = new ArrayList<>();
      place.service().actions().forEach(each -> known.add(each.segment()));
      throw ShellFailure.syntax(
          "A %s has no action '%s'%s"
              .formatted(place.type().name().replace('_', ' '), word, Names.hint(word, known)));
    }
    return found.get();
  }

  private static Node parameters(Context context, Arguments arguments, OperationType action) {
    Node.Builder body = Node.builder("action");
    List<Arguments.Option> left = new ArrayList<>(arguments.options());
    arguments.options().clear();
    for (Arguments.Option option : left) {
      if (Requests.isOwn(option.name())) {
        arguments.options().add(option);
        continue;
      }
      String first = option.name();
      int dash = first.indexOf('-');
      String head = dash < 0 ? first : first.substring(0, dash);
      List<String> known = new ArrayList<>();
      boolean belongs = false;
      for (ParameterType each : action.options()) {
        known.add(each.name());
        belongs |=
            Names.same(each.name(), head)
                || Names.plain(first).startsWith(Names.plain(each.name()));
      }
      try {
        String value = option.value() == null ? "true" : option.value();
        if (!belongs || !Attributes.set(body, first, value)) {
          throw Context.unknownOption(
              first,
              action.name(),
              known.isEmpty()
                  ? ""
                  : Names.hint(first, known) + "; it has " + String.join(", ", known));
        }
      } catch (IllegalArgumentException e) {
        throw new ShellFailure(Status.SYNTAX, String.valueOf(e.getMessage()), e);
      }
    }
    String document = context.document();
    if (document != null) {
      return io.overt.shell.objects.DocumentReader.read(
              "", Schema.current().type("action"), document)
          .build();
    }
    if (arguments.hasWords()) {
      throw ShellFailure.syntax("'" + arguments.words().getFirst() + "' is one word too many");
    }
    return body.build();
  }

  /** What the action answers: its result, or with ovirt-shell's output how it went. */
  private static void print(Context context, Output output, Reply reply, OperationType action) {
    Node document = reply.document();
    if (document == null) {
      return;
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    Documents.tree(document, false)
        .forEach(
            (name, value) -> {
              boolean given =
                  action.parameter(name).map(each -> each.in() && !each.out()).orElse(false);
              boolean byEngine = name.equals("job") || name.equals("fault");
              if (!given && !byEngine) {
                tree.put(name, value);
              }
            });
    boolean result = action.result().isPresent();
    if (output.format().kind() == Format.Kind.TEXT || output.format().isForPrograms() || result) {
      output.one(context, tree, new ArrayList<>(tree.keySet()));
    }
  }
}

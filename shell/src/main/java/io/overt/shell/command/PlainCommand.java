package io.overt.shell.command;

import io.overt.sdk.schema.LocatorType;
import io.overt.sdk.schema.Schema;
import io.overt.sdk.schema.ServiceType;
import io.overt.shell.ShellFailure;
import io.overt.shell.objects.Parent;
import io.overt.shell.objects.Place;
import java.util.ArrayList;
import java.util.List;

/** Commands that need no engine, or hardly: status, echo, clear, history, exit, cd, pwd, ls. */
final class PlainCommand implements Command {
  private final String name;

  PlainCommand(String name) {
    this.name = name;
  }

  @Override
  public void run(Context context, Arguments arguments) {
    Session session = context.session();
    switch (name) {
      case "status" -> context.out().println(session.status().code());
      case "echo" -> echo(context, arguments);
      case "clear" -> context.out().print("\033[H\033[2J\033[3J");
      case "history" -> history(context, arguments);
      case "cd" -> enter(context, arguments);
      case "pwd" -> context.out().println("/" + String.join("/", session.context()));
      case "ls" -> list(context, arguments);
      default -> session.end();
    }
  }

  private static void echo(Context context, Arguments arguments) {
    List<String> words = new ArrayList<>();
    for (String word : arguments.words()) {
      words.add(word.equals("$out") ? context.session().systemOutput() : word);
    }
    for (Arguments.Option option : arguments.options()) {
      words.add("--" + option.name() + (option.value() == null ? "" : " " + option.value()));
    }
    context.out().println(String.join(" ", words));
  }

  private static void history(Context context, Arguments arguments) {
    List<String> lines = context.session().history();
    int first = arguments.number("first").orElse(0);
    int last = arguments.number("last").orElse(0);
    String one = arguments.word().orElse("");
    arguments.end();
    if (!one.isEmpty()) {
      try {
        context.out().println(lines.get(Integer.parseInt(one)));
        return;
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        throw new ShellFailure(
            io.overt.shell.Status.SYNTAX,
            "The history has no line '%s', but 0 to %d".formatted(one, lines.size() - 1),
            e);
      }
    }
    int from = last > 0 ? Math.max(0, lines.size() - last) : 0;
    int to = first > 0 ? Math.min(first, lines.size()) : lines.size();
    for (int i = from; i < to; i++) {
      context.out().println(i + "  " + lines.get(i));
    }
  }

  private static void enter(Context context, Arguments arguments) {
    String path = arguments.word().orElse("/");
    arguments.end();
    List<String> steps = new ArrayList<>();
    if (!path.startsWith("/")) {
      steps.addAll(context.session().context());
    }
    for (String step : path.split("/")) {
      if (step.equals("..")) {
        if (!steps.isEmpty()) {
          steps.removeLast();
        }
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.add(step);
      }
    }
    check(context, steps);
    context.session().context().clear();
    context.session().context().addAll(steps);
  }

  /** Every object on the way has to be there. */
  private static void check(Context context, List<String> steps) {
    if (steps.isEmpty()) {
      return;
    }
    List<Parent> parents = Parents.inContext(steps);
    if (steps.size() % 2 == 1) {
      context.places().collection(steps.getLast(), parents);
      return;
    }
    Parent last = parents.getLast();
    Place collection =
        context.places().collection(last.type(), parents.subList(0, parents.size() - 1));
    Place item = context.places().item(collection, last.key());
    context.engine().get(item.path(), item.type(), java.util.Map.of());
  }

  private static void list(Context context, Arguments arguments) {
    List<String> steps = context.session().context();
    if (steps.size() % 2 == 1 || arguments.hasWords()) {
      if (!arguments.hasWords()) {
        arguments.words().add(steps.getLast());
      }
      new ListCommand().run(context, arguments);
      return;
    }
    arguments.end();
    ServiceType service = Schema.current().root();
    if (!steps.isEmpty()) {
      List<Parent> parents = Parents.inContext(steps);
      Place collection =
          context
              .places()
              .collection(parents.getLast().type(), parents.subList(0, parents.size() - 1));
      service = collection.item("x").service();
    }
    for (LocatorType locator : service.locators()) {
      if (!locator.variable() && locator.target().collection()) {
        context.out().println(locator.segment());
      }
    }
  }
}

package io.overt.shell.command;

import io.overt.sdk.schema.Kind;
import io.overt.sdk.schema.Member;
import io.overt.sdk.schema.OperationType;
import io.overt.sdk.schema.ParameterType;
import io.overt.sdk.schema.ServiceType;
import io.overt.sdk.schema.StructType;
import io.overt.shell.ShellFailure;
import io.overt.shell.objects.Completions;
import io.overt.shell.objects.Parent;
import io.overt.shell.objects.Place;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code help [COMMAND [TYPE]]}, from the model. */
final class HelpCommand implements Command {
  @Override
  public void run(Context context, Arguments arguments) {
    String name = arguments.word().orElse("");
    List<String> words = new ArrayList<>(arguments.words());
    if (name.isEmpty()) {
      all(context.out());
    } else {
      about(context, name, words);
    }
  }

  private static void all(PrintStream out) {
    out.println("Usage: overt [OPTIONS] COMMAND …");
    out.println();
    for (String[] each : Commands.SUMMARIES) {
      out.println(String.format(Locale.ROOT, "  %-34s %s", each[0], each[1]));
    }
    out.println();
    out.println("Output: -o table|wide|json|yaml|csv|name|jsonpath=PATH, --text as ovirt-shell's,");
    out.println("        --fields a,b.c; -q tells less; --dry-run shows what would be sent.");
    out.println("Engine: --url U --user N with --password-file F, --password-stdin or --token T;");
    out.println("        --ca-file F, --insecure, --profile P, --state DIR.");
    out.println("Scripts: run FILE, -f FILE, -E COMMANDS; --keep-going.");
    out.println("More: help COMMAND, help COMMAND TYPE.");
  }

  /** What one command takes; with a type, which options that has. */
  static void about(Context context, String command, List<String> words) {
    PrintStream out = context.out();
    boolean found = false;
    for (String[] each : Commands.SUMMARIES) {
      if (each[0].equals(command) || each[0].startsWith(command + " ")) {
        out.println(each[0] + ": " + each[1]);
        found = true;
      }
    }
    if (!found && !ShortActions.isAction(command)) {
      Commands.find(command);
    }
    boolean typed =
        List.of("list", "show", "describe", "add", "update", "remove", "action", "wait")
            .contains(command);
    if (!typed && !ShortActions.isAction(command)) {
      return;
    }
    if (words.isEmpty()) {
      out.println("Types: " + String.join(" ", Completions.types(command.equals("list"))));
      return;
    }
    String type = words.getFirst();
    Place place = place(type, command);
    switch (command) {
      case "add" -> options(out, place.service(), "add");
      case "update" -> options(out, item(place), "update");
      case "remove" -> options(out, item(place), "remove");
      case "list" -> {
        options(out, place.service(), "list");
        members(out, place.type(), "Members: ");
      }
      case "show", "describe", "wait" -> members(out, place.type(), "Members: ");
      default ->
          actions(
              out,
              item(place),
              command.equals("action") ? words.size() > 1 ? words.getLast() : "" : command);
    }
  }

  /** A place of the type, within whatever it is a part of where the command makes sense. */
  private static Place place(String type, String command) {
    io.overt.shell.objects.Places places = new io.overt.shell.objects.Places(NoEngine.INSTANCE);
    boolean whole =
        Completions.types(true).contains(type) || Completions.types(false).contains(type);
    Place found = null;
    for (String parent : whole ? List.<String>of() : Completions.parentsOf(type)) {
      Place place =
          places.collection(
              type, List.of(new Parent(parent, "00000000-0000-0000-0000-000000000000", false)));
      ServiceType service = command.equals("add") ? place.service() : item(place);
      boolean fits = service.operation(command).isPresent() || service.action(command).isPresent();
      if (found == null || fits) {
        found = place;
      }
      if (fits && parent.equals("vm")) {
        break;
      }
    }
    return found == null ? places.collection(type, List.of()) : found;
  }

  private static ServiceType item(Place place) {
    return place.item("x").service();
  }

  private static void options(PrintStream out, ServiceType service, String operation) {
    OperationType found =
        service
            .operation(operation)
            .orElseThrow(() -> ShellFailure.syntax("There is no such operation: " + operation));
    out.println();
    out.println(found.summary());
    for (ParameterType each : found.options()) {
      line(out, "--" + each.name(), each.summary());
    }
    found.body().flatMap(ParameterType::structType).ifPresent(type -> members(out, type, ""));
  }

  private static void members(PrintStream out, StructType type, String prefix) {
    out.println(prefix.strip());
    for (Member member : type.members()) {
      String name = prefix.isEmpty() ? "--" + member.tag() : member.tag();
      if (member.list() && member.kind() == Kind.STRUCT) {
        name += "-" + member.item() + (prefix.isEmpty() ? " \"" + member.item() + ".x=…,…\"" : "");
      } else if (member.kind() == Kind.STRUCT) {
        name += member.link() ? "-name|id" : "-…";
      } else if (member.kind() == Kind.ENUM) {
        name += " " + String.join("|", member.enumType().values());
      }
      line(out, name, member.summary());
    }
  }

  private static void actions(PrintStream out, ServiceType service, String action) {
    for (OperationType each : service.actions()) {
      if (action.isEmpty()) {
        line(out, each.segment(), each.summary());
      } else if (each.segment().equals(action)) {
        out.println(each.summary());
        for (ParameterType parameter : each.options()) {
          line(out, "--" + parameter.name(), parameter.summary());
        }
      }
    }
  }

  private static void line(PrintStream out, String name, String text) {
    out.println(String.format(Locale.ROOT, "  %-34s %s", name, text).stripTrailing());
  }
}

package io.overt.shell.command;

import io.overt.sdk.schema.EnumType;
import io.overt.sdk.schema.Kind;
import io.overt.sdk.schema.LocatorType;
import io.overt.sdk.schema.Member;
import io.overt.sdk.schema.OperationType;
import io.overt.sdk.schema.ParameterType;
import io.overt.sdk.schema.Schema;
import io.overt.sdk.schema.ServiceType;
import io.overt.sdk.schema.StructType;
import io.overt.shell.ShellFailure;
import io.overt.shell.objects.Completions;
import io.overt.shell.objects.Parent;
import io.overt.shell.objects.Place;
import io.overt.shell.objects.Places;
import io.overt.shell.output.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What may come next: commands, types, names of what exists, actions, options and their values. */
public final class Completion {
  private static final List<String> TYPED =
      List.of("list", "show", "describe", "add", "update", "remove", "action", "wait");

  private final Session session;
  private final LiveNames names;

  public Completion(Session session) {
    this.session = session;
    this.names = new LiveNames(session);
  }

  /** The candidates for the last of the words, which may be empty. */
  public List<Candidate> of(List<String> words) {
    List<String> before =
        words.isEmpty() ? List.of() : new ArrayList<>(words.subList(0, words.size() - 1));
    String last = words.isEmpty() ? "" : words.getLast();
    List<Candidate> found;
    try {
      found = before.isEmpty() ? commands(last) : after(before, last);
    } catch (ShellFailure | IllegalArgumentException e) {
      // What cannot be understood cannot be completed.
      found = List.of();
    }
    List<Candidate> fitting = new ArrayList<>();
    for (Candidate each : found) {
      if (each.text().startsWith(last)) {
        fitting.add(each);
      }
    }
    return fitting;
  }

  /** Whether a word is the name of a command. */
  public static boolean isCommand(String word) {
    return Commands.names().contains(word)
        || word.equals("end")
        || word.equals("quit")
        || ShortActions.isAction(word);
  }

  private static List<Candidate> commands(String last) {
    List<Candidate> found = texts(Commands.names(), "commands");
    if (!last.isEmpty()) {
      found.addAll(texts(ShortActions.all(), "actions"));
    }
    return found;
  }

  private static List<Candidate> texts(Iterable<String> texts, String group) {
    List<Candidate> found = new ArrayList<>();
    for (String text : texts) {
      found.add(new Candidate(text, group, true));
    }
    return found;
  }

  /** What was typed between the command and the word to complete. */
  private record Typed(List<String> words, List<Parent> parents, @Nullable String open) {
    static Typed of(List<String> after) {
      List<String> words = new ArrayList<>();
      List<Parent> parents = new ArrayList<>();
      String open = null;
      for (String word : after) {
        if (open != null) {
          Parent parent = Parent.of(open, word);
          if (parent != null) {
            parents.add(parent);
          }
          open = null;
        } else if (word.startsWith("--")) {
          int equals = word.indexOf('=');
          String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
          if (equals >= 0) {
            Parent parent = Parent.of(name, word.substring(equals + 1));
            if (parent != null) {
              parents.add(parent);
            }
          } else if (!isFlag(name)) {
            open = name;
          }
        } else if (word.equals("-o") || word.equals("-s") || word.equals("-f")) {
          open = word;
        } else {
          words.add(word);
        }
      }
      return new Typed(words, parents, open);
    }

    private static boolean isFlag(String name) {
      return switch (name) {
        case "show-all", "all", "watch", "wait", "follow", "text", "dry-run", "quiet", "help" ->
            true;
        default -> false;
      };
    }
  }

  private List<Candidate> after(List<String> before, String last) {
    String command = before.getFirst();
    Typed typed = Typed.of(before.subList(1, before.size()));
    List<Parent> parents =
        typed.parents().isEmpty() ? Parents.inContext(session.context()) : typed.parents();
    String open = typed.open();
    if (open != null) {
      return values(command, typed, parents, open, last);
    }
    if (last.startsWith("-")) {
      return options(command, typed, parents);
    }
    boolean action = !TYPED.contains(command) && ShortActions.isAction(command);
    if (!TYPED.contains(command) && !action) {
      return plain(command, typed, last);
    }
    int position = typed.words().size();
    if (position == 0) {
      return types(command, action);
    }
    if (position == 1 && !command.equals("list") && !command.equals("add")) {
      return names.of(collection(typed, parents), last);
    }
    return position == 2 && command.equals("action") ? actions(typed, parents) : List.of();
  }

  private Place collection(Typed typed, List<Parent> parents) {
    return new Places(session.engine()).collection(typed.words().getFirst(), parents);
  }

  private static List<Candidate> types(String command, boolean action) {
    if (!action) {
      return texts(Completions.allTypes(command.equals("list")), "types");
    }
    TreeSet<String> having = new TreeSet<>();
    for (LocatorType locator : Schema.current().root().locators()) {
      boolean collection = !locator.variable() && locator.target().collection();
      ServiceType item =
          collection ? locator.target().item().map(LocatorType::target).orElse(null) : null;
      if (item != null && item.action(command).isPresent()) {
        having.add(locator.target().item().map(LocatorType::name).orElse("").replace("_", ""));
      }
    }
    return texts(having, "types");
  }

  private List<Candidate> actions(Typed typed, List<Parent> parents) {
    List<String> found = new ArrayList<>();
    for (OperationType each : collection(typed, parents).item("x").service().actions()) {
      found.add(each.segment());
    }
    return texts(found, "actions");
  }

  private List<Candidate> plain(String command, Typed typed, String last) {
    return switch (command) {
      case "help" ->
          typed.words().isEmpty()
              ? commands(last)
              : texts(Completions.allTypes(typed.words().getFirst().equals("list")), "types");
      case "console" -> names.of(new Places(session.engine()).collection("vm", List.of()), last);
      case "completion" -> texts(List.of("bash", "zsh"), "shells");
      case "profile" ->
          typed.words().isEmpty()
              ? texts(List.of("list", "use"), "")
              : texts(
                  new io.overt.shell.connect.Profiles(session.homes()).all().keySet(), "profiles");
      case "cd" -> path(last);
      default -> List.of();
    };
  }

  private List<Candidate> path(String last) {
    List<Candidate> found = new ArrayList<>();
    int slash = last.lastIndexOf('/');
    String above = slash < 0 ? "" : last.substring(0, slash + 1);
    List<String> steps = new ArrayList<>();
    if (!last.startsWith("/")) {
      steps.addAll(session.context());
    }
    for (String step : above.split("/")) {
      if (!step.isEmpty()) {
        steps.add(step);
      }
    }
    if (steps.size() % 2 == 0) {
      for (String type : Completions.allTypes(true)) {
        found.add(new Candidate(above + type, "types", false));
      }
    } else {
      Place place =
          new Places(session.engine()).collection(steps.getLast(), Parents.inContext(steps));
      for (Candidate name : names.of(place, last.substring(slash + 1))) {
        found.add(new Candidate(above + name.text(), name.group(), false));
      }
    }
    return found;
  }

  private List<Candidate> options(String command, Typed typed, List<Parent> parents) {
    TreeSet<String> found = new TreeSet<>(List.of("--output", "--fields", "--text", "--help"));
    switch (command) {
      case "list" ->
          found.addAll(
              List.of(
                  "--query",
                  "--where",
                  "--show-all",
                  "--sort",
                  "--max",
                  "--follow",
                  "--watch",
                  "--kwargs"));
      case "add", "update", "action", "remove" -> found.addAll(List.of("--wait", "--dry-run"));
      case "wait" -> found.addAll(List.of("--for", "--timeout"));
      case "events" -> found.addAll(List.of("--follow", "--severity", "--max", "--vm", "--host"));
      case "jobs" -> found.addAll(List.of("--watch", "--max"));
      case "show" -> found.addAll(List.of("--all", "--follow", "--id", "--name"));
      case "console" -> found.addAll(List.of("--file", "--protocol"));
      default -> {
        if (ShortActions.isAction(command)) {
          found.add("--wait");
        }
      }
    }
    if (!typed.words().isEmpty()) {
      String type = typed.words().getFirst();
      for (String parent : Completions.parentsOf(type)) {
        found.add("--parent-" + parent + "-name");
        found.add("--parent-" + parent + "-identifier");
      }
      operation(command, typed, parents).ifPresent(operation -> members(operation, found));
    }
    return texts(found, "options");
  }

  private Optional<OperationType> operation(String command, Typed typed, List<Parent> parents) {
    try {
      Place place =
          new Places(NoEngine.INSTANCE).collection(typed.words().getFirst(), ids(parents));
      ServiceType item = place.item("x").service();
      return switch (command) {
        case "list", "add" -> place.service().operation(command);
        case "update", "remove" -> item.operation(command);
        case "action" ->
            typed.words().size() > 2 ? item.action(typed.words().get(2)) : Optional.empty();
        default -> item.action(command);
      };
    } catch (ShellFailure e) {
      return Optional.empty();
    }
  }

  /** The model is asked without the engine, which would have to look up names. */
  private static List<Parent> ids(List<Parent> parents) {
    List<Parent> ids = new ArrayList<>();
    for (Parent parent : parents) {
      ids.add(new Parent(parent.type(), "00000000-0000-0000-0000-000000000000", false));
    }
    return ids;
  }

  private static void members(OperationType operation, Set<String> found) {
    for (ParameterType each : operation.options()) {
      each.structType()
          .ifPresentOrElse(
              type -> members(type, "--" + each.name() + "-", found),
              () -> found.add("--" + each.name()));
    }
    operation
        .body()
        .flatMap(ParameterType::structType)
        .ifPresent(type -> members(type, "--", found));
  }

  private static void members(StructType type, String prefix, Set<String> found) {
    for (Member member : type.members()) {
      String name = prefix + member.tag();
      if (member.kind() != Kind.STRUCT || member.list()) {
        if (!member.link()) {
          found.add(
              member.list() && member.kind() == Kind.STRUCT ? name + "-" + member.item() : name);
        }
      } else if (member.link()) {
        found.add(name + "-name");
        found.add(name + "-id");
      } else if (prefix.length() < 24 && !member.structType().equals(type)) {
        members(member.structType(), name + "-", found);
      }
    }
  }

  private List<Candidate> values(
      String command, Typed typed, List<Parent> parents, String option, String last) {
    if (option.equals("-o") || option.equals("output")) {
      List<Candidate> formats = new ArrayList<>();
      for (String format : Format.NAMES) {
        formats.add(new Candidate(format, "formats", !format.endsWith("=")));
      }
      return formats;
    }
    if (option.equals("severity")) {
      return texts(List.of("normal", "warning", "error", "alert"), "");
    }
    Parent parent = Parent.of(option, "x");
    if (parent != null) {
      return names.of(new Places(session.engine()).collection(parent.type(), List.of()), last);
    }
    List<Candidate> enums = constants(command, typed, parents, option);
    if (!enums.isEmpty()) {
      return enums;
    }
    if (option.endsWith("-name") || option.equals("vm") || option.equals("host")) {
      String[] steps = option.split("-");
      String type = steps.length > 1 ? steps[steps.length - 2] : option;
      return names.of(new Places(session.engine()).collection(type, List.of()), last);
    }
    return List.of();
  }

  private List<Candidate> constants(
      String command, Typed typed, List<Parent> parents, String option) {
    if (typed.words().isEmpty()) {
      return List.of();
    }
    StructType type =
        operation(command, typed, parents)
            .flatMap(OperationType::body)
            .flatMap(ParameterType::structType)
            .orElse(null);
    for (String step : option.split("-")) {
      Member member = type == null ? null : type.find(step).orElse(null);
      if (member == null) {
        return List.of();
      }
      if (member.kind() == Kind.FLAG) {
        return texts(List.of("true", "false"), "");
      }
      Optional<EnumType> values = member.values();
      if (values.isPresent()) {
        return texts(values.get().values(), "");
      }
      type = member.kind() == Kind.STRUCT ? member.structType() : null;
    }
    return List.of();
  }
}

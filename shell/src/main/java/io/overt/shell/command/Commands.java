package io.overt.shell.command;

import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import io.overt.shell.objects.Parent;
import io.overt.shell.objects.Place;
import io.overt.shell.objects.Places;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands by their names. */
public final class Commands {
  /** Their names, and what they are for. */
  static final List<String[]> SUMMARIES =
      List.of(
          summary("list TYPE", "the objects of a type"),
          summary("show TYPE NAME", "one object with everything that it has"),
          summary("describe TYPE NAME", "one object, its last events and its jobs"),
          summary("add TYPE --NAME VALUE…", "a new object"),
          summary("update TYPE NAME --NAME VALUE…", "changes an object"),
          summary("remove TYPE NAME", "removes an object"),
          summary(
              "action TYPE NAME ACTION",
              "does something with an object; in short: ACTION TYPE NAME"),
          summary("wait TYPE NAME --for status=up", "waits until an object is as wanted"),
          summary("events [--follow]", "what happened"),
          summary("jobs [--watch]", "what is being done"),
          summary("console VM", "opens the console of a virtual machine"),
          summary("login", "keeps a session for later commands"),
          summary("logout", "ends it"),
          summary("profile list|use NAME", "named engines"),
          summary("connect [--url U --user N]", "uses another engine"),
          summary("disconnect", "uses none"),
          summary("info", "versions of the engine and of the shell"),
          summary("summary", "how many objects there are"),
          summary("capabilities", "what versions of clusters can"),
          summary("ping", "whether the engine answers"),
          summary("status", "how the last command ended"),
          summary("run FILE", "the commands of a file; also called file"),
          summary("cd /TYPE/NAME, ls, pwd", "goes into an object, and lists what it has"),
          summary("history [N]", "what was typed"),
          summary("echo TEXT", "prints a text"),
          summary("clear", "clears the screen"),
          summary("completion bash|zsh", "a script that makes a system's shell complete"),
          summary("help [COMMAND [TYPE]]", "this, or more"),
          summary("exit", "leaves the shell"));

  private Commands() {}

  private static String[] summary(String usage, String text) {
    return new String[] {usage, text};
  }

  /** The names of all commands. */
  public static List<String> names() {
    return List.of(
        "action",
        "add",
        "capabilities",
        "cd",
        "clear",
        "completion",
        "connect",
        "console",
        "describe",
        "disconnect",
        "echo",
        "events",
        "exit",
        "file",
        "foreach",
        "help",
        "history",
        "info",
        "jobs",
        "list",
        "login",
        "logout",
        "ls",
        "ping",
        "profile",
        "pwd",
        "remove",
        "run",
        "show",
        "status",
        "summary",
        "update",
        "wait");
  }

  /**
   * The command of a name.
   *
   * @throws ShellFailure when there is none
   */
  static Command find(String name) {
    Command known = known(name);
    if (known != null) {
      return known;
    }
    if (ShortActions.isAction(name)) {
      return new ActionCommand(name);
    }
    throw ShellFailure.syntax(
        "There is no command '"
            + name
            + "'"
            + io.overt.shell.objects.Names.hint(name, names())
            + "; see help");
  }

  private static @Nullable Command known(String name) {
    return switch (name) {
      case "list" -> new ListCommand();
      case "show" -> new ShowCommand();
      case "describe" -> new DescribeCommand();
      case "add" -> new AddCommand();
      case "update" -> new UpdateCommand();
      case "remove" -> new RemoveCommand();
      case "action" -> new ActionCommand(null);
      case "wait" -> new WaitCommand();
      case "events" -> new EventsCommand();
      case "jobs" -> new JobsCommand();
      case "console" -> new ConsoleCommand();
      case "login" -> new LoginCommand();
      case "logout" -> new LogoutCommand();
      case "profile" -> new ProfileCommand();
      case "connect" -> new ConnectCommand();
      case "disconnect" -> (context, arguments) -> context.session().disconnect();
      case "info", "ping", "summary", "capabilities" -> new SystemCommand(name);
      case "status", "echo", "clear", "history", "exit", "EOF", "quit", "cd", "ls", "pwd" ->
          new PlainCommand(name);
      case "run", "file" -> new RunCommand();
      case "completion" -> new CompletionCommand();
      case "help" -> new HelpCommand();
      default -> null;
    };
  }

  /** The collection of a type; within what {@code cd} led to, if it is a part of that. */
  static Place collection(Context context, String type, List<Parent> parents) {
    Places places = context.places();
    List<Parent> entered = Parents.inContext(context.session().context());
    if (!entered.isEmpty() && parents.equals(entered)) {
      try {
        return places.collection(type, parents);
      } catch (ShellFailure e) {
        if (e.status() != Status.SYNTAX) {
          throw e;
        }
        return places.collection(type, List.of());
      }
    }
    return places.collection(type, parents);
  }
}

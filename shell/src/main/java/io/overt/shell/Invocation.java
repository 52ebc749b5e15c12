package io.overt.shell;

import io.overt.shell.connect.Asked;
import io.overt.shell.output.Format;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line of the process: options of the program, and the words of a command, if there is
 * one.
 *
 * @param words the command; empty for a script or the terminal
 * @param files scripts
 * @param texts commands as one text
 * @param connect whether to connect before the first command
 * @param extendedPrompt whether the prompt names the host
 */
public record Invocation(
    Asked asked,
    Format format,
    boolean quiet,
    boolean dryRun,
    boolean keepGoing,
    boolean connect,
    boolean extendedPrompt,
    List<String> files,
    List<String> texts,
    List<String> words) {

  boolean isScript() {
    return !files.isEmpty() || !texts.isEmpty();
  }

  static Invocation of(List<String> arguments) {
    return new Reader(arguments).read();
  }

  /** Reads word by word. */
  private static final class Reader {
    private final List<String> arguments;
    private final Asked asked = new Asked();
    private final List<String> files = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private Format format = Format.TABLE;
    private boolean quiet;
    private boolean dryRun;
    private boolean keepGoing;
    private boolean connect;
    private boolean extendedPrompt;
    private int at;

    Reader(List<String> arguments) {
      this.arguments = arguments;
    }

    Invocation read() {
      while (at < arguments.size()) {
        String word = arguments.get(at);
        if (!words.isEmpty() && words.getFirst().equals("__complete")) {
          if (!word.equals("--") || words.size() > 1) {
            words.add(word);
          }
          at++;
        } else if (words.isEmpty() && !word.startsWith("-")) {
          if (!word.equals("shell")) {
            words.add(word);
          }
          at++;
        } else if (!option(word)) {
          if (words.isEmpty()) {
            throw ShellFailure.syntax("There is no option " + word + "; see overt help");
          }
          words.add(word);
          at++;
        }
      }
      return new Invocation(
          asked, format, quiet, dryRun, keepGoing, connect, extendedPrompt, files, texts, words);
    }

    /** Takes an option of the program; behind a command, only those that no object could have. */
    private boolean option(String word) {
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      String name = equals < 0 ? word : word.substring(0, equals);
      @Nullable String given = equals < 0 ? null : word.substring(equals + 1);
      boolean first = words.isEmpty();
      if (!first && !anywhere(name)) {
        return false;
      }
      switch (name) {
        case "-f", "--file" -> files.add(value(name, given));
        case "-E", "--execute-command", "--execute" -> texts.add(value(name, given));
        case "-c", "--connect" -> connect = flag();
        case "-e", "--extended-prompt" -> extendedPrompt = flag();
        case "-q", "--quiet" -> quiet = flag();
        case "-d", "--debug" -> {
          System.setProperty("overt.debug", "true");
          flag();
        }
        case "--dry-run" -> dryRun = flag();
        case "--keep-going" -> keepGoing = flag();
        case "--text" -> {
          format = Format.TEXT;
          flag();
        }
        case "-o", "--output" -> format(value(name, given));
        case "-h", "--help" -> {
          words.add("help");
          flag();
        }
        case "-p", "--password" ->
            throw ShellFailure.syntax(
                "A password on the command line could be read by others: use --password-file or"
                    + " --password-stdin");
        default -> {
          String option = Asked.option(name);
          if (option == null
              || (name.startsWith("-") && !name.startsWith("--") && name.length() > 2)) {
            return false;
          }
          if (Asked.isFlag(option)) {
            asked.put(option, given == null ? "true" : given);
            at++;
          } else {
            asked.put(option, value(name, given));
          }
        }
      }
      return true;
    }

    /** Options of the program that may also stand behind the command. */
    private static boolean anywhere(String name) {
      return switch (name) {
        case "--state", "--profile", "--password-file", "--password-stdin", "--ca-file" -> true;
        default -> false;
      };
    }

    private boolean flag() {
      at++;
      return true;
    }

    private String value(String name, @Nullable String given) {
      at++;
      if (given != null) {
        return given;
      }
      if (at >= arguments.size()) {
        throw ShellFailure.syntax(name + " needs a value");
      }
      return arguments.get(at++);
    }

    private void format(String text) {
      try {
        format = Format.of(text);
      } catch (IllegalArgumentException e) {
        throw new ShellFailure(Status.SYNTAX, String.valueOf(e.getMessage()), e);
      }
    }
  }
}

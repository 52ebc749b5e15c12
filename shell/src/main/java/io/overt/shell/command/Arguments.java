package io.overt.shell.command;

import io.overt.shell.ShellFailure;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a command was given: plain words, and options with their values. Commands take what they
 * know; what is left are attributes, or a mistake.
 */
final class Arguments {
  private static final Map<String, String> SHORT =
      Map.of("-o", "output", "-s", "query", "-q", "quiet", "-f", "file", "-h", "help");

  /** Options that stand alone; {@code true} or {@code false} may follow them all the same. */
  private static final Set<String> FLAGS =
      Set.of(
          "show-all",
          "all",
          "watch",
          "wait",
          "async",
          "follow-events",
          "quiet",
          "dry-run",
          "text",
          "edit",
          "help",
          "keep-going",
          "force",
          "insecure",
          "password-stdin",
          "no-headers",
          "show_all",
          "yes");

  /**
   * An option.
   *
   * @param value null when nothing stands where a value could be
   */
  record Option(String name, @Nullable String value) {}

  private final List<String> words = new ArrayList<>();
  private final List<Option> options = new ArrayList<>();

  /**
   * @param flags what stands alone besides the usual
   */
  Arguments(List<Token> tokens, Set<String> flags) {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      String name = token.option();
      if (name == null && token.value() != null) {
        name = SHORT.get(token.value());
      }
      if (name == null) {
        words.add(String.valueOf(token.value()));
        continue;
      }
      String value = token.option() == null ? null : token.value();
      boolean flag = FLAGS.contains(name) || flags.contains(name);
      String next = i + 1 < tokens.size() ? follower(tokens.get(i + 1)) : null;
      if (value == null && next != null && (!flag || isFlag(next))) {
        value = next;
        i++;
      }
      options.add(new Option(name, value));
    }
  }

  private static @Nullable String follower(Token token) {
    return token.option() == null ? token.value() : null;
  }

  private static boolean isFlag(String text) {
    return text.equals("true") || text.equals("false");
  }

  /** The next plain word, if there is one. */
  Optional<String> word() {
    return words.isEmpty() ? Optional.empty() : Optional.of(words.removeFirst());
  }

  /** The next plain word, which has to be there. */
  String word(String what) {
    return word().orElseThrow(() -> ShellFailure.syntax(what + " is missing"));
  }

  boolean hasWords() {
    return !words.isEmpty();
  }

  List<String> words() {
    return words;
  }

  /** The value of an option, by whichever of its names it was given; the last counts. */
  Optional<String> value(String... names) {
    String found = null;
    for (String name : names) {
      for (Iterator<Option> each = options.iterator(); each.hasNext(); ) {
        Option option = each.next();
        if (option.name().equals(name)) {
          each.remove();
          if (option.value() == null) {
            throw ShellFailure.syntax("--" + name + " needs a value");
          }
          found = option.value();
        }
      }
    }
    return Optional.ofNullable(found);
  }

  /** All values of an option that may be repeated. */
  List<String> values(String name) {
    List<String> found = new ArrayList<>();
    for (Iterator<Option> each = options.iterator(); each.hasNext(); ) {
      Option option = each.next();
      if (option.name().equals(name)) {
        each.remove();
        if (option.value() == null) {
          throw ShellFailure.syntax("--" + name + " needs a value");
        }
        found.add(option.value());
      }
    }
    return found;
  }

  /** Whether an option is there and not {@code false}. */
  boolean flag(String... names) {
    String value = optional(names).orElse("false");
    return !value.equals("false");
  }

  /** The value of an option that may stand alone: {@code true} then; empty if it is not there. */
  Optional<String> optional(String... names) {
    String found = null;
    for (String name : names) {
      for (Iterator<Option> each = options.iterator(); each.hasNext(); ) {
        Option option = each.next();
        if (option.name().equals(name)) {
          each.remove();
          found = option.value() == null ? "true" : option.value();
        }
      }
    }
    return Optional.ofNullable(found);
  }

  Optional<Integer> number(String name) {
    return value(name)
        .map(
            text -> {
              try {
                return Integer.valueOf(text);
              } catch (NumberFormatException e) {
                throw ShellFailure.syntax("--" + name + " is '" + text + "', expected a number");
              }
            });
  }

  /** The options that nobody took, in their order. */
  List<Option> options() {
    return options;
  }

  /** Refuses what nobody took. */
  void end() {
    if (!options.isEmpty()) {
      throw ShellFailure.syntax("There is no option --" + options.getFirst().name() + " here");
    }
    if (!words.isEmpty()) {
      throw ShellFailure.syntax("'" + words.getFirst() + "' is one word too many");
    }
  }
}

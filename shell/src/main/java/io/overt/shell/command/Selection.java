package io.overt.shell.command;

import io.overt.shell.ShellFailure;
import io.overt.shell.output.Trees;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of a list is wanted, where the engine does not decide: filters, order, number. */
final class Selection {
  /** A member has to have a value, in which {@code *} is any text. */
  private record Filter(String path, String value, boolean negated) {
    boolean accepts(Map<String, Object> tree) {
      return matches(at(tree)) != negated;
    }

    private @Nullable Object at(Map<String, Object> tree) {
      Object found = Trees.at(tree, path);
      // In version 3 a status had a state.
      return found == null && path.endsWith(".state")
          ? Trees.at(tree, path.substring(0, path.length() - ".state".length()))
          : found;
    }

    private boolean matches(@Nullable Object found) {
      if (found instanceof List<?> several) {
        for (Object each : several) {
          if (matches(each)) {
            return true;
          }
        }
        return false;
      }
      String text = Trees.text(found);
      if (value.indexOf('*') < 0) {
        return text.equalsIgnoreCase(value);
      }
      String pattern = Pattern.quote(value).replace("*", "\\E.*\\Q");
      return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
          .matcher(text)
          .matches();
    }
  }

  private final List<Filter> filters = new ArrayList<>();
  private final String sort;
  private int limit = Integer.MAX_VALUE;

  private Selection(String sort) {
    this.sort = sort;
  }

  static Selection of(Arguments arguments) {
    Selection selection = new Selection(arguments.value("sort").orElse(""));
    for (String each : arguments.values("where")) {
      selection.filters.add(filter("where", each));
    }
    for (String all : arguments.values("kwargs")) {
      for (String each : all.split(";")) {
        if (!each.isBlank()) {
          selection.filters.add(filter("kwargs", each.strip()));
        }
      }
    }
    return selection;
  }

  private static Filter filter(String option, String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw ShellFailure.syntax("--" + option + " is '" + text + "', expected attribute=value");
    }
    boolean negated = text.charAt(equals - 1) == '!';
    String path = text.substring(0, negated ? equals - 1 : equals).strip().replace('-', '.');
    return new Filter(path, text.substring(equals + 1).strip(), negated);
  }

  boolean filters() {
    return !filters.isEmpty() || !sort.isEmpty();
  }

  /** What it looks at. */
  List<String> paths() {
    List<String> paths = new ArrayList<>();
    for (Filter filter : filters) {
      paths.add(filter.path());
    }
    if (!sort.isEmpty()) {
      paths.add(sort.startsWith("-") ? sort.substring(1) : sort);
    }
    return paths;
  }

  void limit(int most) {
    limit = most;
  }

  List<Map<String, Object>> apply(List<Map<String, Object>> trees) {
    List<Map<String, Object>> chosen = new ArrayList<>();
    for (Map<String, Object> tree : trees) {
      boolean wanted = true;
      for (Filter filter : filters) {
        wanted &= filter.accepts(tree);
      }
      if (wanted) {
        chosen.add(tree);
      }
    }
    if (!sort.isEmpty()) {
      boolean down = sort.startsWith("-");
      String path = down ? sort.substring(1) : sort;
      Comparator<Map<String, Object>> order =
          (one, other) -> compare(Trees.at(one, path), Trees.at(other, path));
      chosen.sort(down ? order.reversed() : order);
    }
    return chosen.size() > limit ? chosen.subList(0, limit) : chosen;
  }

  private static int compare(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Number first && other instanceof Number second) {
      return Double.compare(first.doubleValue(), second.doubleValue());
    }
    return Trees.text(one).compareToIgnoreCase(Trees.text(other));
  }
}

package io.overt.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each verb answers on VDSM's wire, a file for each class of verbs ({@code verbs/VM.txt}).
 *
 * <p>{@code VERB = SHAPE}; below them the shapes of objects, each a name and in the indented lines
 * after it {@code key:SHAPE} or, for a key that may be absent, {@code key?:SHAPE}; other keys must
 * not be there. A shape is a name, {@code s}(tring), one of some texts as {@code s(a,b)} where
 * {@code _} stands for a space too, {@code i}(nteger), {@code n}(umber), {@code b}(oolean), {@code
 * o}(bject of any keys), {@code true}, {@code [SHAPE]} for a list, {@code {SHAPE}} for a map, or
 * {@code SHAPE/SHAPE} for either.
 */
final class VerbTables {

  static final VerbTables ALL = read();

  private final Map<String, String> verbs = new TreeMap<>();
  private final Map<String, Map<String, String>> shapes = new TreeMap<>();

  private static VerbTables read() {
    VerbTables tables = new VerbTables();
    try (Stream<Path> files =
        Files.list(
            Path.of(Objects.requireNonNull(VerbTables.class.getResource("verbs")).toURI()))) {
      for (Path file : files.toList()) {
        tables.add(Files.readAllLines(file));
      }
      return tables;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(List<String> lines) {
    Map<String, String> keys = Map.of();
    for (String line : lines) {
      if (line.startsWith(" ")) {
        for (String entry : line.strip().split("\\s+")) {
          int colon = entry.indexOf(':');
          keys.put(entry.substring(0, colon), entry.substring(colon + 1));
        }
      } else if (line.contains(" = ")) {
        verbs.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf('=') + 2));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        keys = new TreeMap<>();
        if (shapes.put(line.strip(), keys) != null) {
          throw new IllegalStateException("The shape " + line + " is there twice");
        }
      }
    }
  }

  Set<String> verbs() {
    return verbs.keySet();
  }

  /** What is wrong with an answer; nothing is wrong with one that no table knows. */
  List<String> problems(String verb, Object answer) {
    return verbs.containsKey(verb) ? problems(verb, verbs.get(verb), answer) : List.of();
  }

  private List<String> problems(String place, String shape, Object value) {
    return alternatives(shape).stream()
        .map(each -> one(place, each, value))
        .min(Comparator.comparing(List::size))
        .orElseThrow();
  }

  private List<String> one(String place, String shape, Object value) {
    if (shape.startsWith("[") && value instanceof List<?> list) {
      return list.stream()
          .flatMap(each -> problems(place + "[]", inner(shape), each).stream())
          .toList();
    }
    if (shape.startsWith("{") && value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .flatMap(
              each -> problems(place + "." + each.getKey(), inner(shape), each.getValue()).stream())
          .toList();
    }
    if (shapes.containsKey(shape) && value instanceof Map<?, ?> map) {
      return object(place, shapes.get(shape), map);
    }
    boolean right =
        switch (shape) {
          case "s" -> value instanceof String;
          case "i" -> value instanceof Integer || value instanceof Long;
          case "n" -> value instanceof Number;
          case "b" -> value instanceof Boolean;
          case "o" -> value instanceof Map;
          case "true" -> Boolean.TRUE.equals(value);
          default -> shape.startsWith("s(") && texts(shape).contains(value);
        };
    return right ? List.of() : List.of("%s is %s, not %s".formatted(place, value, shape));
  }

  private List<String> object(String place, Map<String, String> keys, Map<?, ?> map) {
    List<String> problems = new ArrayList<>();
    keys.forEach(
        (key, shape) -> {
          String name = key.replace("?", "");
          if (map.containsKey(name)) {
            problems.addAll(problems(place + "." + name, shape, map.get(name)));
          } else if (name.equals(key)) {
            problems.add("%s.%s is missing".formatted(place, name));
          }
        });
    map.keySet().stream()
        .filter(name -> !keys.containsKey(name) && !keys.containsKey(name + "?"))
        .forEach(name -> problems.add("%s.%s is not in the table".formatted(place, name)));
    return problems;
  }

  private static String inner(String shape) {
    return shape.substring(1, shape.length() - 1);
  }

  private static Set<String> texts(String shape) {
    return Stream.of(shape.substring(2, shape.length() - 1).split(",", -1))
        .flatMap(text -> Stream.of(text, text.replace('_', ' ')))
        .collect(Collectors.toSet());
  }

  /** Between slashes that are in no brackets. */
  private static List<String> alternatives(String shape) {
    List<String> found = new ArrayList<>();
    int depth = 0;
    int begin = 0;
    for (int index = 0; index < shape.length(); index++) {
      char letter = shape.charAt(index);
      depth += "[{(".indexOf(letter) >= 0 ? 1 : "]})".indexOf(letter) >= 0 ? -1 : 0;
      if (letter == '/' && depth == 0) {
        found.add(shape.substring(begin, index));
        begin = index + 1;
      }
    }
    found.add(shape.substring(begin));
    return found;
  }
}

package io.overt.model.generator.sdk;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What things of the model are called in Java. */
final class JavaNames {
  private static final Set<String> TAKEN =
      Set.of(
          "class",
          "clone",
          "default",
          "finalize",
          "import",
          "interface",
          "native",
          "new",
          "package");
  private static final Set<String> KEYWORDS = Set.of("private", "public", "volatile", "switch");

  private JavaNames() {}

  static String className(String words) {
    return Stream.of(words.split("_"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  static String memberName(String words) {
    String joined = className(words);
    String name = joined.substring(0, 1).toLowerCase(Locale.ROOT) + joined.substring(1);
    return TAKEN.contains(name) || KEYWORDS.contains(name) ? name + "_" : name;
  }

  static String constantName(String words) {
    return words.toUpperCase(Locale.ROOT);
  }
}

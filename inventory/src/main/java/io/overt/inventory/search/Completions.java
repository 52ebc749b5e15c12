package io.overt.inventory.search;

import io.overt.inventory.Kind;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Proposes how a half-written search may go on. */
public final class Completions {
  private static final Pattern VALUE =
      Pattern.compile("(?:^|\\s)([^\\s=<>!\"]+)\\s*(?:[=<>]|[!<>]=)\\s*\"?([^\\s\"=<>]*)$");
  private static final Pattern SORT =
      Pattern.compile("(?:^|\\s)sortby\\s+(\\S*)$", Pattern.CASE_INSENSITIVE);
  private static final Pattern AFTER_FIELD = Pattern.compile("(?:^|\\s)([^\\s=<>!\"]+)\\s+$");
  private static final Pattern WORD = Pattern.compile("(\\S*)$");

  private Completions() {}

  /**
   * Words that may stand in place of the one that the cursor is at the end of, in alphabetical
   * order: fields and related objects, operators, values of closed sets, keywords.
   *
   * @param cursor how many characters of the text stand before the cursor
   */
  public static List<String> suggest(Kind<?> kind, String text, int cursor) {
    SearchObject<?> object = SearchObjects.of(kind);
    String before = text.substring(0, Math.clamp(cursor, 0, text.length()));
    Matcher value = VALUE.matcher(before);
    if (value.find()) {
      Field field = field(object, value.group(1));
      return field == null ? List.of() : matching(values(field), value.group(2));
    }
    Matcher sort = SORT.matcher(before);
    if (sort.find()) {
      return matching(object.fields().stream().map(Field::name), sort.group(1));
    }
    Matcher afterField = AFTER_FIELD.matcher(before);
    Field field = afterField.find() ? field(object, afterField.group(1)) : null;
    if (field != null) {
      return Arrays.stream(Operator.values())
          .filter(field.type()::allows)
          .map(Operator::symbol)
          .toList();
    }
    Matcher word = WORD.matcher(before);
    return word.find() ? names(object, word.group(1)) : List.of();
  }

  private static List<String> names(SearchObject<?> object, String word) {
    int dot = word.indexOf('.');
    if (dot >= 0) {
      String reference = word.substring(0, dot);
      Relation relation = object.relation(reference);
      return relation == null
          ? List.of()
          : matching(
              relation.target().get().fields().stream()
                  .map(field -> reference + "." + field.name()),
              word);
    }
    return matching(
        Stream.of(
                object.fields().stream().map(Field::name),
                object.relations().keySet().stream().map(name -> name + "."),
                Stream.of("and", "or", "sortby", "page"))
            .flatMap(names -> names),
        word);
  }

  private static @Nullable Field field(SearchObject<?> object, String name) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      return object.field(name);
    }
    Relation relation = object.relation(name.substring(0, dot));
    return relation == null ? null : relation.target().get().field(name.substring(dot + 1));
  }

  private static Stream<String> values(Field field) {
    Choices choices = field.choices();
    return switch (field.type()) {
      case CHOICE -> choices == null ? Stream.of() : choices.names().stream();
      case FLAG -> Stream.of("false", "true");
      case TIME ->
          Stream.concat(
              Stream.of("today", "yesterday"),
              Arrays.stream(DayOfWeek.values()).map(day -> day.name().toLowerCase(Locale.ROOT)));
      case TEXT, EXCERPT, NUMBER, DURATION, ID, TAG -> Stream.of();
    };
  }

  private static List<String> matching(Stream<String> words, String beginning) {
    return words
        .filter(word -> word.regionMatches(true, 0, beginning, 0, beginning.length()))
        .distinct()
        .sorted()
        .toList();
  }
}

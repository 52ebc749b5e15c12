package io.overt.inventory.search;

import io.overt.inventory.Kind;
import java.time.DayOfWeek;
import java.util.ArrayList;
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

  /** A whole text that a search may become, and what was added to it: {@code field}. */
  public record Completion(String text, String description) {}

  /** Words of one sort that may stand from a place in the text on. */
  private record Words(int from, String sort, List<String> words) {}

  /**
   * Words that may stand in place of the one that the cursor is at the end of: fields, related
   * objects, keywords, each in alphabetical order; operators; values of closed sets.
   *
   * @param cursor how many characters of the text stand before the cursor
   */
  public static List<String> suggest(Kind<?> kind, String text, int cursor) {
    return words(SearchObjects.of(kind), text.substring(0, Math.clamp(cursor, 0, text.length())))
        .stream()
        .flatMap(words -> words.words().stream())
        .distinct()
        .toList();
  }

  /** What a text may become by its next word; the cursor is at its end. */
  public static List<Completion> complete(Kind<?> kind, String text) {
    List<Completion> completions = new ArrayList<>();
    for (Words words : words(SearchObjects.of(kind), text)) {
      for (String word : words.words()) {
        completions.add(new Completion(text.substring(0, words.from()) + word, words.sort()));
      }
    }
    return completions;
  }

  private static List<Words> words(SearchObject<?> object, String before) {
    Matcher value = VALUE.matcher(before);
    if (value.find()) {
      Field field = field(object, value.group(1));
      return field == null
          ? List.of()
          : List.of(new Words(value.start(2), "value", matching(values(field), value.group(2))));
    }
    Matcher sort = SORT.matcher(before);
    if (sort.find()) {
      Stream<String> fields = object.fields().stream().map(Field::name);
      return List.of(new Words(sort.start(1), "field", matching(fields, sort.group(1))));
    }
    Matcher afterField = AFTER_FIELD.matcher(before);
    Field field = afterField.find() ? field(object, afterField.group(1)) : null;
    if (field != null) {
      List<String> operators =
          Arrays.stream(Operator.values())
              .filter(field.type()::allows)
              .map(Operator::symbol)
              .toList();
      return List.of(new Words(before.length(), "operator", operators));
    }
    Matcher word = WORD.matcher(before);
    return word.find() ? names(object, word.group(1), word.start(1)) : List.of();
  }

  private static List<Words> names(SearchObject<?> object, String word, int from) {
    int dot = word.indexOf('.');
    if (dot >= 0) {
      String reference = word.substring(0, dot);
      Relation relation = object.relation(reference);
      if (relation == null) {
        return List.of();
      }
      Stream<String> fields =
          relation.target().get().fields().stream().map(field -> reference + "." + field.name());
      return List.of(new Words(from, "field", matching(fields, word)));
    }
    return List.of(
        new Words(from, "field", matching(object.fields().stream().map(Field::name), word)),
        new Words(
            from,
            "object",
            matching(object.relations().keySet().stream().map(name -> name + "."), word)),
        new Words(from, "keyword", matching(Stream.of("and", "or", "sortby", "page"), word)));
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

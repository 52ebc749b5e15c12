package io.overt.codec;

import io.overt.model.StructType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How documents of one version differ from those of the model, read from a table. */
final class WireRules {
  /** No difference. */
  static final WireRules NONE = new WireRules(List.of());

  private record Line(Set<String> types, List<WireEdit> edits) {}

  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> plurals = new HashMap<>();
  private final Map<String, Map<String, String>> values = new HashMap<>();
  private final List<Line> lines = new ArrayList<>();

  private WireRules(List<String> text) {
    for (String line : text) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> words = List.of(line.strip().split("\\s+"));
      switch (words.getFirst()) {
        case "name" -> names.put(words.get(1), words.get(2));
        case "plural" -> plurals.put(words.get(1), words.get(2));
        case "value" ->
            values
                .computeIfAbsent(words.get(1), key -> new HashMap<>())
                .put(words.get(2), words.get(3));
        default ->
            lines.add(
                new Line(
                    Set.of(words.getFirst().split(",")),
                    words.stream().skip(1).map(WireEdit::parse).toList()));
      }
    }
  }

  static WireRules read(String resource) {
    try (InputStream input = WireRules.class.getResourceAsStream(resource)) {
      if (input == null) {
        throw new IllegalStateException(resource + " is missing from the class path");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
      return new WireRules(reader.readAllLines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the model calls {@code name}. */
  String name(String name) {
    return names.getOrDefault(name, name);
  }

  String plural(StructType type) {
    String plural = plurals.get(type.name());
    return plural == null ? name(type.pluralTag()) : plural;
  }

  /** Other spellings of an enumerated type's constants. */
  Map<String, String> spelling(String enumType) {
    return values.getOrDefault(enumType, Map.of());
  }

  /** The edits of a type, those of its ancestors included; a later one of a name replaces. */
  List<WireEdit> edits(StructType type) {
    Set<String> family = new HashSet<>();
    for (StructType each = type; each != null; each = each.base()) {
      family.add(each.name());
    }
    Map<String, WireEdit> edits = new LinkedHashMap<>();
    for (Line line : lines) {
      if (line.types().stream().anyMatch(family::contains)) {
        for (WireEdit edit : line.edits()) {
          boolean own = edit.form() == WireEdit.Form.DROPPED || edit.form() == WireEdit.Form.EXTRA;
          edits.put((own ? edit.form() : "") + edit.name(), edit);
        }
      }
    }
    return List.copyOf(edits.values());
  }

  /** All that the table says, for a check that nothing is said in vain. */
  Map<String, List<WireEdit>> all() {
    Map<String, List<WireEdit>> all = new LinkedHashMap<>();
    for (Line line : lines) {
      for (String type : line.types()) {
        all.computeIfAbsent(type, key -> new ArrayList<>()).addAll(line.edits());
      }
    }
    return all;
  }
}

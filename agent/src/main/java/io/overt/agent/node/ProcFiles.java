package io.overt.agent.node;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the kernel's text files; what is not there is empty. */
final class ProcFiles {

  private ProcFiles() {}

  static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      return List.of();
    }
  }

  static String text(String file, String otherwise) {
    List<String> lines = lines(file);
    return lines.isEmpty() || lines.getFirst().isBlank() ? otherwise : lines.getFirst().strip();
  }

  static int number(String file, int otherwise) {
    try {
      return Integer.parseInt(text(file, ""));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** {@code Key: value} or {@code KEY="value"} lines; of a repeated key the first counts. */
  static Map<String, String> pairs(String file, char separator) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String line : lines(file)) {
      int at = line.indexOf(separator);
      if (at > 0) {
        pairs.putIfAbsent(
            line.substring(0, at).strip(), line.substring(at + 1).strip().replace("\"", ""));
      }
    }
    return pairs;
  }

  static List<String> names(String directory) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(directory))) {
      entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
    } catch (IOException e) {
      return List.of();
    }
    names.sort(null);
    return names;
  }

  /** Numbers of a list like {@code 0-3,8}. */
  static List<Integer> ranges(String text) {
    List<Integer> numbers = new ArrayList<>();
    for (String range : text.split(",")) {
      String[] ends = range.strip().split("-");
      if (!ends[0].isEmpty()) {
        int first = Integer.parseInt(ends[0]);
        int last = ends.length > 1 ? Integer.parseInt(ends[1]) : first;
        for (int number = first; number <= last; number++) {
          numbers.add(number);
        }
      }
    }
    return numbers;
  }
}

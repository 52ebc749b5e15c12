package io.overt.bench;

import java.util.ArrayList;
import java.util.List;

/** A table of text whose columns are as wide as need be; all but the first are right-aligned. */
final class Report {
  private final List<String[]> rows = new ArrayList<>();

  Report(String... heads) {
    rows.add(heads);
  }

  void row(String... cells) {
    rows.add(cells);
  }

  String text() {
    int[] widths = new int[rows.getFirst().length];
    for (String[] row : rows) {
      for (int column = 0; column < row.length; column++) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.length; column++) {
        String blanks = " ".repeat(widths[column] - row[column].length());
        line.append(column == 0 ? row[column] + blanks : "  " + blanks + row[column]);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}

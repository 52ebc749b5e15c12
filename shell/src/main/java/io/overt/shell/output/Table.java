package io.overt.shell.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Objects as lines of aligned columns. */
final class Table {
  /** Of a cell: people look at tables, and programs at other forms. */
  private static final int LONGEST = 200;

  private Table() {}

  static String rows(List<Map<String, Object>> objects, List<String> columns, boolean colours) {
    List<List<String>> cells = new ArrayList<>();
    List<String> head = new ArrayList<>();
    for (String column : columns) {
      head.add(column.toUpperCase(Locale.ROOT).replace('_', ' '));
    }
    cells.add(head);
    for (Map<String, Object> object : objects) {
      List<String> row = new ArrayList<>();
      for (String column : columns) {
        row.add(oneLine(Trees.textAt(object, column)));
      }
      cells.add(row);
    }
    return aligned(cells, columns, colours);
  }

  /** One object: a line for each field. */
  static String fields(Map<String, Object> object, boolean colours) {
    List<List<String>> cells = new ArrayList<>();
    for (Map.Entry<String, String> field : Fields.flat(object).entries()) {
      cells.add(List.of(field.getKey().replace('-', '.'), oneLine(field.getValue())));
    }
    return aligned(cells, List.of(), colours);
  }

  private static String oneLine(String text) {
    String line = text.indexOf('\n') < 0 ? text : text.replace("\r", "").replace("\n", "\\n");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  private static String aligned(List<List<String>> cells, List<String> columns, boolean colours) {
    int count = cells.isEmpty() ? 0 : cells.getFirst().size();
    int[] widths = new int[count];
    for (List<String> row : cells) {
      for (int i = 0; i < count; i++) {
        widths[i] = Math.max(widths[i], row.get(i).codePointCount(0, row.get(i).length()));
      }
    }
    StringBuilder out = new StringBuilder();
    for (int number = 0; number < cells.size(); number++) {
      int start = out.length();
      List<String> row = cells.get(number);
      for (int i = 0; i < count; i++) {
        String cell = row.get(i);
        boolean heading = number == 0 && !columns.isEmpty();
        out.append(colours ? Colours.of(heading, column(columns, i), cell) : cell);
        if (i < count - 1) {
          out.repeat(' ', widths[i] - cell.codePointCount(0, cell.length()) + 2);
        }
      }
      while (out.length() > start && out.charAt(out.length() - 1) == ' ') {
        out.setLength(out.length() - 1);
      }
      out.append('\n');
    }
    return out.toString();
  }

  private static String column(List<String> columns, int index) {
    return columns.isEmpty() ? "" : columns.get(index);
  }
}

package io.overt.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Draws how values are distributed: a line each, the share of values over the value, log scale. */
final class Plot {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 420;
  private static final int LEFT = 60;
  private static final int RIGHT = 240;
  private static final int BOTTOM = 50;
  private static final int TOP = 20;
  private static final List<String> COLOURS =
      List.of("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf", "#8c564b");

  private Plot() {}

  /**
   * A line.
   *
   * @param values above zero
   */
  record Line(String name, Samples values) {}

  static Path write(Path file, String unit, List<Line> lines) {
    double least = lines.stream().mapToDouble(line -> line.values().least()).min().orElse(0.1);
    double most = lines.stream().mapToDouble(line -> line.values().most()).max().orElse(1_000);
    double low = Math.floor(Math.log10(least));
    double high = Math.max(low + 1, Math.ceil(Math.log10(most)));
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d'"
                + " font-family='sans-serif' font-size='12'>%n<rect width='100%%' height='100%%'"
                + " fill='white'/>%n",
            WIDTH,
            HEIGHT));
    for (int decade = (int) low; decade <= high; decade++) {
      double x = x(Math.pow(10, decade), low, high);
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1='%.1f' x2='%.1f' y1='%d' y2='%d' stroke='#ddd'/><text x='%.1f' y='%d'"
                  + " text-anchor='middle'>%s %s</text>%n",
              x,
              x,
              TOP,
              HEIGHT - BOTTOM,
              x,
              HEIGHT - BOTTOM + 18,
              RestCommand.number(Math.max(0, -decade), Math.pow(10, decade)),
              unit));
    }
    for (double share : new double[] {0, 0.5, 0.9, 1}) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x='%d' y='%.1f' text-anchor='end'>%.0f %%</text>%n",
              LEFT - 6,
              y(share) + 4,
              share * 100));
    }
    for (int index = 0; index < lines.size(); index++) {
      String colour = COLOURS.get(index % COLOURS.size());
      Line line = lines.get(index);
      svg.append(
          String.format(
              Locale.ROOT,
              "<polyline fill='none' stroke='%s' stroke-width='1.5' points='",
              colour));
      for (int point = 0; point <= 200; point++) {
        svg.append(
            String.format(
                Locale.ROOT,
                "%.1f,%.1f ",
                x(line.values().at(point / 200.0), low, high),
                y(point / 200.0)));
      }
      svg.append(
          String.format(
              Locale.ROOT,
              "'/>%n<text x='%d' y='%d' fill='%s'>%s</text>%n",
              WIDTH - RIGHT + 12,
              TOP + 16 + index * 18,
              colour,
              escaped(line.name())));
    }
    svg.append("</svg>\n");
    try {
      return Files.writeString(file, svg);
    } catch (IOException e) {
      throw new BenchFailure("cannot write " + file + ": " + e, e);
    }
  }

  private static double x(double value, double low, double high) {
    double share = (Math.log10(Math.max(value, 1e-6)) - low) / (high - low);
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double share) {
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}

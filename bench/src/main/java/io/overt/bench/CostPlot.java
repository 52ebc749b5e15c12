package io.overt.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Draws how a cost grows: points on two logarithmic scales, with a line of linear growth. */
final class CostPlot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 420;
  private static final int MARGIN = 60;

  private CostPlot() {}

  /**
   * @param points abscissa and cost, both above zero, ascending
   */
  static Path write(Path file, String abscissa, String cost, List<double[]> points)
      throws IOException {
    double left = Math.floor(Math.log10(points.getFirst()[0]));
    double right = Math.max(left + 1, Math.ceil(Math.log10(points.getLast()[0])));
    double bottom = Math.floor(Math.log10(points.getFirst()[1]));
    double top = Math.ceil(Math.log10(points.getLast()[1])) + 1;
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif' font-size='12'>
        <style>text{fill:#333}.g{stroke:#ddd}@media(prefers-color-scheme:dark){text{fill:#ccc}.g{stroke:#444}}</style>
        """
            .formatted(WIDTH, HEIGHT));
    for (int decade = (int) left; decade <= right; decade++) {
      double x = scale(decade, left, right, MARGIN, WIDTH - MARGIN);
      line(svg, x, MARGIN, x, HEIGHT - MARGIN);
      text(svg, x, HEIGHT - MARGIN + 18, "middle", number(decade));
    }
    for (int decade = (int) bottom; decade <= top; decade++) {
      double y = scale(decade, bottom, top, HEIGHT - MARGIN, MARGIN);
      line(svg, MARGIN, y, WIDTH - MARGIN, y);
      text(svg, MARGIN - 6, y + 4, "end", number(decade));
    }
    text(svg, WIDTH / 2.0, HEIGHT - 18, "middle", abscissa);
    text(svg, MARGIN, MARGIN - 24, "start", cost + " (dashed: linear growth)");
    double[] first = points.getFirst();
    StringBuilder linear = new StringBuilder();
    StringBuilder measured = new StringBuilder();
    for (double[] point : points) {
      double x = scale(Math.log10(point[0]), left, right, MARGIN, WIDTH - MARGIN);
      double grown = first[1] * point[0] / first[0];
      append(linear, x, scale(Math.log10(grown), bottom, top, HEIGHT - MARGIN, MARGIN));
      double y = scale(Math.log10(point[1]), bottom, top, HEIGHT - MARGIN, MARGIN);
      append(measured, x, y);
      svg.append(
          String.format(Locale.ROOT, "<circle cx='%.1f' cy='%.1f' r='4' fill='#1f77b4'/>%n", x, y));
    }
    svg.append("<polyline fill='none' stroke='#999' stroke-dasharray='4 4' points='")
        .append(linear)
        .append("'/>\n<polyline fill='none' stroke='#1f77b4' stroke-width='2' points='")
        .append(measured)
        .append("'/>\n</svg>\n");
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.writeString(file, svg);
  }

  private static double scale(double value, double low, double high, double from, double to) {
    return from + (value - low) / (high - low) * (to - from);
  }

  private static String number(int decade) {
    return String.format(
        Locale.ROOT, decade < 0 ? "%." + -decade + "f" : "%,.0f", Math.pow(10, decade));
  }

  private static void append(StringBuilder points, double x, double y) {
    points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
  }

  private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class='g' x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f'/>%n",
            x1,
            y1,
            x2,
            y2));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>%n",
            x,
            y,
            anchor,
            text));
  }
}

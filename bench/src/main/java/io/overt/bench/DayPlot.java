package io.overt.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Draws a day: how uneven the cluster is, and how many machines were moved, over the hours.
 * Readable on light and on dark ground.
 */
final class DayPlot {
  private static final int WIDTH = 900;
  private static final int LEFT = 60;
  private static final int RIGHT = 150;
  private static final int PANEL = 220;
  private static final int GAP = 56;
  private static final int TOP = 34;
  private static final List<String> COLOURS = List.of("#8a8a8a", "#e0662f", "#9a6fd0", "#2a9d6f");

  /** Minutes that a point of a line stands for. */
  private static final int STEP = 10;

  private final Map<String, DayRun.Result> results;
  private final StringBuilder svg = new StringBuilder();

  private DayPlot(Map<String, DayRun.Result> results) {
    this.results = results;
  }

  static Path write(Path file, Map<String, DayRun.Result> results) {
    try {
      return Files.writeString(file, new DayPlot(results).text());
    } catch (IOException e) {
      throw new BenchFailure("cannot write " + file + ": " + e, e);
    }
  }

  private String text() {
    int height = TOP + 2 * PANEL + GAP + 40;
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d'"
                + " font-family='sans-serif' font-size='12'>%n<style>text{fill:#333}"
                + " .grid{stroke:#8886;stroke-width:1}"
                + " @media (prefers-color-scheme:dark){text{fill:#ddd}}</style>%n",
            WIDTH,
            height,
            WIDTH,
            height));
    panel(
        TOP,
        "How far hosts are from the cluster's mean, CPU and memory together, percentage points",
        minute -> minute.balance().imbalance());
    panel(TOP + PANEL + GAP, "Machines moved so far", minute -> minute.moves());
    return svg.append("</svg>\n").toString();
  }

  private void panel(int top, String title, ToDoubleFunction<DayRun.Minute> figure) {
    double most =
        results.values().stream()
            .flatMap(result -> result.minutes().stream())
            .mapToDouble(figure)
            .max()
            .orElse(1);
    double step = step(most / 5);
    double limit = Math.max(step, Math.ceil(most / step) * step);
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x='%d' y='%d' font-weight='bold'>%s</text>%n",
            LEFT,
            top - 12,
            title));
    for (double value = 0; value <= limit + step / 2; value += step) {
      double y = top + PANEL - value / limit * PANEL;
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class='grid' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/><text x='%d' y='%.1f'"
                  + " text-anchor='end'>%.0f</text>%n",
              LEFT,
              WIDTH - RIGHT,
              y,
              y,
              LEFT - 8,
              y + 4,
              value));
    }
    for (int hour = 0; hour <= 24; hour += 3) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x='%.1f' y='%d' text-anchor='middle'>%02d:00</text>%n",
              x(hour * 60),
              top + PANEL + 18,
              hour));
    }
    int index = 0;
    for (Map.Entry<String, DayRun.Result> each : results.entrySet()) {
      line(top, each.getValue().minutes(), figure, limit, COLOURS.get(index % COLOURS.size()));
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x='%d' y='%d' width='14' height='4' fill='%s'/><text x='%d' y='%d'>%s</text>%n",
              WIDTH - RIGHT + 10,
              top + 10 + index * 20,
              COLOURS.get(index % COLOURS.size()),
              WIDTH - RIGHT + 30,
              top + 16 + index * 20,
              each.getKey().replace("&", "&amp;").replace("<", "&lt;")));
      index++;
    }
  }

  private void line(
      int top,
      List<DayRun.Minute> minutes,
      ToDoubleFunction<DayRun.Minute> figure,
      double limit,
      String colour) {
    svg.append(
        String.format(
            Locale.ROOT, "<polyline fill='none' stroke='%s' stroke-width='1.8' points='", colour));
    for (int minute = 0; minute < minutes.size(); minute += STEP) {
      double value = figure.applyAsDouble(minutes.get(minute));
      svg.append(
          String.format(Locale.ROOT, "%.1f,%.1f ", x(minute), top + PANEL - value / limit * PANEL));
    }
    svg.append(String.format(Locale.ROOT, "'/>%n"));
  }

  /** 1, 2 or 5 times a power of ten. */
  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(least, 1e-6))));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= least) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static double x(int minute) {
    return LEFT + minute / (24.0 * 60) * (WIDTH - LEFT - RIGHT);
  }
}

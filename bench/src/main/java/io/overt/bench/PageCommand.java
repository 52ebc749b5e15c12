package io.overt.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The web administration page in Chromium, beside an engine with many machines. */
@Command(
    name = "page",
    description = "What the web administration page costs with many machines in the inventory.")
final class PageCommand implements Callable<Integer> {
  /** What is measured; how much is allowed says the program that measures. */
  private static final List<Budget> BUDGETS =
      List.of(
          new Budget("first load, packed", "initialBytes", "bytes"),
          new Budget("first useful list", "firstListMillis", "ms"),
          new Budget("longest task while scrolling", "worstTask", "ms"));

  @Mixin private final Site site = new Site();

  private record Budget(String what, String figure, String unit) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    site.fill();
    Map<String, Double> figures;
    try (BenchEngine engine = BenchEngine.start(site.installation(), site.filled())) {
      figures = measure(engine);
    } finally {
      site.empty();
    }
    Report table = new Report("what", "measured", "allowed", "unit", "");
    boolean kept = true;
    for (Budget budget : BUDGETS) {
      double value = figures.getOrDefault(budget.figure(), Double.POSITIVE_INFINITY);
      double most = figures.getOrDefault(budget.figure() + "Allowed", 0.0);
      boolean within = value <= most;
      kept &= within;
      table.row(
          budget.what(), number(value), number(most), budget.unit(), within ? "kept" : "BROKEN");
    }
    System.out.printf(
        Locale.ROOT,
        "The page with %,d machines; %s%n%s%nFrames while scrolling through all rows in 8 s: %s,"
            + " median %s ms, longest gap %s ms; the longest task by the clock %s ms%n",
        site.machines(),
        ProcessTree.machine(),
        table.text(),
        number(figures.getOrDefault("frames", 0.0)),
        number(figures.getOrDefault("frameMedian", 0.0)),
        number(figures.getOrDefault("frameWorst", 0.0)),
        number(figures.getOrDefault("worstTaskByTheClock", 0.0)));
    return kept ? 0 : 1;
  }

  private Map<String, Double> measure(BenchEngine engine) throws IOException, InterruptedException {
    Path webadmin = site.installation().home().resolve("webadmin");
    ProcessBuilder node = new ProcessBuilder("node", "browser/budgets.mjs");
    node.directory(webadmin.toFile());
    node.redirectError(ProcessBuilder.Redirect.INHERIT);
    node.environment().put("OVERT_URL", engine.address());
    node.environment()
        .put("OVERT_PASSWORD_FILE", site.filled().resolve("admin-password").toString());
    Process process = node.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroy();
      throw new BenchFailure(
          "the browser did not measure; needed are Chromium and the packages of webadmin, which a"
              + " build installs");
    }
    return numbers(output);
  }

  /** The numbers of a JSON object. */
  private static Map<String, Double> numbers(String json) throws IOException {
    Map<String, Double> numbers = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value.isNumeric()) {
          numbers.put(name, parser.getDoubleValue());
        } else {
          parser.skipChildren();
        }
      }
    }
    return numbers;
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}

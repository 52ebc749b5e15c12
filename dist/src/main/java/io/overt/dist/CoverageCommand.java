package io.overt.dist;

import io.overt.engine.Engine;
import io.overt.engine.config.Coverage;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "coverage", description = "Which operations of the API model are implemented.")
final class CoverageCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  boolean help;

  @Option(names = "--missing", description = "also name what is not implemented")
  private boolean missing;

  @Override
  public Integer call() {
    Coverage coverage = Coverage.of(Engine.services());
    for (Coverage.Line line : coverage.lines()) {
      int all = line.implemented().size() + line.missing().size();
      System.out.println(
          String.format(
                  Locale.ROOT,
                  "%-44s %3d/%-3d %s",
                  line.service(),
                  line.implemented().size(),
                  all,
                  String.join(" ", line.implemented()))
              .stripTrailing());
      if (missing && !line.missing().isEmpty()) {
        System.out.println("    missing: " + String.join(" ", line.missing()));
      }
    }
    System.out.printf("%d/%d operations implemented%n", coverage.implemented(), coverage.total());
    return 0;
  }
}

package io.overt.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The main of {@code ./overt bench}. */
@Command(
    name = "bench",
    synopsisSubcommandLabel = "balance|boot-storm|migrate|page|rest|schedule|start|vm",
    subcommands = {
      BalanceCommand.class,
      BootStormCommand.class,
      MigrateCommand.class,
      PageCommand.class,
      PlanCommand.class,
      RestCommand.class,
      ScheduleCommand.class,
      StartCommand.class,
      VmCommand.class
    })
public final class Bench {
  private Bench() {}

  public static void main(String[] arguments) {
    System.setProperty("overt.log-level", "warn");
    CommandLine line = new CommandLine(new Bench());
    line.setExecutionExceptionHandler(
        (failure, _, _) -> {
          if (failure instanceof BenchFailure) {
            System.err.println("bench: " + failure.getMessage());
          } else {
            failure.printStackTrace();
          }
          return 1;
        });
    System.exit(line.execute(arguments));
  }
}

package io.overt.dist;

import io.overt.dist.api.ApiException;
import io.overt.dist.schedule.ScheduleCommand;
import io.overt.engine.config.AdminClient;
import io.overt.engine.config.InvalidConfiguration;
import io.overt.events.notifier.InvalidNotifierConfig;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The launcher's main: {@code ./overt} builds, then hands over to here. */
@Command(
    name = "overt",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      DemoCommand.class,
      ConfigCommand.class,
      CoverageCommand.class,
      UserCommand.class,
      GroupCommand.class,
      NotifierCommand.class,
      ScheduleCommand.class,
      SchedulerProxyCommand.class
    })
public final class Overt {
  private Overt() {}

  public static void main(String[] arguments) {
    // The launcher itself logs nothing below a warning.
    System.setProperty("overt.log-level", "warn");
    CommandLine line = new CommandLine(new Overt());
    line.setExecutionExceptionHandler((failure, _, _) -> explain(failure));
    System.exit(line.execute(arguments));
  }

  private static int explain(Exception failure) {
    switch (failure) {
      case Failure _,
          InvalidConfiguration _,
          InvalidNotifierConfig _,
          AdminClient.Refused _,
          ApiException _ ->
          System.err.println("overt: " + failure.getMessage());
      case AdminClient.EngineDown _ -> {
        System.err.println("overt: the engine is down (" + failure.getMessage() + ")");
        System.err.println("overt: start it with ./overt up, or name its directory with --state");
        return 3;
      }
      case UncheckedIOException _ ->
          System.err.println("overt: " + failure.getMessage() + ": " + failure.getCause());
      default -> failure.printStackTrace();
    }
    return 1;
  }
}

package io.overt.dist;

import io.overt.engine.config.ConfigLoader;
import io.overt.engine.config.EffectiveValue;
import io.overt.engine.config.Machine;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "config",
    description = "About settings.",
    subcommands = ConfigCommand.Explain.class)
final class ConfigCommand {
  private ConfigCommand() {}

  @Command(
      name = "explain",
      description = "Every setting, the value in force, and where it came from.")
  static final class Explain implements Callable<Integer> {
    @Mixin private final EngineOptions options = new EngineOptions();

    @Override
    public Integer call() {
      for (EffectiveValue value :
          ConfigLoader.load(options.settings(), System.getenv(), Machine.local()).values()) {
        System.out.printf(
            Locale.ROOT,
            "%-24s %-28s (%s)%n    %s%n",
            value.key(),
            value.value().isEmpty() ? "-" : value.value(),
            value.origin(),
            value.setting().description());
      }
      System.out.println(
          "Set them in the state directory's overt.properties (key = value), in the environment"
              + " (OVERT_HTTPS_PORT), or on the command line (--set key=value); the last wins.");
      return 0;
    }
  }
}

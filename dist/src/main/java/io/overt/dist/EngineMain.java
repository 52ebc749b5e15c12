package io.overt.dist;

import io.overt.engine.Engine;
import io.overt.engine.config.ConfigLoader;
import io.overt.engine.config.EngineConfig;
import io.overt.engine.config.InvalidConfiguration;
import io.overt.engine.config.Machine;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** The engine's process. Options: {@code --KEY=VALUE} for every key of the configuration. */
public final class EngineMain {
  private EngineMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    EngineConfig config;
    try {
      config = ConfigLoader.load(options(arguments), System.getenv(), Machine.local()).config();
    } catch (InvalidConfiguration e) {
      System.err.println("engine: " + e.getMessage());
      System.exit(2);
      return;
    }
    // Before the first logger is made, which reads it.
    System.setProperty("overt.log-level", config.logLevel());
    Engine engine = start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(engine::close, "stop-engine"));
    engine.awaitStopped();
  }

  /** What stops the start is said in the last line, where the launcher shows it. */
  private static Engine start(EngineConfig config) {
    try {
      return Engine.start(config);
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(EngineMain.class).error("the engine did not start", e);
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      System.err.println("engine: " + e.getMessage() + (e.getCause() == null ? "" : ": " + cause));
      System.exit(1);
      throw e;
    }
  }

  private static Map<String, String> options(String[] arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (!argument.startsWith("--") || equals < 0) {
        throw new InvalidConfiguration(
            "'" + argument + "' is no option; options are written --key=value");
      }
      options.put(argument.substring(2, equals), argument.substring(equals + 1));
    }
    return options;
  }
}

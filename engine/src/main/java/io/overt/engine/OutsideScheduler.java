package io.overt.engine;

import io.overt.engine.config.EngineConfig;
import io.overt.scheduling.external.ExternalScheduler;
import io.overt.units.ProxyClient;
import io.overt.units.PythonUnits;
import io.overt.units.UnitSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The scheduling units of others that the configuration wants: of a directory, or of a proxy. */
final class OutsideScheduler {
  /** How often a proxy is asked for changes. */
  private static final Duration LOOK = Duration.ofMinutes(1);

  private OutsideScheduler() {}

  static Optional<ExternalScheduler> open(EngineConfig config) {
    EngineConfig.OutsideUnits units = config.outsideUnits();
    if (!units.enabled()) {
      return Optional.empty();
    }
    if (units.proxy().isPresent()) {
      return Optional.of(
          new ProxyClient(
              new ProxyClient.Settings(
                  units.proxy().get(),
                  units.connection(),
                  units.response(),
                  LOOK,
                  units.failClosed())));
    }
    UnitSettings settings =
        UnitSettings.of(units.directory())
            .hidden(secrets(config, units.directory()))
            .failClosed(units.failClosed());
    return Optional.of(
        PythonUnits.open(
            units.pythonPath().isEmpty() ? settings : settings.pythonPath(units.pythonPath())));
  }

  /** Keys, passwords and data; all of the state unless the units lie in it. */
  private static List<Path> secrets(EngineConfig config, Path units) {
    Path state = config.stateDirectory();
    return units.startsWith(state)
        ? List.of(
            config.pkiDirectory(),
            config.databaseDirectory(),
            config.runDirectory(),
            config.logDirectory())
        : List.of(state);
  }
}

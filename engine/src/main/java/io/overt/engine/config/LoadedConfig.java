package io.overt.engine.config;

import java.util.List;

/**
 * A configuration and how it came about.
 *
 * @param values every setting, in the order of {@link Setting}, then by version
 */
public record LoadedConfig(EngineConfig config, List<EffectiveValue> values) {
  public LoadedConfig {
    values = List.copyOf(values);
  }
}

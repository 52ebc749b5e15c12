package io.overt.engine.webadmin;

import java.nio.file.Path;
import java.util.List;

/**
 * Where UI plugins are looked for; directories may be missing or come later.
 *
 * @param plugins directories with descriptors, the first to name a plugin wins
 * @param pluginConfigs directories with what people set for plugins, the first to have a file wins
 */
public record WebAdminSettings(List<Path> plugins, List<Path> pluginConfigs) {
  public WebAdminSettings {
    plugins = List.copyOf(plugins);
    pluginConfigs = List.copyOf(pluginConfigs);
  }
}

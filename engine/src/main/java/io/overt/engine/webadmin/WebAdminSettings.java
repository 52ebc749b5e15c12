package io.overt.engine.webadmin;

import java.nio.file.Path;
import java.util.List;

/**
 * Where UI plugins and what they may have run are looked for; directories may be missing or come
 * later.
 *
 * @param plugins directories with descriptors, the first to name a plugin wins
 * @param pluginConfigs directories with what people set for plugins, the first to have a file wins
 * @param playbooks directory with playbooks of Ansible
 * @param ansiblePlaybook the program that runs them: a path, or a name to be found in PATH
 */
public record WebAdminSettings(
    List<Path> plugins, List<Path> pluginConfigs, Path playbooks, String ansiblePlaybook) {
  public WebAdminSettings {
    plugins = List.copyOf(plugins);
    pluginConfigs = List.copyOf(pluginConfigs);
  }
}

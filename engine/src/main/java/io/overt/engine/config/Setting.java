package io.overt.engine.config;

import io.overt.engine.resource.properties.DeviceProperties;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The keys that configure an engine. An empty default is explained by the description. */
public enum Setting {
  STATE_DIRECTORY(
      "", "all data, keys and logs; /var/lib/overt for root, else ~/.local/state/overt"),
  BIND_ADDRESS("0.0.0.0", "address to listen on"),
  HTTPS_PORT("8443", "port of the API and the SSO"),
  HTTP_PORT("8080", "port of plain HTTP, which listens on the loopback alone; 0 for none"),
  DATABASE_URL("", "jdbc:postgresql://host:port/name; empty for the bundled PostgreSQL"),
  DATABASE_USER("overt", "user at an external database"),
  DATABASE_PASSWORD_FILE("", "file with the password for an external database"),
  NODE_ID("", "name of this engine among several on one database; host name and port if empty"),
  HOST_NAMES("", "names and addresses for the certificate, first the one for URLs; found if empty"),
  SESSION_TIMEOUT("30m", "how long a session lasts unused"),
  BODY_LIMIT("16m", "size of a request's body at most, in bytes, or with k, m, g"),
  CORS_ORIGINS(
      "",
      "origins whose pages may call the API, comma-separated: https://portal.example.com, null for"
          + " pages without one, * for all; none if empty"),
  LOG_LEVEL("info", "error, warn, info, debug or trace, of Overt's own records"),
  ADMIN_PASSWORD_FILE("", "file with the first password of admin; one is made if empty"),
  AUTHORITY_DIRECTORY(
      "", "where ca.pem and ca-key.pem of an installation of several engines lie; pki/ if empty"),
  NOTIFIER_CONF(
      "",
      "who is told of events, and how (see docs/notifications.md); notifier.conf in the state"
          + " directory if empty"),
  EXTERNAL_SCHEDULER_ENABLED(
      "true", "whether policies may use scheduling units of others: true or false"),
  EXTERNAL_SCHEDULER_PLUGINS(
      "/usr/share/ovirt-scheduler-proxy/plugins",
      "directory with scheduling units in Python (see docs/scheduling-units.md)"),
  EXTERNAL_SCHEDULER_PYTHON_PATH(
      "", "what those units can import from, separated by ':'; Overt's Python SDK if empty"),
  EXTERNAL_SCHEDULER_SERVICE_URL(
      "",
      "a scheduler proxy to use instead of the directory, such as http://localhost:18781/; none if"
          + " empty"),
  EXTERNAL_SCHEDULER_CONNECTION_TIMEOUT("1s", "how long to wait for a connection to that proxy"),
  EXTERNAL_SCHEDULER_RESPONSE_TIMEOUT(
      "30s", "how long external units may take together, for one decision"),
  EXTERNAL_SCHEDULER_FAIL_CLOSED(
      "",
      "names of external filters that must answer: without an answer they leave no host,"
          + " comma-separated"),
  ENABLE_VDS_LOAD_BALANCING(
      "true", "whether load balancers move machines by themselves: true or false"),
  VDS_LOAD_BALANCING_INTERVAL("1m", "how often they may move one machine of each cluster"),
  AFFINITY_RULES_ENFORCEMENT(
      "true", "whether machines are moved to mend broken rules of affinity: true or false"),
  AFFINITY_RULES_ENFORCEMENT_INTERVAL("1m", "how often one machine of each cluster may be moved"),
  VDS_HA_RESERVATION_INTERVAL(
      "5m", "how often clusters are checked for room for the machines of a failed host"),
  UI_PLUGINS_DIRECTORY(
      "",
      "directories with descriptors of UI plugins, separated by ':'; ui-plugins in the state"
          + " directory and /usr/share/ovirt-engine/ui-plugins if empty"),
  UI_PLUGINS_CONFIG_DIRECTORY(
      "",
      "directories with what people set for UI plugins, separated by ':'; ui-plugins-config in the"
          + " state directory and /etc/ovirt-engine/ui-plugins if empty"),
  PLAYBOOKS_DIRECTORY(
      "",
      "directory with the playbooks that UI plugins may have run; playbooks in the state directory"
          + " if empty"),
  ANSIBLE_PLAYBOOK(
      "ansible-playbook", "program that runs playbooks: a path, or a name to be found in PATH"),
  USER_DEFINED_VM_PROPERTIES(
      "", "custom properties that VMs may have, for scripts on hosts: name=regex;name=regex"),
  CUSTOM_DEVICE_PROPERTIES(
      DeviceProperties.STANDARD,
      "custom properties that devices may have: {type=interface;prop={name=regex;name=regex}}"),
  USER_DEFINED_NETWORK_PROPERTIES(
      "", "custom properties that networks may have on hosts: name=regex;name=regex");

  private static final Set<Setting> BY_VERSION =
      EnumSet.of(
          USER_DEFINED_VM_PROPERTIES, CUSTOM_DEVICE_PROPERTIES, USER_DEFINED_NETWORK_PROPERTIES);

  private final String standard;
  private final String description;

  Setting(String standard, String description) {
    this.standard = standard;
    this.description = description;
  }

  /** As in files and on the command line: {@code https-port}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As in the environment: {@code OVERT_HTTPS_PORT}. */
  public String variable() {
    return "OVERT_" + name();
  }

  /** The value when nobody sets one; empty when it depends on the machine. */
  public String standard() {
    return standard;
  }

  public String description() {
    return description;
  }

  /** Whether {@code key.4.7} sets it for clusters of the version 4.7. */
  public boolean byVersion() {
    return BY_VERSION.contains(this);
  }

  static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key().equals(key)).findFirst();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).toList();
  }
}

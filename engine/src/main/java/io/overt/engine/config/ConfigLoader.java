package io.overt.engine.config;

import io.overt.engine.balancing.BalancingTimes;
import io.overt.engine.config.EngineConfig.ExternalDatabase;
import io.overt.engine.resource.CompatibilityVersions;
import io.overt.engine.resource.properties.ByVersion;
import io.overt.engine.resource.properties.CustomProperties;
import io.overt.engine.resource.properties.DeviceProperties;
import io.overt.engine.resource.properties.PropertySet;
import io.overt.engine.webadmin.WebAdminSettings;
import io.overt.events.notifier.ConfFiles;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts a configuration together. Later wins: the default, the file {@code overt.properties} in the
 * state directory, the environment ({@code OVERT_HTTPS_PORT}), the command line.
 */
public final class ConfigLoader {
  /** The file in the state directory. */
  public static final String FILE = "overt.properties";

  private static final String PREFIX = "OVERT_";

  /** What the shell reads from the same environment. */
  private static final Set<String> OF_CLIENTS =
      Set.of("OVERT_CA", "OVERT_PASSWORD_FILE", "OVERT_PROFILE", "OVERT_URL", "OVERT_USER");

  /** As browsers write them (RFC 6454), and what stands for none and for all. */
  private static final Pattern ORIGIN = Pattern.compile("https?://[^\\s/?#@*]+|null|\\*");

  private static final Pattern VERSION = Pattern.compile("(.+?)[._](\\d+)[._](\\d+)");

  private final Map<Setting, EffectiveValue> values = new EnumMap<>(Setting.class);

  /** Of those settings that a version may have its own of; by the version's text. */
  private final Map<Setting, Map<String, EffectiveValue>> ofVersions = new EnumMap<>(Setting.class);

  /**
   * What a key names.
   *
   * @param version empty when it is for all versions
   */
  private record Target(Setting setting, String version) {}

  private ConfigLoader() {}

  /**
   * Reads everything that was set.
   *
   * @param options what the command line sets, by key
   * @param environment the process's environment
   * @param machine the machine to derive defaults from
   * @throws InvalidConfiguration for an unknown key or a value that cannot be used
   */
  public static LoadedConfig load(
      Map<String, String> options, Map<String, String> environment, Machine machine) {
    ConfigLoader loader = new ConfigLoader();
    for (Setting setting : Setting.values()) {
      loader.put(setting, setting.standard(), "default");
    }
    loader.put(Setting.STATE_DIRECTORY, machine.stateDirectory().toString(), "default");
    // Twice: only these say where the file is, and they win over it.
    loader.environment(environment);
    loader.options(options);
    loader.file(Path.of(loader.text(Setting.STATE_DIRECTORY)).resolve(FILE));
    loader.environment(environment);
    loader.options(options);
    loader.derive(machine, environment);
    List<EffectiveValue> all = new ArrayList<>(loader.values.values());
    loader.ofVersions.values().forEach(versions -> all.addAll(versions.values()));
    return new LoadedConfig(loader.config(environment), all);
  }

  private void options(Map<String, String> options) {
    options.forEach((key, value) -> put(known(key, "the command line"), value, "command line"));
  }

  private void environment(Map<String, String> environment) {
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (name.startsWith(PREFIX) && !OF_CLIENTS.contains(name)) {
                put(variable(name), value, "environment " + name);
              }
            });
  }

  private void file(Path file) {
    if (!Files.exists(file)) {
      return;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidConfiguration("Cannot read the settings in " + file + ": " + e);
    }
    for (String key : properties.stringPropertyNames()) {
      Target target = known(key, file.toString());
      if (target.setting() == Setting.STATE_DIRECTORY) {
        throw new InvalidConfiguration(
            "state-directory cannot be set in " + file + ", which lies in it; use --state");
      }
      put(target, properties.getProperty(key, ""), file.toString());
    }
  }

  private void put(Setting setting, String value, String origin) {
    put(new Target(setting, ""), value, origin);
  }

  private void put(Target target, String value, String origin) {
    EffectiveValue effective =
        new EffectiveValue(target.setting(), target.version(), value.strip(), origin);
    if (target.version().isEmpty()) {
      values.put(target.setting(), effective);
    } else {
      ofVersions
          .computeIfAbsent(target.setting(), setting -> new TreeMap<>())
          .put(target.version(), effective);
    }
  }

  private static Target known(String key, String where) {
    return target(key, Setting::of)
        .orElseThrow(
            () ->
                new InvalidConfiguration(
                    "Unknown setting '%s' in %s; did you mean '%s'?"
                        .formatted(key, where, Spelling.closest(key, Setting.keys()))));
  }

  private static Target variable(String name) {
    List<String> names = Arrays.stream(Setting.values()).map(Setting::variable).toList();
    return target(
            name,
            variable ->
                Arrays.stream(Setting.values())
                    .filter(setting -> setting.variable().equals(variable))
                    .findFirst())
        .orElseThrow(
            () ->
                new InvalidConfiguration(
                    "Unknown setting '%s' in the environment; did you mean '%s'?"
                        .formatted(name, Spelling.closest(name, names))));
  }

  private static Optional<Target> target(String name, Function<String, Optional<Setting>> find) {
    Optional<Setting> whole = find.apply(name);
    if (whole.isPresent()) {
      return whole.map(setting -> new Target(setting, ""));
    }
    Matcher matcher = VERSION.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String version = matcher.group(2) + "." + matcher.group(3);
    return find.apply(matcher.group(1))
        .filter(Setting::byVersion)
        .map(
            setting -> {
              List<String> versions =
                  CompatibilityVersions.all().stream().map(CompatibilityVersions::text).toList();
              if (!versions.contains(version)) {
                throw new InvalidConfiguration(
                    "The setting '%s' is for the version %s, which must be one of %s"
                        .formatted(name, version, versions));
              }
              return new Target(setting, version);
            });
  }

  /** Fills in what depends on the machine or on other settings. */
  private void derive(Machine machine, Map<String, String> environment) {
    if (text(Setting.NODE_ID).isEmpty()) {
      put(Setting.NODE_ID, machine.hostName() + "-" + text(Setting.HTTPS_PORT), "default");
    }
    String ofOvirt = environment.getOrDefault(ConfFiles.VARS, "");
    if (text(Setting.NOTIFIER_CONF).isEmpty() && !ofOvirt.isBlank()) {
      put(Setting.NOTIFIER_CONF, ofOvirt, "environment " + ConfFiles.VARS);
    } else if (text(Setting.NOTIFIER_CONF).isEmpty()) {
      Path file = Path.of(text(Setting.STATE_DIRECTORY)).resolve("notifier.conf");
      put(Setting.NOTIFIER_CONF, file.toString(), "default");
    }
    beside(Setting.UI_PLUGINS_DIRECTORY, "ui-plugins", "/usr/share/ovirt-engine/ui-plugins");
    beside(
        Setting.UI_PLUGINS_CONFIG_DIRECTORY, "ui-plugins-config", "/etc/ovirt-engine/ui-plugins");
    if (text(Setting.PLAYBOOKS_DIRECTORY).isEmpty()) {
      Path directory = Path.of(text(Setting.STATE_DIRECTORY)).resolve("playbooks");
      put(Setting.PLAYBOOKS_DIRECTORY, directory.toString(), "default");
    }
    if (text(Setting.HOST_NAMES).isEmpty()) {
      put(Setting.HOST_NAMES, String.join(",", machine.names()), "default");
    }
  }

  /** A directory of this state, then oVirt's. */
  private void beside(Setting setting, String own, String ofOvirt) {
    if (text(setting).isEmpty()) {
      Path directory = Path.of(text(Setting.STATE_DIRECTORY)).resolve(own);
      put(setting, directory + ":" + ofOvirt, "default");
    }
  }

  private EngineConfig config(Map<String, String> environment) {
    return new EngineConfig(
        Path.of(text(Setting.STATE_DIRECTORY)).toAbsolutePath().normalize(),
        text(Setting.BIND_ADDRESS),
        Quantities.port(value(Setting.HTTPS_PORT)),
        Quantities.port(value(Setting.HTTP_PORT)),
        database(),
        text(Setting.NODE_ID),
        hostNames(),
        Quantities.duration(value(Setting.SESSION_TIMEOUT)),
        Quantities.size(value(Setting.BODY_LIMIT)),
        corsOrigins(),
        Quantities.choice(
            value(Setting.LOG_LEVEL), List.of("error", "warn", "info", "debug", "trace")),
        path(Setting.ADMIN_PASSWORD_FILE),
        authority(),
        ConfFiles.of(Path.of(text(Setting.NOTIFIER_CONF)).toAbsolutePath(), environment),
        outsideUnits(),
        balancing(),
        new CustomProperties(
            byVersion(Setting.USER_DEFINED_VM_PROPERTIES, PropertySet::machines),
            byVersion(Setting.CUSTOM_DEVICE_PROPERTIES, DeviceProperties::of),
            byVersion(Setting.USER_DEFINED_NETWORK_PROPERTIES, PropertySet::networks)),
        webAdmin());
  }

  private EngineConfig.OutsideUnits outsideUnits() {
    EffectiveValue proxy = value(Setting.EXTERNAL_SCHEDULER_SERVICE_URL);
    return new EngineConfig.OutsideUnits(
        Quantities.choice(value(Setting.EXTERNAL_SCHEDULER_ENABLED), List.of("true", "false"))
            .equals("true"),
        Path.of(text(Setting.EXTERNAL_SCHEDULER_PLUGINS)).toAbsolutePath().normalize(),
        paths(Setting.EXTERNAL_SCHEDULER_PYTHON_PATH),
        proxy.value().isEmpty() ? Optional.empty() : Optional.of(checked(proxy, URI::create)),
        Quantities.duration(value(Setting.EXTERNAL_SCHEDULER_CONNECTION_TIMEOUT)),
        Quantities.duration(value(Setting.EXTERNAL_SCHEDULER_RESPONSE_TIMEOUT)),
        Set.copyOf(names(Setting.EXTERNAL_SCHEDULER_FAIL_CLOSED)));
  }

  private WebAdminSettings webAdmin() {
    return new WebAdminSettings(
        directories(Setting.UI_PLUGINS_DIRECTORY),
        directories(Setting.UI_PLUGINS_CONFIG_DIRECTORY),
        Path.of(text(Setting.PLAYBOOKS_DIRECTORY)).toAbsolutePath().normalize(),
        text(Setting.ANSIBLE_PLAYBOOK));
  }

  private List<Path> directories(Setting setting) {
    return paths(setting).stream().map(Path::normalize).toList();
  }

  private List<Path> paths(Setting setting) {
    return Arrays.stream(text(setting).split(":"))
        .filter(path -> !path.isBlank())
        .map(path -> Path.of(path.strip()).toAbsolutePath())
        .toList();
  }

  private BalancingTimes balancing() {
    return new BalancingTimes(
        flag(Setting.ENABLE_VDS_LOAD_BALANCING),
        Quantities.duration(value(Setting.VDS_LOAD_BALANCING_INTERVAL)),
        flag(Setting.AFFINITY_RULES_ENFORCEMENT),
        Quantities.duration(value(Setting.AFFINITY_RULES_ENFORCEMENT_INTERVAL)),
        Quantities.duration(value(Setting.VDS_HA_RESERVATION_INTERVAL)));
  }

  private boolean flag(Setting setting) {
    return Quantities.choice(value(setting), List.of("true", "false")).equals("true");
  }

  private <T> ByVersion<T> byVersion(Setting setting, Function<String, T> read) {
    Map<String, T> own = new TreeMap<>();
    ofVersions
        .getOrDefault(setting, Map.of())
        .forEach((version, value) -> own.put(version, checked(value, read)));
    return new ByVersion<>(checked(value(setting), read), own);
  }

  private static <T> T checked(EffectiveValue value, Function<String, T> read) {
    try {
      return read.apply(value.value());
    } catch (IllegalArgumentException e) {
      throw Quantities.refused(value, String.valueOf(e.getMessage()));
    }
  }

  /**
   * It may be made by the first node; where there is no database to share there is nothing else.
   */
  private Optional<Path> authority() {
    EffectiveValue value = value(Setting.AUTHORITY_DIRECTORY);
    if (value.value().isEmpty()) {
      return Optional.empty();
    }
    if (text(Setting.DATABASE_URL).isEmpty()) {
      throw Quantities.refused(value, "nothing unless several engines share a database-url");
    }
    return Optional.of(Path.of(value.value()).toAbsolutePath().normalize());
  }

  private Optional<ExternalDatabase> database() {
    EffectiveValue url = value(Setting.DATABASE_URL);
    if (url.value().isEmpty()) {
      return Optional.empty();
    }
    if (!url.value().startsWith("jdbc:postgresql:") || url.value().contains("password=")) {
      throw new InvalidConfiguration(
          "database-url (%s) must begin with jdbc:postgresql: and hold no password"
              .formatted(url.origin()));
    }
    return Optional.of(
        new ExternalDatabase(
            url.value(), text(Setting.DATABASE_USER), path(Setting.DATABASE_PASSWORD_FILE)));
  }

  private Set<String> corsOrigins() {
    List<String> origins = names(Setting.CORS_ORIGINS);
    if (!origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches())) {
      throw Quantities.refused(
          value(Setting.CORS_ORIGINS), "origins such as https://portal.example.com, null or *");
    }
    return Set.copyOf(origins);
  }

  /** Each once, in their order. */
  private List<String> names(Setting setting) {
    return Arrays.stream(text(setting).split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  private List<String> hostNames() {
    List<String> names = names(Setting.HOST_NAMES);
    if (names.isEmpty()) {
      throw Quantities.refused(value(Setting.HOST_NAMES), "a list such as engine.example,10.0.0.5");
    }
    return names;
  }

  /** A file named by a setting has to be there: a typing error must not fall back to something. */
  private Optional<Path> path(Setting setting) {
    EffectiveValue value = value(setting);
    if (value.value().isEmpty()) {
      return Optional.empty();
    }
    Path path = Path.of(value.value()).toAbsolutePath();
    if (!Files.isReadable(path)) {
      throw Quantities.refused(value, "a file that can be read");
    }
    return Optional.of(path);
  }

  private EffectiveValue value(Setting setting) {
    EffectiveValue value = values.get(setting);
    if (value == null) {
      throw new IllegalStateException("no value of " + setting);
    }
    return value;
  }

  private String text(Setting setting) {
    return value(setting).value();
  }
}

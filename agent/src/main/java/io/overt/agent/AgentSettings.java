package io.overt.agent;

import io.overt.agent.hooks.HookSettings;
import io.overt.agent.vms.DomainPolicy;
import io.overt.agent.vms.DomainPolicy.VirtType;
import io.overt.agent.vms.MigrationSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything that can be set on a host's agent, in a properties file ({@code --config FILE}) and on
 * the command line ({@code --key value} or {@code --key=value}), which wins.
 *
 * @param port 0 for any free port
 * @param tls whether peers need a certificate; false is for tests on loopback only
 * @param displayAddress where users reach consoles; the address that guests' consoles listen on is
 *     {@code console-address}
 * @param storageRoot where storage domains are mounted and linked
 * @param networks devices by network name; bridges stand for networks of their own name
 * @param serialSockets the directory where QEMU listens for who comes to serial consoles; several
 *     agents of one machine need one each
 * @param unsafeMigration allow live migration of guests whose disks libvirt does not count as
 *     shared
 * @param migrationUri libvirt's URI of another host, in which {@code {host}} is its address
 * @param migrationCertificates the directory where QEMU looks for the host's certificate when a
 *     guest moves encrypted; the agent lays its own out there. Empty leaves that to others
 * @param hooks scripts around what the agent does: {@code hooks} names directories of them besides
 *     the standard ones
 */
public record AgentSettings(
    int port,
    String bindAddress,
    boolean tls,
    Path tlsCertificate,
    Path tlsKey,
    Path tlsAuthority,
    VirtType virtType,
    String libvirtUri,
    Path stateDirectory,
    Path storageRoot,
    String consoleAddress,
    String displayAddress,
    boolean serialLog,
    Path serialSockets,
    boolean unsafeMigration,
    String migrationUri,
    Optional<Path> migrationCertificates,
    Map<String, String> networks,
    HookSettings hooks) {

  private static final Map<String, String> DEFAULTS = defaults();

  /** A setting that cannot be used; the message says what to write instead. */
  public static final class InvalidSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSettingException(String message) {
      super(message);
    }
  }

  /**
   * @throws InvalidSettingException for unknown keys and unusable values
   */
  public static AgentSettings read(List<String> arguments) {
    Map<String, String> given = commandLine(arguments);
    Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
    String config = given.remove("config");
    if (config != null) {
      file(Path.of(config)).forEach((key, value) -> set(values, key, value, config));
    }
    given.forEach((key, value) -> set(values, key, value, "the command line"));
    return of(values);
  }

  /** The settings of a host that nobody configured. */
  public static AgentSettings standard() {
    return of(DEFAULTS);
  }

  private static Map<String, String> defaults() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("port", "54321");
    values.put("bind-address", "0.0.0.0");
    values.put("tls", "true");
    values.put("tls-certificate", "/etc/pki/vdsm/certs/vdsmcert.pem");
    values.put("tls-key", "/etc/pki/vdsm/keys/vdsmkey.pem");
    values.put("tls-authority", "/etc/pki/vdsm/certs/cacert.pem");
    values.put("virt-type", "kvm");
    values.put("libvirt-uri", "qemu:///system");
    values.put("state-directory", "/var/lib/overt-agent");
    values.put("storage-root", "/rhev/data-center");
    values.put("console-address", "0.0.0.0");
    values.put("display-address", "");
    values.put("serial-log", "false");
    values.put("serial-sockets", DomainPolicy.SERIAL_SOCKETS.toString());
    values.put("unsafe-migration", "false");
    values.put("migration-uri", MigrationSettings.TLS);
    values.put("migration-certificates", "");
    values.put("networks", "");
    values.put("hooks", "");
    values.put("hook-timeout", "60");
    values.put("statistics-hook-timeout", "2");
    values.put("hook-environment", "log_console_vm_regexp");
    return values;
  }

  private static AgentSettings of(Map<String, String> values) {
    String display = value(values, "display-address");
    return new AgentSettings(
        port(value(values, "port")),
        value(values, "bind-address"),
        flag(values, "tls"),
        Path.of(value(values, "tls-certificate")),
        Path.of(value(values, "tls-key")),
        Path.of(value(values, "tls-authority")),
        virtType(value(values, "virt-type")),
        value(values, "libvirt-uri"),
        Path.of(value(values, "state-directory")).toAbsolutePath(),
        Path.of(value(values, "storage-root")).toAbsolutePath(),
        value(values, "console-address"),
        display.isEmpty() ? value(values, "bind-address") : display,
        flag(values, "serial-log"),
        Path.of(value(values, "serial-sockets")).toAbsolutePath(),
        flag(values, "unsafe-migration"),
        migrationUri(value(values, "migration-uri")),
        certificates(values),
        networks(value(values, "networks")),
        hooks(values));
  }

  private static String migrationUri(String pattern) {
    if (!pattern.contains("{host}")) {
      throw new InvalidSettingException(
          "Setting 'migration-uri' is '%s' but must hold {host}, where the other host's address goes"
              .formatted(pattern));
    }
    return pattern;
  }

  private static Optional<Path> certificates(Map<String, String> values) {
    String directory = value(values, "migration-certificates");
    if (!directory.isEmpty() && !flag(values, "tls")) {
      throw new InvalidSettingException(
          "Setting 'migration-certificates' is '%s' but must be empty while 'tls' is false"
              .formatted(directory));
    }
    return directory.isEmpty()
        ? Optional.empty()
        : Optional.of(Path.of(directory).toAbsolutePath());
  }

  private static HookSettings hooks(Map<String, String> values) {
    List<Path> directories = new ArrayList<>(HookSettings.STANDARD);
    parts(value(values, "hooks"), ":").map(Path::of).forEach(directories::add);
    return new HookSettings(
        directories,
        seconds(values, "hook-timeout"),
        seconds(values, "statistics-hook-timeout"),
        parts(value(values, "hook-environment"), ",").toList(),
        Path.of(value(values, "state-directory")).toAbsolutePath().resolve("hooks"));
  }

  private static Stream<String> parts(String list, String separator) {
    return Pattern.compile(separator)
        .splitAsStream(list)
        .map(String::strip)
        .filter(part -> !part.isEmpty());
  }

  private static Duration seconds(Map<String, String> values, String key) {
    String text = value(values, key);
    if (text.matches("[1-9][0-9]{0,4}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    throw new InvalidSettingException(
        "Setting '%s' is '%s' but must be a number of seconds from 1 to 99999"
            .formatted(key, text));
  }

  private static Map<String, String> commandLine(List<String> arguments) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--")) {
        throw new InvalidSettingException(
            "'" + argument + "' is no option; options are written --key value or --key=value");
      }
      int equals = argument.indexOf('=');
      if (equals > 0) {
        given.put(argument.substring(2, equals), argument.substring(equals + 1));
      } else if (i + 1 < arguments.size()) {
        given.put(argument.substring(2), arguments.get(++i));
      } else {
        throw new InvalidSettingException("Option " + argument + " lacks its value");
      }
    }
    return given;
  }

  private static Map<String, String> file(Path path) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new InvalidSettingException("Cannot read the settings in " + path + ": " + e);
    }
    Map<String, String> values = new LinkedHashMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }

  private static void set(Map<String, String> values, String key, String value, String where) {
    if (!values.containsKey(key)) {
      throw new InvalidSettingException(
          "Unknown setting '%s' in %s; did you mean '%s'?"
              .formatted(key, where, Spelling.closest(key, values.keySet())));
    }
    values.put(key, value.strip());
  }

  private static String value(Map<String, String> values, String key) {
    return Optional.ofNullable(values.get(key))
        .orElseThrow(() -> new IllegalStateException("No default for " + key));
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new InvalidSettingException(
          "Setting 'port' is '" + text + "' but must be a number from 0 to 65535");
    }
    throw new InvalidSettingException(
        "Setting 'port' is '" + text + "' but must be a number from 0 to 65535");
  }

  private static boolean flag(Map<String, String> values, String key) {
    String text = value(values, key);
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new InvalidSettingException(
              "Setting '%s' is '%s' but must be true or false".formatted(key, text));
    };
  }

  private static VirtType virtType(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "kvm" -> VirtType.KVM;
      case "qemu" -> VirtType.QEMU;
      default ->
          throw new InvalidSettingException(
              "Setting 'virt-type' is '" + text + "' but must be kvm or qemu");
    };
  }

  private static Map<String, String> networks(String text) {
    Map<String, String> networks = new LinkedHashMap<>();
    for (String pair : text.split(",")) {
      if (!pair.isBlank()) {
        int equals = pair.indexOf('=');
        if (equals <= 0) {
          throw new InvalidSettingException(
              "Setting 'networks' holds '%s' but must be like ovirtmgmt=eth0,data=eth1"
                  .formatted(pair));
        }
        networks.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      }
    }
    return networks;
  }
}

package io.overt.engine;

import io.overt.access.directory.Directory;
import io.overt.access.directory.DirectoryGroup;
import io.overt.access.directory.DirectoryUser;
import io.overt.access.login.Logins;
import io.overt.access.pki.CertificateAuthority;
import io.overt.access.pki.Certificates;
import io.overt.access.pki.Issued;
import io.overt.engine.config.AdminChannel;
import io.overt.engine.config.EngineConfig;
import io.overt.engine.config.EngineConfig.ExternalDatabase;
import io.overt.events.notifier.Notifier;
import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.model.ApiEnum;
import io.overt.model.Struct;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an administrator on this machine may ask for without logging in. */
final class AdminCommands {
  private final Inventory inventory;
  private final Directory directory;
  private final Logins logins;
  private final CertificateAuthority authority;
  private final NotifierCommands notifications;
  private final EngineConfig config;

  AdminCommands(
      Inventory inventory,
      Directory directory,
      Logins logins,
      CertificateAuthority authority,
      Notifier notifier,
      EngineConfig config) {
    this.inventory = inventory;
    this.directory = directory;
    this.logins = logins;
    this.authority = authority;
    this.notifications = new NotifierCommands(notifier);
    this.config = config;
  }

  Map<String, AdminChannel.Handler> handlers() {
    Map<String, AdminChannel.Handler> handlers = new LinkedHashMap<>();
    handlers.put("user add", this::addUser);
    handlers.put("user password", this::setPassword);
    handlers.put("user disable", this::disableUser);
    handlers.put("user unlock", this::unlockUser);
    handlers.put("user list", ignored -> Map.of("users", users()));
    handlers.put("group add", this::addGroup);
    handlers.put("group list", ignored -> Map.of("groups", groups()));
    handlers.put("enroll host", this::enrollHost);
    handlers.put("status", ignored -> status());
    handlers.putAll(notifications.handlers());
    return handlers;
  }

  /** How many hosts and VMs there are in each status, and what keeps them. */
  private Map<String, @Nullable Object> status() {
    Map<String, @Nullable Object> status = new LinkedHashMap<>();
    status.put(
        "database", config.database().map(ExternalDatabase::url).orElse("bundled PostgreSQL"));
    status.put("hosts", counts(Kinds.HOST, Host::status));
    status.put("vms", counts(Kinds.VM, Vm::status));
    return status;
  }

  private <T extends Struct> Map<String, Long> counts(
      Kind<T> kind, Function<T, ? extends @Nullable ApiEnum> state) {
    Map<String, Long> counts = new TreeMap<>();
    for (Entity<T> entity : inventory.snapshot().all(kind)) {
      ApiEnum value = state.apply(entity.value());
      counts.merge(value == null ? "unknown" : value.wire(), 1L, Long::sum);
    }
    return counts;
  }

  private Map<String, @Nullable Object> addUser(Map<String, @Nullable Object> arguments) {
    char[] password = text(arguments, "password").toCharArray();
    try {
      directory.addUser(
          new DirectoryUser(
              new UUID(0, 0),
              text(arguments, "name"),
              optional(arguments, "first-name"),
              optional(arguments, "last-name"),
              optional(arguments, "email"),
              optional(arguments, "department"),
              true),
          password);
      return Map.of();
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private Map<String, @Nullable Object> setPassword(Map<String, @Nullable Object> arguments) {
    char[] password = text(arguments, "password").toCharArray();
    try {
      logins.setPassword(text(arguments, "name"), password);
      return Map.of();
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private Map<String, @Nullable Object> disableUser(Map<String, @Nullable Object> arguments) {
    logins.disable(text(arguments, "name"));
    return Map.of();
  }

  private Map<String, @Nullable Object> unlockUser(Map<String, @Nullable Object> arguments) {
    directory.unlock(text(arguments, "name"));
    return Map.of();
  }

  private List<Map<String, Object>> users() {
    return directory.users().stream()
        .map(
            user ->
                Map.<String, Object>of(
                    "name", user.name(),
                    "enabled", user.enabled(),
                    "first-name", user.firstName(),
                    "last-name", user.lastName(),
                    "email", user.email()))
        .toList();
  }

  private Map<String, @Nullable Object> addGroup(Map<String, @Nullable Object> arguments) {
    List<String> members =
        arguments.get("members") instanceof List<?> list
            ? list.stream().map(String::valueOf).toList()
            : List.of();
    directory.addGroup(text(arguments, "name"), members);
    return Map.of();
  }

  private List<Map<String, Object>> groups() {
    return directory.groups().stream()
        .map(
            (DirectoryGroup group) ->
                Map.<String, Object>of("name", group.name(), "members", group.members()))
        .toList();
  }

  /**
   * A key and certificate for a host, written below the state directory unless good ones are there.
   */
  private Map<String, @Nullable Object> enrollHost(Map<String, @Nullable Object> arguments) {
    List<String> names =
        arguments.get("addresses") instanceof List<?> list && !list.isEmpty()
            ? list.stream().map(String::valueOf).toList()
            : List.of(text(arguments, "name"));
    Path target = Path.of(text(arguments, "directory")).toAbsolutePath().normalize();
    if (!target.startsWith(config.pkiDirectory().toAbsolutePath().normalize())) {
      throw new IllegalArgumentException(
          "directory is " + target + "; it must be below " + config.pkiDirectory());
    }
    try {
      if (!isGood(target)) {
        Issued issued = authority.issueHost(names);
        Files.createDirectories(target);
        write(target.resolve("key.pem"), issued.keyPem());
        write(target.resolve("ca.pem"), Certificates.pem(authority.certificate()));
        write(target.resolve("cert.pem"), issued.certificatePem());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the host's certificate to " + target, e);
    }
    return Map.of("directory", target.toString());
  }

  private static boolean isGood(Path directory) {
    Path certificate = directory.resolve("cert.pem");
    return Files.exists(directory.resolve("key.pem"))
        && Files.exists(certificate)
        && !Certificates.renewalDue(Certificates.read(certificate), Instant.now());
  }

  private static void write(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  private static String text(Map<String, @Nullable Object> arguments, String name) {
    if (arguments.get(name) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new IllegalArgumentException("'" + name + "' is missing; a text was expected");
  }

  private static String optional(Map<String, @Nullable Object> arguments, String name) {
    return Objects.requireNonNullElse(arguments.get(name), "").toString();
  }
}

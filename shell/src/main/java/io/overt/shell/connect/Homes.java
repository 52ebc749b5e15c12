package io.overt.shell.connect;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a user's files are. */
public record Homes(Map<String, String> environment) {
  /** {@code ~/.ovirtshellrc}, of ovirt-shell: read, never written. */
  Path oldProfile() {
    return home().resolve(".ovirtshellrc");
  }

  /** Sections, one for each profile. */
  Path profiles() {
    return configuration().resolve("profiles");
  }

  /** The name of the profile in use. */
  Path chosenProfile() {
    return configuration().resolve("profile");
  }

  /** What somebody typed. */
  public Path history() {
    return state().resolve("history");
  }

  /** Tokens of those who logged in; gone with the machine's memory where it offers that. */
  Path logins() {
    String runtime = environment.get("XDG_RUNTIME_DIR");
    return set(runtime) ? Path.of(String.valueOf(runtime), "overt") : state().resolve("logins");
  }

  /** The state directory of an engine of this machine, if nobody names another. */
  Path engineState() {
    String set = environment.get("OVERT_STATE_DIRECTORY");
    if (set(set)) {
      return Path.of(String.valueOf(set));
    }
    return "root".equals(System.getProperty("user.name"))
        ? Path.of("/var/lib/overt")
        : local().resolve("overt");
  }

  private Path state() {
    return local().resolve("overt-shell");
  }

  private Path local() {
    String set = environment.get("XDG_STATE_HOME");
    return set(set) ? Path.of(String.valueOf(set)) : home().resolve(".local/state");
  }

  private Path configuration() {
    String set = environment.get("XDG_CONFIG_HOME");
    return (set(set) ? Path.of(String.valueOf(set)) : home().resolve(".config")).resolve("overt");
  }

  private Path home() {
    String set = environment.get("HOME");
    return Path.of(set(set) ? String.valueOf(set) : System.getProperty("user.home", "/"));
  }

  private static boolean set(@Nullable String value) {
    return value != null && !value.isEmpty();
  }
}

package io.overt.inventory.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * As whom the server runs. PostgreSQL refuses to run as root, so root becomes a system user who can
 * reach the directory, or else nobody in a user namespace of its own (where files of root count as
 * its own).
 *
 * @param prefix words before the program
 * @param owner to whom its files must belong; null for who we are
 */
record RunAs(List<String> prefix, @Nullable UserPrincipal owner) {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final List<String> USERS = List.of("overt", "postgres");

  /**
   * Decides for a directory that exists, and whose earlier content, if any, says who it was.
   *
   * @param program one that must be executable
   */
  static RunAs choose(Path directory, Path data, String program) throws IOException {
    if (!Files.getOwner(Path.of("/proc/self")).getName().equals("root")) {
      return new RunAs(List.of(), null);
    }
    RunAs namespace = new RunAs(List.of("unshare", "--user", "--"), null);
    boolean ofRoot = Files.exists(data) && Files.getOwner(data).getName().equals("root");
    List<String> names =
        Files.exists(data) && !ofRoot ? List.of(Files.getOwner(data).getName()) : USERS;
    if (!ofRoot) {
      for (String name : names) {
        RunAs user = user(directory, name);
        if (user != null && user.works(directory, program)) {
          return user;
        }
        if (user != null) {
          // For instance because a directory above is closed to that user.
          Files.setOwner(directory, Files.getOwner(Path.of("/proc/self")));
        }
      }
    }
    if (namespace.works(directory, program)) {
      return namespace;
    }
    throw new BundledPostgresException(
        "PostgreSQL does not run as root, there is no user "
            + String.join(" or ", names)
            + " who can write to "
            + directory
            + ", and user namespaces are not allowed here; create one (useradd --system overt) and"
            + " a state directory that it can reach, or do not start this as root");
  }

  private static @Nullable RunAs user(Path directory, String name) throws IOException {
    try {
      UserPrincipal user =
          directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
      Files.setOwner(directory, user);
      return new RunAs(
          List.of("setpriv", "--reuid", name, "--regid", groupOf(name), "--clear-groups", "--"),
          user);
    } catch (UserPrincipalNotFoundException e) {
      return null;
    }
  }

  private static String groupOf(String user) {
    return new Command(List.of("id", "-g", user)).run(DEADLINE).output();
  }

  private boolean works(Path directory, String program) {
    return command("test", "-w", directory.toString()).run(DEADLINE).status() == 0
        && command(program, "--version").run(DEADLINE).status() == 0;
  }

  /** The program and its arguments, run as this. */
  Command command(String... words) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(List.of(words));
    return new Command(all);
  }

  /** Gives the files below to whom they must belong. */
  void own(Path path) throws IOException {
    if (owner == null) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(path)) {
      paths = walk.toList();
    }
    for (Path each : paths) {
      Files.setOwner(each, owner);
    }
  }
}

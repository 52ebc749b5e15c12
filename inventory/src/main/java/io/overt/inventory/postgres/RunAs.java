package io.overt.inventory.postgres;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * As whom the server runs. PostgreSQL refuses to run as root, so root becomes a system user who can
 * reach the directory, or a process in a user namespace of its own (where files of root count as
 * its own), or, where containers forbid such namespaces, nobody.
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
    UserPrincipal self = Files.getOwner(Path.of("/proc/self"));
    if (!self.getName().equals("root")) {
      return new RunAs(List.of(), null);
    }
    List<RunAs> candidates = Files.exists(data) ? owning(Files.getOwner(data)) : anybody();
    for (RunAs candidate : candidates) {
      Files.setOwner(directory, candidate.owner == null ? self : candidate.owner);
      if (candidate.works(directory, program)) {
        return candidate;
      }
    }
    throw new BundledPostgresException(
        "PostgreSQL does not run as root, and no other user can write to "
            + directory
            + " here: choose a state directory that other users can reach (no directory above it may"
            + " be closed to them), or do not start this as root");
  }

  private static List<RunAs> owning(UserPrincipal user) {
    return List.of(user.getName().equals("root") ? namespace() : become(user));
  }

  private static List<RunAs> anybody() throws IOException {
    List<RunAs> candidates = new ArrayList<>();
    for (String name : USERS) {
      user(name).map(RunAs::become).ifPresent(candidates::add);
    }
    candidates.add(namespace());
    user("nobody").map(RunAs::become).ifPresent(candidates::add);
    return candidates;
  }

  private static RunAs namespace() {
    return new RunAs(List.of("unshare", "--user", "--"), null);
  }

  private static RunAs become(UserPrincipal user) {
    String name = user.getName();
    return new RunAs(
        List.of("setpriv", "--reuid", name, "--regid", groupOf(name), "--clear-groups", "--"),
        user);
  }

  private static Optional<UserPrincipal> user(String name) throws IOException {
    try {
      return Optional.of(
          FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name));
    } catch (UserPrincipalNotFoundException e) {
      return Optional.empty();
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

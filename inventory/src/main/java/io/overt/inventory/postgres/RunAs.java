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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * As whom the server runs. PostgreSQL refuses to run as root, so root becomes a system user who can
 * reach the directory, or nobody in a user namespace of its own (where files of root count as its
 * own), or, where containers forbid such namespaces, nobody who may pass closed directories.
 *
 * @param prefix words before the program
 * @param owner to whom its files must belong; null for who we are
 */
record RunAs(List<String> prefix, @Nullable UserPrincipal owner) {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final List<String> USERS = List.of("overt", "postgres");
  private static final String NOBODY = "nobody";
  private static final List<String> PASSING_CLOSED_DIRECTORIES =
      List.of("--inh-caps=+dac_override", "--ambient-caps=+dac_override");

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
            + " here; create one (useradd --system overt) and a state directory that it can reach,"
            + " or do not start this as root");
  }

  private static List<RunAs> owning(UserPrincipal user) throws IOException {
    return user.getName().equals("root")
        ? List.of(namespace())
        : List.of(become(user, List.of()), become(user, PASSING_CLOSED_DIRECTORIES));
  }

  private static List<RunAs> anybody() throws IOException {
    List<RunAs> candidates = new ArrayList<>();
    for (String name : USERS) {
      UserPrincipal user = user(name);
      if (user != null) {
        candidates.add(become(user, List.of()));
      }
    }
    candidates.add(namespace());
    UserPrincipal nobody = user(NOBODY);
    if (nobody != null) {
      candidates.add(become(nobody, PASSING_CLOSED_DIRECTORIES));
    }
    return candidates;
  }

  private static RunAs namespace() {
    return new RunAs(List.of("unshare", "--user", "--"), null);
  }

  private static RunAs become(UserPrincipal user, List<String> capabilities) {
    List<String> prefix = new ArrayList<>();
    prefix.addAll(
        List.of("setpriv", "--reuid", user.getName(), "--regid", groupOf(user.getName())));
    prefix.add("--clear-groups");
    prefix.addAll(capabilities);
    prefix.add("--");
    return new RunAs(List.copyOf(prefix), user);
  }

  private static @Nullable UserPrincipal user(String name) throws IOException {
    try {
      return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
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

package io.overt.units;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How units run.
 *
 * @param directory where their files are; it need not exist yet
 * @param python the interpreter, 3.8 or newer; by default the first on the path
 * @param pythonPath what else units can import from, such as the SDK
 * @param user whom they run as, if this process is root's
 * @param hidden directories that they do not get to see
 * @param namespaces whether to give them processes, mounts and a file system view of their own
 * @param limits of one call
 * @param failClosed filters that must take part: if they fail, no host is accepted
 */
public record UnitSettings(
    Path directory,
    Optional<Path> python,
    List<Path> pythonPath,
    String user,
    List<Path> hidden,
    boolean namespaces,
    Limits limits,
    Set<String> failClosed) {

  /** Where the package of oVirt's scheduler proxy keeps its plugins. */
  public static final Path OVIRT_DIRECTORY = Path.of("/usr/share/ovirt-scheduler-proxy/plugins");

  /**
   * Limits.
   *
   * @param pool how many calls run at a time
   * @param memoryBytes address space of a process
   * @param fileBytes largest file, and all that it can write anywhere
   * @param answerBytes longest result
   * @param load how long a file may take to be imported
   */
  public record Limits(int pool, long memoryBytes, long fileBytes, int answerBytes, Duration load) {
    public static final Limits DEFAULT =
        new Limits(8, 1L << 30, 16L << 20, 8 << 20, Duration.ofSeconds(30));
  }

  public UnitSettings {
    directory = directory.toAbsolutePath().normalize();
    pythonPath = List.copyOf(pythonPath);
    hidden = List.copyOf(hidden);
    failClosed = Set.copyOf(failClosed);
  }

  /** The defaults for a directory, with the SDK that comes with the program, if it does. */
  public static UnitSettings of(Path directory) {
    return new UnitSettings(
        directory,
        Optional.empty(),
        BundledSdk.find().stream().toList(),
        "nobody",
        List.of(),
        true,
        Limits.DEFAULT,
        Set.of());
  }

  public UnitSettings python(Path interpreter) {
    return new UnitSettings(
        directory,
        Optional.of(interpreter),
        pythonPath,
        user,
        hidden,
        namespaces,
        limits,
        failClosed);
  }

  public UnitSettings pythonPath(List<Path> path) {
    return new UnitSettings(directory, python, path, user, hidden, namespaces, limits, failClosed);
  }

  public UnitSettings hidden(List<Path> directories) {
    return new UnitSettings(
        directory, python, pythonPath, user, directories, namespaces, limits, failClosed);
  }

  public UnitSettings user(String name) {
    return new UnitSettings(
        directory, python, pythonPath, name, hidden, namespaces, limits, failClosed);
  }

  public UnitSettings namespaces(boolean own) {
    return new UnitSettings(directory, python, pythonPath, user, hidden, own, limits, failClosed);
  }

  public UnitSettings limits(Limits other) {
    return new UnitSettings(
        directory, python, pythonPath, user, hidden, namespaces, other, failClosed);
  }

  public UnitSettings failClosed(Set<String> units) {
    return new UnitSettings(directory, python, pythonPath, user, hidden, namespaces, limits, units);
  }
}

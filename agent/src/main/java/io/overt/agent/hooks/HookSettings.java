package io.overt.agent.hooks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where scripts are and how they run.
 *
 * @param directories each with a directory for every point that has scripts
 * @param deadline of one script
 * @param samplingDeadline of one script at the statistics' points
 * @param passedOn names of variables of the agent's environment that scripts see besides the
 *     harmless ones
 * @param support where the agent keeps the Python modules that scripts import
 */
public record HookSettings(
    List<Path> directories,
    Duration deadline,
    Duration samplingDeadline,
    List<String> passedOn,
    Path support) {

  private static final Path OWN = Path.of("/usr/libexec/overt/hooks");

  /** VDSM's directory, and this agent's own. */
  public static final List<Path> STANDARD = List.of(Path.of("/usr/libexec/vdsm/hooks"), OWN);

  /** Without any script. */
  public static HookSettings none() {
    return of(List.of(), Path.of("/nonexistent"));
  }

  /** With the usual deadlines. */
  public static HookSettings of(List<Path> directories, Path support) {
    return new HookSettings(
        directories, Duration.ofSeconds(60), Duration.ofSeconds(2), List.of(), support);
  }

  /** Those in which the agent makes what is missing: what it was told of, else its own. */
  List<Path> prepared() {
    List<Path> told = directories.stream().filter(path -> !STANDARD.contains(path)).toList();
    return told.isEmpty() ? directories.stream().filter(OWN::equals).toList() : told;
  }

  Duration deadline(HookPoint point) {
    return point.sampling() ? samplingDeadline : deadline;
  }
}

package io.overt.shell.command;

import java.util.Set;

/** A command of the shell. */
interface Command {
  /**
   * Does what it is for.
   *
   * @throws io.overt.shell.ShellFailure when it cannot
   */
  void run(Context context, Arguments arguments);

  /** Its options that stand alone, besides the usual ones. */
  default Set<String> flags() {
    return Set.of();
  }
}

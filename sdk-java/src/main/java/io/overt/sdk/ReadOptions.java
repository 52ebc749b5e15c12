package io.overt.sdk;

/** How an object or a list is read. */
public final class ReadOptions extends Options<ReadOptions> {
  ReadOptions() {}

  /** Members to be read as well, which would be addresses only, such as {@code Vm.NICS}. */
  public ReadOptions follow(String... members) {
    return parameter("follow", String.join(",", members));
  }

  /** What to find, in the engine's language. */
  public ReadOptions search(String text) {
    return parameter("search", text);
  }

  public ReadOptions caseSensitive(boolean sensitive) {
    return parameter("case_sensitive", sensitive);
  }

  /** How many objects at most. */
  public ReadOptions max(int count) {
    return parameter("max", count);
  }

  /** Whether to leave out what the user has no permissions for. */
  public ReadOptions filter(boolean filtered) {
    return parameter("filter", filtered);
  }

  /** Whether to read what is left out otherwise for its cost. */
  public ReadOptions allContent(boolean all) {
    return parameter("all_content", all);
  }

  /** Whether to read how the running machine is, rather than how the next run will be. */
  public ReadOptions current(boolean running) {
    return parameter("current", running);
  }

  /** Whether to read how the next run will be. */
  public ReadOptions nextRun(boolean next) {
    return parameter("next_run", next);
  }
}

package io.overt.rest.pages;

import org.jspecify.annotations.Nullable;

/** Port: whether the server can do its work. */
@FunctionalInterface
public interface Health {
  /** Whether the database answers. Must not block for more than a few seconds. */
  boolean databaseAnswers();

  /**
   * What to tell a client whose request failed for want of the database, as a sentence; null for
   * any other failure.
   */
  default @Nullable String outage(RuntimeException failure) {
    return null;
  }
}

package io.overt.rest.pages;

/** Port: whether the server can do its work. */
@FunctionalInterface
public interface Health {
  /** Whether the database answers. Must not block for more than a few seconds. */
  boolean databaseAnswers();
}

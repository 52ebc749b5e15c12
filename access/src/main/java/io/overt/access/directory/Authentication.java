package io.overt.access.directory;

import java.time.Duration;

/** What became of a name and a password. */
public sealed interface Authentication {

  /** The password is right and the user may log in. */
  record Accepted(DirectoryUser user) implements Authentication {}

  /** Unknown user, wrong password or disabled user: on purpose one answer for all. */
  record Rejected() implements Authentication {}

  /** Too many failures lately; not even looked at. */
  record Throttled(Duration remaining) implements Authentication {}

  /** The name carries no profile or an unknown one. */
  record UnknownProfile(String profile) implements Authentication {}
}

package io.overt.access.directory;

import java.util.UUID;

/**
 * A user of the built-in directory.
 *
 * @param id the directory's id of the entry, not the engine's id of the user
 * @param name login name without profile: {@code admin}
 * @param enabled whether the user may log in
 */
public record DirectoryUser(
    UUID id,
    String name,
    String firstName,
    String lastName,
    String email,
    String department,
    boolean enabled) {

  /** What an added user looks like before it has an id. */
  public static DirectoryUser named(String name) {
    return new DirectoryUser(new UUID(0, 0), name, "", "", "", "", true);
  }

  /** The entry's id as the engine and the API show it: hexadecimal of the id's text. */
  public String entryId() {
    return Directory.hex(id.toString());
  }
}

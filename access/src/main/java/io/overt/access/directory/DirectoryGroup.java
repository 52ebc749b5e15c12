package io.overt.access.directory;

import java.util.List;
import java.util.UUID;

/**
 * A group of the built-in directory.
 *
 * @param members names of its users, sorted
 */
public record DirectoryGroup(UUID id, String name, List<String> members) {
  public DirectoryGroup {
    members = List.copyOf(members);
  }

  /** The entry's id as the engine and the API show it: hexadecimal of the id's text. */
  public String entryId() {
    return Directory.hex(id.toString());
  }
}

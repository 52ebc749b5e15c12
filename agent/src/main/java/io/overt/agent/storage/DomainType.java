package io.overt.agent.storage;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;

/** Types of storage domains by the number and name on the wire; only file types are served. */
public enum DomainType {
  NFS(1, "NFS"),
  LOCALFS(4, "LOCALFS"),
  POSIXFS(6, "SHAREDFS"),
  GLUSTERFS(7, "GLUSTERFS");

  private final int number;
  private final String text;

  DomainType(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** The name in metadata and answers. */
  public String text() {
    return text;
  }

  /**
   * Reads a number or a name.
   *
   * @throws VdsmError code 468 for types this agent does not serve
   */
  public static DomainType parse(String wire) {
    for (DomainType type : values()) {
      if (Integer.toString(type.number).equals(wire) || type.text.equals(wire)) {
        return type;
      }
    }
    throw new VdsmError(
        ErrorCode.STORAGE_TYPE,
        "Storage type '%s' is not served; expected 1 (NFS), 4 (local), 6 (POSIX) or 7 (GlusterFS)"
            .formatted(wire));
  }
}
